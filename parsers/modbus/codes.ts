/** Function codes of Modbus: MODBUS Application Protocol Specification V1.1b3 (2012), section 5, and vendors' own. */
import type { Described } from '../protocol.ts';

export const FunctionCode = {
  readCoils: 0x01,
  readDiscreteInputs: 0x02,
  readHoldingRegisters: 0x03,
  readInputRegisters: 0x04,
  writeSingleCoil: 0x05,
  writeSingleRegister: 0x06,
  readExceptionStatus: 0x07,
  diagnostics: 0x08,
  getCommEventCounter: 0x0b,
  getCommEventLog: 0x0c,
  writeMultipleCoils: 0x0f,
  writeMultipleRegisters: 0x10,
  reportServerId: 0x11,
  readFileRecord: 0x14,
  writeFileRecord: 0x15,
  maskWriteRegister: 0x16,
  readWriteMultipleRegisters: 0x17,
  readFifoQueue: 0x18,
  encapsulatedInterface: 0x2b,
  umas: 0x5a,
} as const;

/** Set in an answer's function code when it reports an exception (section 7). */
export const EXCEPTION = 0x80;

/** Exceptions of gateways (section 7): the unit asked for could not be reached. */
export const GATEWAY_PATH_UNAVAILABLE = 0x0a;
export const GATEWAY_TARGET_FAILED = 0x0b;

/** MEI types of function code 43 (section 6.19). */
export const Mei = { canOpen: 0x0d, readDeviceIdentification: 0x0e } as const;

/** Address spaces that requests touch. */
export const Space = {
  coil: 0,
  discreteInput: 1,
  holdingRegister: 2,
  inputRegister: 3,
  file: 4,
  fifo: 5,
} as const;
export const SPACES = ['coil', 'discrete-input', 'holding-register', 'input-register', 'file', 'fifo'] as const;

/**
 * Name and access by function code. Codes 9, 10, 13, 14, 18, 19, 40, 41, 91, 125 and 126 are the Modicon programming
 * and firmware codes that the specification leaves to vendors (its section 5 reserves them for legacy products).
 */
export const FUNCTIONS: ReadonlyMap<number, Described> = new Map([
  [0x01, ['Read Coils', 'read']],
  [0x02, ['Read Discrete Inputs', 'read']],
  [0x03, ['Read Holding Registers', 'read']],
  [0x04, ['Read Input Registers', 'read']],
  [0x05, ['Write Single Coil', 'write']],
  [0x06, ['Write Single Register', 'write']],
  [0x07, ['Read Exception Status', 'read']],
  [0x08, ['Diagnostics', 'diagnostic']],
  [0x09, ['Program 484', 'program']],
  [0x0a, ['Poll 484', 'program']],
  [0x0b, ['Get Comm Event Counter', 'diagnostic']],
  [0x0c, ['Get Comm Event Log', 'diagnostic']],
  [0x0d, ['Program Controller', 'program']],
  [0x0e, ['Poll Controller', 'program']],
  [0x0f, ['Write Multiple Coils', 'write']],
  [0x10, ['Write Multiple Registers', 'write']],
  [0x11, ['Report Server ID', 'diagnostic']],
  [0x12, ['Program 884/M84', 'program']],
  [0x13, ['Reset Comm Link', 'control']],
  [0x14, ['Read File Record', 'read']],
  [0x15, ['Write File Record', 'write']],
  [0x16, ['Mask Write Register', 'write']],
  [0x17, ['Read/Write Multiple Registers', 'write']],
  [0x18, ['Read FIFO Queue', 'read']],
  [0x28, ['Program ConCept', 'program']],
  [0x29, ['Multiple Function Codes', 'program']],
  [0x2b, ['Encapsulated Interface Transport', 'diagnostic']],
  [0x5a, ['UMAS', 'program']],
  [0x5b, ['Program (vendor)', 'program']],
  [0x7d, ['Firmware Replacement', 'program', 'firmware']],
  [0x7e, ['Program (vendor)', 'program']],
  [0x7f, ['Report Local Address', 'diagnostic']],
]);

/** Sub-functions of code 8 (section 6.8). Restart and force-listen-only take the device off the bus: control. */
export const DIAGNOSTICS: ReadonlyMap<number, Described> = new Map([
  [0x00, ['Return Query Data', 'diagnostic']],
  [0x01, ['Restart Communications Option', 'control', 'restart']],
  [0x02, ['Return Diagnostic Register', 'diagnostic']],
  [0x03, ['Change ASCII Input Delimiter', 'control']],
  [0x04, ['Force Listen Only Mode', 'control', 'mode']],
  [0x0a, ['Clear Counters and Diagnostic Register', 'control']],
  [0x0b, ['Return Bus Message Count', 'diagnostic']],
  [0x0c, ['Return Bus Communication Error Count', 'diagnostic']],
  [0x0d, ['Return Bus Exception Error Count', 'diagnostic']],
  [0x0e, ['Return Server Message Count', 'diagnostic']],
  [0x0f, ['Return Server No Response Count', 'diagnostic']],
  [0x10, ['Return Server NAK Count', 'diagnostic']],
  [0x11, ['Return Server Busy Count', 'diagnostic']],
  [0x12, ['Return Bus Character Overrun Count', 'diagnostic']],
  [0x14, ['Clear Overrun Counter and Flag', 'control']],
]);

/**
 * UMAS functions of Schneider Electric controllers (function code 90). Schneider publishes no specification; these
 * are the numbers on which independent analyses of Unity Pro and EcoStruxure traffic agree.
 */
export const UMAS: ReadonlyMap<number, Described> = new Map([
  [0x01, ['Initialise Communication', 'session']],
  [0x02, ['Read Identification', 'diagnostic']],
  [0x03, ['Read Project Information', 'diagnostic']],
  [0x04, ['Read PLC Information', 'diagnostic']],
  [0x06, ['Read Memory Card Information', 'diagnostic']],
  [0x0a, ['Repeat', 'session']],
  [0x10, ['Take Reservation', 'session']],
  [0x11, ['Release Reservation', 'session']],
  [0x12, ['Keep Alive', 'session']],
  [0x20, ['Read Memory Block', 'program']],
  [0x22, ['Read Variables', 'read']],
  [0x23, ['Write Variables', 'write']],
  [0x24, ['Read Coils and Registers', 'read']],
  [0x25, ['Write Coils and Registers', 'write']],
  [0x26, ['Read Data Dictionary', 'diagnostic']],
  [0x30, ['Initialise Upload', 'program', 'upload']],
  [0x31, ['Upload Block', 'program', 'upload']],
  [0x32, ['End Strategy Upload', 'program', 'upload']],
  [0x33, ['Initialise Download', 'program', 'download']],
  [0x34, ['Download Block', 'program', 'download']],
  [0x35, ['End Strategy Download', 'program', 'download']],
  [0x39, ['Read Ethernet Master Data', 'diagnostic']],
  [0x40, ['Start PLC', 'control', 'start']],
  [0x41, ['Stop PLC', 'control', 'stop']],
  [0x50, ['Monitor PLC', 'read']],
  [0x58, ['Check PLC', 'diagnostic']],
  [0x70, ['Read I/O Object', 'read']],
  [0x71, ['Write I/O Object', 'write']],
  [0x73, ['Get Status of Module', 'diagnostic']],
]);
