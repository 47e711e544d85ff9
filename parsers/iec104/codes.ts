/** Type identifications, causes and control functions: IEC 60870-5-101:2003, 7.2, and IEC 60870-5-104:2006, 5 and 8. */
import type { Access, Effect } from '../protocol.ts';

/** Unnumbered control functions, as the first octet of their control field spells them (5-104, figure 8). */
export const ControlFunction = {
  startdtAct: 0x07,
  startdtCon: 0x0b,
  stopdtAct: 0x13,
  stopdtCon: 0x23,
  testfrAct: 0x43,
  testfrCon: 0x83,
} as const;

/** Causes of transmission that the decoder tells apart (5-101, 7.2.3). */
export const Cause = {
  initialized: 4,
  request: 5,
  activation: 6,
  activationConfirmation: 7,
  deactivation: 8,
  deactivationConfirmation: 9,
  activationTermination: 10,
  /** 44 to 47: unknown type identification, cause, common address, information object address. */
  firstUnknown: 44,
  lastUnknown: 47,
} as const;

export const Type = {
  endOfInitialization: 70,
  readCommand: 102,
  firstFile: 120,
  segment: 125,
  directory: 126,
  lastFile: 127,
  firstSecurity: 81,
  lastSecurity: 95,
} as const;

/** From 45 to 69 the process is commanded, from 100 on the system; 70 is the only other monitoring type above 44. */
export const FIRST_COMMAND = 45;
export const FIRST_PRIVATE = 128;

/** Octets of one information object without its address are not fixed. */
export const VARIABLE = 0xff;

/** `[name, what it is, octets of an information object without its address, access]` by type identification. */
export const TYPES: ReadonlyMap<
  number,
  readonly [name: string, title: string, octets: number, access: Access, effect?: Effect]
