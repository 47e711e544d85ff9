/**
 * Codes of the S7 protocol. Siemens publishes no specification; these are the numbers on which Wireshark's dissector,
 * libnodave and Snap7 agree, with the names that Siemens' manuals give to the services.
 */
import type { Access, Described, Effect } from '../protocol.ts';

/** What kind of PDU it is ("remote operating service control"). */
export const Rosctr = { job: 1, ack: 2, ackData: 3, userdata: 7 } as const;

/** Functions of Jobs, and of the answers to them. */
export const Job = {
  cpuServices: 0x00,
  readVar: 0x04,
  writeVar: 0x05,
  requestDownload: 0x1a,
  downloadBlock: 0x1b,
  downloadEnded: 0x1c,
  startUpload: 0x1d,
  upload: 0x1e,
  endUpload: 0x1f,
  piService: 0x28,
  plcStop: 0x29,
  setupCommunication: 0xf0,
} as const;

export const JOBS: ReadonlyMap<number, Described> = new Map([
  [Job.cpuServices, ['CPU Services', 'diagnostic']],
  [Job.readVar, ['Read Var', 'read']],
  [Job.writeVar, ['Write Var', 'write']],
  [Job.requestDownload, ['Request Download', 'program', 'download']],
  [Job.downloadBlock, ['Download Block', 'program', 'download']],
  [Job.downloadEnded, ['Download Ended', 'program', 'download']],
  [Job.startUpload, ['Start Upload', 'program', 'upload']],
  [Job.upload, ['Upload', 'program', 'upload']],
  [Job.endUpload, ['End Upload', 'program', 'upload']],
  [Job.piService, ['PI Service', 'control']], // unknown services may command anything
  [Job.plcStop, ['PLC Stop', 'control', 'stop']],
  [Job.setupCommunication, ['Setup Communication', 'session']],
]);

/**
 * Program invocation services by name: what a PI Service job asks for. The last part of the table are services of the
 * SINUMERIK NCK; those of its tool management, and any not listed, are counted as a plain PI Service.
 */
export const PI_SERVICES: readonly (readonly [name: string, meaning: string, access: Access, effect?: Effect])[] = [
  ['P_PROGRAM', 'PLC Start', 'control', 'start'],
  ['_INSE', 'Activate Blocks', 'program', 'download'],
  ['_INS2', 'Activate Blocks', 'program', 'download'],
  ['_DELE', 'Delete Blocks', 'program', 'download'],
  ['_MODU', 'Copy RAM to ROM', 'program'],
  ['_GARB', 'Compress Memory', 'program'],
  ['_N_LOGIN_', 'Login', 'session'],
  ['_N_LOGOUT', 'Logout', 'session'],
  ['_N_CANCEL', 'Cancel NC Alarm', 'control'],
  ['_N_CONFIG', 'Reconfigure Machine Data', 'program'],
  ['_N_DASAVE', 'Copy SRAM to Flash', 'program'],
  ['_N_DELVAR', 'Delete Data Block', 'program', 'download'],
  ['_N_EXTERN', 'Select External Program', 'control'],
  ['_N_EXTMOD', 'Select External Program', 'control'],
  ['_N_F_CLOS', 'Close File', 'program'],
  ['_N_F_COPY', 'Copy File', 'program'],
  ['_N_F_DELE', 'Delete File', 'program'],
  ['_N_F_DELR', 'Delete File', 'program'],
  ['_N_F_DMDA', 'Delete MDA Memory', 'program'],
  ['_N_F_OPEN', 'Open File', 'program'],
  ['_N_F_OPER', 'Open File Read-Only', 'program'],
  ['_N_F_PROT', 'Set File Protection', 'program'],
  ['_N_F_RENA', 'Rename File', 'program'],
  ['_N_F_SEEK', 'Position in File', 'program'],
  ['_N_F_XFER', 'Select File for Upload', 'program'],
  ['_N_LOCKE_', 'Lock File for Editing', 'program'],
  ['_N_NCKMOD', 'Set NCK Mode', 'control', 'mode'],
  ['_N_NEWPWD', 'New Password', 'program'],
  ['_N_SELECT', 'Select Program', 'control'],
  ['_N_STRTLK', 'Set Start Disable', 'control'],
  ['_N_STRTUL', 'Reset Start Disable', 'control'],
];

/** Kinds of Userdata PDU, in the upper nibble of the byte whose lower one is the function group. */
export const UserdataType = { push: 0, request: 4, response: 8 } as const;

export const Group = {
  modeTransition: 0,
  programmer: 1,
  cyclic: 2,
  blocks: 3,
  cpu: 4,
  security: 5,
  pbc: 6,
  time: 7,
  ncProgramming: 15,
} as const;

export const READ_SZL = 1; // of Group.cpu
export const GET_BLOCK_INFO = 3; // of Group.blocks
export const PLC_PASSWORD = 1; // of Group.security

interface FunctionGroup {
  readonly name: string;
  /** Of sub-functions that are not listed. */
  readonly access: Access;
  readonly subfunctions: ReadonlyMap<number, Described>;
}

/** How the CPU's operating mode changes: sub-functions of group 0, which the CPU pushes. */
export const MODES: ReadonlyMap<number, readonly [name: string, effect?: Effect]> = new Map([
  [0x00, ['STOP', 'stop']],
  [0x01, ['warm restart', 'restart']],
  [0x02, ['RUN', 'start']],
  [0x03, ['hot restart', 'restart']],
  [0x04, ['HOLD', 'mode']],
  [0x06, ['cold restart', 'restart']],
  [0x09, ['RUN redundant', 'start']],
  [0x0b, ['LINK-UP']],
  [0x0c, ['UPDATE']],
]);

