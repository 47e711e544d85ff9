/** Function codes and object groups of DNP3: IEEE 1815-2012, clause 4 and Annex A. */
import type { Described } from '../protocol.ts';

export const FunctionCode = {
  confirm: 0x00,
  read: 0x01,
  write: 0x02,
  select: 0x03,
  operate: 0x04,
  directOperate: 0x05,
  directOperateNoAck: 0x06,
  immediateFreeze: 0x07,
  immediateFreezeNoAck: 0x08,
  freezeClear: 0x09,
  freezeClearNoAck: 0x0a,
  freezeAtTime: 0x0b,
  freezeAtTimeNoAck: 0x0c,
  enableUnsolicited: 0x14,
  disableUnsolicited: 0x15,
  assignClass: 0x16,
  openFile: 0x19,
  deleteFile: 0x1b,
  getFileInfo: 0x1c,
  activateConfig: 0x1f,
  authenticationRequest: 0x20,
  authenticationRequestNoAck: 0x21,
  response: 0x81,
  unsolicitedResponse: 0x82,
  authenticationResponse: 0x83,
} as const;

/** Function codes from here up are an outstation's. */
export const FIRST_RESPONSE = 0x80;

/**
 * Name and access by function code.
 *
 * Freezing copies counters aside and may clear them: stored values change, the process does not. Unsolicited
 * reporting is switched by every master when it connects, and governs the conversation: session. A response whose
 * request was not heard, and an unsolicited one, bring the master values: read.
 */
export const FUNCTIONS: ReadonlyMap<number, Described> = new Map([
  [0x00, ['Confirm', 'session']],
  [0x01, ['Read', 'read']],
  [0x02, ['Write', 'write']],
  [0x03, ['Select', 'control']],
  [0x04, ['Operate', 'control']],
  [0x05, ['Direct Operate', 'control']],
  [0x06, ['Direct Operate, No Acknowledgment', 'control']],
  [0x07, ['Immediate Freeze', 'write']],
  [0x08, ['Immediate Freeze, No Acknowledgment', 'write']],
  [0x09, ['Freeze and Clear', 'write']],
  [0x0a, ['Freeze and Clear, No Acknowledgment', 'write']],
  [0x0b, ['Freeze at Time', 'write']],
  [0x0c, ['Freeze at Time, No Acknowledgment', 'write']],
  [0x0d, ['Cold Restart', 'control', 'restart']],
  [0x0e, ['Warm Restart', 'control', 'restart']],
  [0x0f, ['Initialize Data', 'control']],
  [0x10, ['Initialize Application', 'control']],
  [0x11, ['Start Application', 'control', 'start']],
  [0x12, ['Stop Application', 'control', 'stop']],
  [0x13, ['Save Configuration', 'program']],
  [0x14, ['Enable Unsolicited Responses', 'session']],
  [0x15, ['Disable Unsolicited Responses', 'session']],
  [0x16, ['Assign Class', 'write']],
  [0x17, ['Delay Measurement', 'session']],
  [0x18, ['Record Current Time', 'session']],
  [0x19, ['Open File', 'program']],
  [0x1a, ['Close File', 'program']],
  [0x1b, ['Delete File', 'program']],
  [0x1c, ['Get File Information', 'program']],
  [0x1d, ['Authenticate File', 'program']],
  [0x1e, ['Abort File', 'program']],
  [0x1f, ['Activate Configuration', 'program', 'download']],
  [0x20, ['Authentication Request', 'session']],
  [0x21, ['Authentication Request, No Acknowledgment', 'session']],
  [0x81, ['Response', 'read']],
  [0x82, ['Unsolicited Response', 'read']],
  [0x83, ['Authentication Response', 'session']],
]);

export const Group = {
  deviceAttributes: 0,
  binaryOutputCommand: 12,
  analogOutputCommand: 41,
  time: 50,
  classes: 60,
  file: 70,
  internalIndications: 80,
  octetString: 110,
  virtualTerminalEvent: 113,
  authentication: 120,
  securityStatistic: 121,
} as const;

/** Variations of group 60: class 0 has number 1. */
export const CLASSES = 4;

/** Variations of group 70 that carry a name. */
export const FileVariation = { command: 3, descriptor: 7, specification: 8 } as const;

/** Variation of group 120: an authentication error. */
export const AUTHENTICATION_ERROR = 7;

/** Names of object groups. */
export const GROUPS: ReadonlyMap<number, string> = new Map([
  [0, 'Device Attributes'],
  [1, 'Binary Input'],
  [2, 'Binary Input Event'],
  [3, 'Double-bit Binary Input'],
  [4, 'Double-bit Binary Input Event'],
  [10, 'Binary Output'],
  [11, 'Binary Output Event'],
  [12, 'Binary Output Command'],
  [13, 'Binary Output Command Event'],
  [20, 'Counter'],
  [21, 'Frozen Counter'],
  [22, 'Counter Event'],
  [23, 'Frozen Counter Event'],
  [30, 'Analog Input'],
  [31, 'Frozen Analog Input'],
  [32, 'Analog Input Event'],
  [33, 'Frozen Analog Input Event'],
  [34, 'Analog Input Reporting Deadband'],
  [40, 'Analog Output Status'],
  [41, 'Analog Output Command'],
  [42, 'Analog Output Event'],
  [43, 'Analog Output Command Event'],
  [50, 'Time and Date'],
  [51, 'Time and Date Common Time-of-Occurrence'],
  [52, 'Time Delay'],
  [60, 'Class Objects'],
  [70, 'File-control'],
  [80, 'Internal Indications'],
  [81, 'Device Storage'],
  [82, 'Device Profile'],
  [83, 'Data Set Registration'],
  [85, 'Data Set Prototype'],
  [86, 'Data Set Descriptor'],
  [87, 'Data Set'],
  [88, 'Data Set Event'],
  [90, 'Application'],
  [91, 'Status of Requested Operation'],
  [101, 'Binary-coded Decimal Integer'],
  [102, 'Unsigned Integer'],
  [110, 'Octet String'],
  [111, 'Octet String Event'],
  [112, 'Virtual Terminal Output Block'],
  [113, 'Virtual Terminal Event Data'],
  [120, 'Authentication'],
  [121, 'Security Statistic'],
  [122, 'Security Statistic Event'],
]);

/** Bits of the internal indications: the first octet is IIN1, the second IIN2. */
export const Iin1 = { localControl: 0x20, deviceTrouble: 0x40, deviceRestart: 0x80 } as const;
export const Iin2 = {
  noFunction: 0x01,
  objectUnknown: 0x02,
  parameterError: 0x04,
  alreadyExecuting: 0x10,
  configCorrupt: 0x20,
} as const;

/**
 * IIN2 bits by which an outstation declines what was asked. An overflowed event buffer (bit 3) and a corrupt
 * configuration (bit 5) tell of its state; the rest is reserved.
 */
export const REFUSED: number = Iin2.noFunction | Iin2.objectUnknown | Iin2.parameterError | Iin2.alreadyExecuting;