> = new Map([
  [1, ['M_SP_NA_1', 'Single-point information', 1, 'read']],
  [2, ['M_SP_TA_1', 'Single-point information with time tag', 4, 'read']],
  [3, ['M_DP_NA_1', 'Double-point information', 1, 'read']],
  [4, ['M_DP_TA_1', 'Double-point information with time tag', 4, 'read']],
  [5, ['M_ST_NA_1', 'Step position information', 2, 'read']],
  [6, ['M_ST_TA_1', 'Step position information with time tag', 5, 'read']],
  [7, ['M_BO_NA_1', 'Bitstring of 32 bits', 5, 'read']],
  [8, ['M_BO_TA_1', 'Bitstring of 32 bits with time tag', 8, 'read']],
  [9, ['M_ME_NA_1', 'Measured value, normalized', 3, 'read']],
  [10, ['M_ME_TA_1', 'Measured value, normalized, with time tag', 6, 'read']],
  [11, ['M_ME_NB_1', 'Measured value, scaled', 3, 'read']],
  [12, ['M_ME_TB_1', 'Measured value, scaled, with time tag', 6, 'read']],
  [13, ['M_ME_NC_1', 'Measured value, short floating point', 5, 'read']],
  [14, ['M_ME_TC_1', 'Measured value, short floating point, with time tag', 8, 'read']],
  [15, ['M_IT_NA_1', 'Integrated totals', 5, 'read']],
  [16, ['M_IT_TA_1', 'Integrated totals with time tag', 8, 'read']],
  [17, ['M_EP_TA_1', 'Event of protection equipment with time tag', 6, 'read']],
  [18, ['M_EP_TB_1', 'Packed start events of protection equipment with time tag', 7, 'read']],
  [19, ['M_EP_TC_1', 'Packed output circuit information of protection equipment with time tag', 7, 'read']],
  [20, ['M_PS_NA_1', 'Packed single-point information with status change detection', 5, 'read']],
  [21, ['M_ME_ND_1', 'Measured value, normalized, without quality descriptor', 2, 'read']],
  [30, ['M_SP_TB_1', 'Single-point information with time tag CP56Time2a', 8, 'read']],
  [31, ['M_DP_TB_1', 'Double-point information with time tag CP56Time2a', 8, 'read']],
  [32, ['M_ST_TB_1', 'Step position information with time tag CP56Time2a', 9, 'read']],
  [33, ['M_BO_TB_1', 'Bitstring of 32 bits with time tag CP56Time2a', 12, 'read']],
  [34, ['M_ME_TD_1', 'Measured value, normalized, with time tag CP56Time2a', 10, 'read']],
  [35, ['M_ME_TE_1', 'Measured value, scaled, with time tag CP56Time2a', 10, 'read']],
  [36, ['M_ME_TF_1', 'Measured value, short floating point, with time tag CP56Time2a', 12, 'read']],
  [37, ['M_IT_TB_1', 'Integrated totals with time tag CP56Time2a', 12, 'read']],
  [38, ['M_EP_TD_1', 'Event of protection equipment with time tag CP56Time2a', 10, 'read']],
  [39, ['M_EP_TE_1', 'Packed start events of protection equipment with time tag CP56Time2a', 11, 'read']],
  [40, ['M_EP_TF_1', 'Packed output circuit information of protection equipment, CP56Time2a', 11, 'read']],
  [45, ['C_SC_NA_1', 'Single command', 1, 'control']],
  [46, ['C_DC_NA_1', 'Double command', 1, 'control']],
  [47, ['C_RC_NA_1', 'Regulating step command', 1, 'control']],
  [48, ['C_SE_NA_1', 'Set-point command, normalized', 3, 'control']],
  [49, ['C_SE_NB_1', 'Set-point command, scaled', 3, 'control']],
  [50, ['C_SE_NC_1', 'Set-point command, short floating point', 5, 'control']],
  [51, ['C_BO_NA_1', 'Bitstring of 32 bits command', 4, 'control']],
  [58, ['C_SC_TA_1', 'Single command with time tag CP56Time2a', 8, 'control']],
  [59, ['C_DC_TA_1', 'Double command with time tag CP56Time2a', 8, 'control']],
  [60, ['C_RC_TA_1', 'Regulating step command with time tag CP56Time2a', 8, 'control']],
  [61, ['C_SE_TA_1', 'Set-point command, normalized, with time tag CP56Time2a', 10, 'control']],
  [62, ['C_SE_TB_1', 'Set-point command, scaled, with time tag CP56Time2a', 10, 'control']],
  [63, ['C_SE_TC_1', 'Set-point command, short floating point, with time tag CP56Time2a', 12, 'control']],
  [64, ['C_BO_TA_1', 'Bitstring of 32 bits command with time tag CP56Time2a', 11, 'control']],
  [70, ['M_EI_NA_1', 'End of initialization', 1, 'session']],
  // secure authentication, IEC 60870-5-7:2013
  [81, ['S_CH_NA_1', 'Authentication challenge', VARIABLE, 'session']],
  [82, ['S_RP_NA_1', 'Authentication reply', VARIABLE, 'session']],
  [83, ['S_AR_NA_1', 'Aggressive mode authentication request', VARIABLE, 'session']],
  [84, ['S_KR_NA_1', 'Session key status request', VARIABLE, 'session']],
  [85, ['S_KS_NA_1', 'Session key status', VARIABLE, 'session']],
  [86, ['S_KC_NA_1', 'Session key change', VARIABLE, 'session']],
  [87, ['S_ER_NA_1', 'Authentication error', VARIABLE, 'session']],
  [90, ['S_US_NA_1', 'User status change', VARIABLE, 'session']],
  [91, ['S_UQ_NA_1', 'Update key change request', VARIABLE, 'session']],
  [92, ['S_UR_NA_1', 'Update key change reply', VARIABLE, 'session']],
  [93, ['S_UK_NA_1', 'Update key change, symmetric', VARIABLE, 'session']],
  [94, ['S_UA_NA_1', 'Update key change, asymmetric', VARIABLE, 'session']],
  [95, ['S_UC_NA_1', 'Update key change confirmation', VARIABLE, 'session']],
  [100, ['C_IC_NA_1', 'Interrogation command', 1, 'read']],
  [101, ['C_CI_NA_1', 'Counter interrogation command', 1, 'read']],
  [102, ['C_RD_NA_1', 'Read command', 0, 'read']],
  [103, ['C_CS_NA_1', 'Clock synchronization command', 7, 'session']],
  [104, ['C_TS_NA_1', 'Test command', 2, 'session']],
  [105, ['C_RP_NA_1', 'Reset process command', 1, 'control', 'restart']],
  [106, ['C_CD_NA_1', 'Delay acquisition command', 2, 'session']],
  [107, ['C_TS_TA_1', 'Test command with time tag CP56Time2a', 9, 'session']],
  [110, ['P_ME_NA_1', 'Parameter of measured value, normalized', 3, 'write']],
  [111, ['P_ME_NB_1', 'Parameter of measured value, scaled', 3, 'write']],
  [112, ['P_ME_NC_1', 'Parameter of measured value, short floating point', 5, 'write']],
  [113, ['P_AC_NA_1', 'Parameter activation', 1, 'write']],
  [120, ['F_FR_NA_1', 'File ready', 6, 'program']],
  [121, ['F_SR_NA_1', 'Section ready', 7, 'program']],
  [122, ['F_SC_NA_1', 'Call directory, select file, call file, call section', 4, 'program']],
  [123, ['F_LS_NA_1', 'Last section, last segment', 5, 'program']],
  [124, ['F_AF_NA_1', 'Acknowledge file, acknowledge section', 4, 'program']],
  [125, ['F_SG_NA_1', 'Segment', VARIABLE, 'program']],
  [126, ['F_DR_TA_1', 'Directory', 13, 'program']],
  [127, ['F_SC_NB_1', 'Query log, request archive file', 16, 'program']],
]);

/** Octets of one information object by type, without its address; 0xFE where the type is not known. */
export const UNKNOWN = 0xfe;
export const OBJECT_OCTETS: Uint8Array = new Uint8Array(256).fill(UNKNOWN);
for (const [type, [, , octets]] of TYPES) OBJECT_OCTETS[type] = octets;

/**
 * Where the select/execute bit of a command is: the offset, in its information object behind the address, of the octet
 * whose top bit it is (5-101, 7.2.6.15 to 7.2.6.17 and 7.2.6.39); NO_SELECT where there is none.
 */
export const NO_SELECT = 0xff;
export const SELECT_AT: Uint8Array = new Uint8Array(256).fill(NO_SELECT);
for (const type of [45, 46, 47, 58, 59, 60]) SELECT_AT[type] = 0;
for (const type of [48, 49, 61, 62]) SELECT_AT[type] = 2;
for (const type of [50, 63]) SELECT_AT[type] = 4;