export const GROUPS: ReadonlyMap<number, FunctionGroup> = new Map<number, FunctionGroup>([
  [
    Group.modeTransition,
    {
      name: 'Mode Transition',
      access: 'diagnostic',
      subfunctions: new Map([...MODES].map(([code, [mode, effect]]) => [code, [mode, 'diagnostic', effect]])),
    },
  ],
  [
    // Modify and force put values of the programmer's into the running process; a job list can hold either, so that
    // replacing a job counts as much. Enabling, disabling and deleting watch the job that another request defined.
    Group.programmer,
    {
      name: 'Programmer Command',
      access: 'control',
      subfunctions: new Map([
        [0x01, ['Block Status', 'diagnostic']],
        [0x02, ['Variable Status', 'read']],
        [0x03, ['Output ISTACK', 'diagnostic']],
        [0x04, ['Output BSTACK', 'diagnostic']],
        [0x05, ['Output LSTACK', 'diagnostic']],
        [0x06, ['Time Measurement', 'diagnostic']],
        [0x07, ['Force Selection', 'diagnostic']],
        [0x08, ['Modify Variable', 'control']],
        [0x09, ['Force', 'control']],
        [0x0a, ['Breakpoint', 'control']],
        [0x0b, ['Exit HOLD', 'control']],
        [0x0c, ['Memory Reset', 'control', 'restart']],
        [0x0d, ['Disable Job', 'diagnostic']],
        [0x0e, ['Enable Job', 'diagnostic']],
        [0x0f, ['Delete Job', 'diagnostic']],
        [0x10, ['Read Job List', 'diagnostic']],
        [0x11, ['Read Job', 'diagnostic']],
        [0x12, ['Replace Job', 'control']],
        [0x13, ['Block Status v2', 'diagnostic']],
        [0x16, ['Flash LED', 'diagnostic']],
      ]),
    },
  ],
  [
    Group.cyclic,
    {
      name: 'Cyclic Services',
      access: 'read',
      subfunctions: new Map([
        [0x01, ['Cyclic Transfer', 'read']],
        [0x04, ['Unsubscribe', 'read']],
        [0x05, ['Change-driven Transfer', 'read']],
        [0x07, ['Change-driven Transfer Modify', 'read']],
        [0x08, ['Read Record', 'read']],
      ]),
    },
  ],
  [
    Group.blocks,
    {
      name: 'Block Functions',
      access: 'diagnostic',
      subfunctions: new Map([
        [0x01, ['List Blocks', 'diagnostic']],
        [0x02, ['List Blocks of Type', 'diagnostic']],
        [GET_BLOCK_INFO, ['Get Block Info', 'diagnostic']],
      ]),
    },
  ],
  [
    // an alarm that is locked no longer warns, and one that is acknowledged is settled: who does it acts on the process
    Group.cpu,
    {
      name: 'CPU Functions',
      access: 'diagnostic',
      subfunctions: new Map([
        [READ_SZL, ['Read SZL', 'diagnostic']],
        [0x02, ['Message Service', 'diagnostic']],
        [0x03, ['Diagnostic Message', 'diagnostic']],
        [0x05, ['ALARM_8 Indication', 'read']],
        [0x06, ['NOTIFY Indication', 'read']],
        [0x07, ['ALARM_8 Lock', 'control']],
        [0x08, ['ALARM_8 Unlock', 'control']],
        [0x09, ['SCAN Indication', 'read']],
        [0x0b, ['Alarm Ack', 'control']],
        [0x0c, ['Alarm Ack Indication', 'read']],
        [0x0d, ['Alarm Lock Indication', 'read']],
        [0x0e, ['Alarm Unlock Indication', 'read']],
        [0x11, ['ALARM_SQ Indication', 'read']],
        [0x12, ['ALARM_S Indication', 'read']],
        [0x13, ['Alarm Query', 'read']],
        [0x16, ['NOTIFY_8 Indication', 'read']],
      ]),
    },
  ],
  [
    Group.security,
    { name: 'Security', access: 'session', subfunctions: new Map([[PLC_PASSWORD, ['PLC Password', 'session']]]) },
  ],
  // data blocks that BSEND puts into its partner
  [Group.pbc, { name: 'PBC BSEND/BRECV', access: 'write', subfunctions: new Map() }],
  [
    // operator stations keep their controllers' clocks in step with it: upkeep, as in DNP3 and IEC 60870-5-104
    Group.time,
    {
      name: 'Time Functions',
      access: 'session',
      subfunctions: new Map([
        [0x01, ['Read Clock', 'diagnostic']],
        [0x02, ['Set Clock', 'session']],
        [0x03, ['Read Clock Following', 'diagnostic']],
        [0x04, ['Set Clock', 'session']],
      ]),
    },
  ],
  [
    Group.ncProgramming,
    {
      name: 'NC Programming',
      access: 'program',
      subfunctions: new Map([
        [0x01, ['Request Download', 'program', 'download']],
        [0x02, ['Download Block', 'program', 'download']],
        [0x03, ['Continue Download', 'program', 'download']],
        [0x04, ['Download Ended', 'program', 'download']],
        [0x06, ['Start Upload', 'program', 'upload']],
        [0x07, ['Upload', 'program', 'upload']],
        [0x08, ['Continue Upload', 'program', 'upload']],
      ]),
    },
  ],
]);

/** Return code of an item: the object is there but must not be touched. */
export const ACCESS_NOT_ALLOWED = 0x03;

/** Error class and code: "the function is not permitted in the current protection level". */
export const PROTECTION_LEVEL_ERROR = 0xd241;
