/**
 * Numbers of EtherNet/IP and CIP, and what they mean: The CIP Networks Library Volume 2 (EtherNet/IP Adaptation of
 * CIP), chapter 2, and Volume 1 (Common Industrial Protocol), appendix A for services and B for status.
 */
import type { Access, Described, Effect, Operation } from '../protocol.ts';
import { hexNumber } from '../text.ts';
import { CLASSES, ClassId, className, Kind, kindOf } from './classes.ts';
import { pcccOperation } from './pccc-codes.ts';

/** Encapsulation commands (Volume 2, table 2-3.2). */
export const Command = {
  nop: 0x0000,
  listTargets: 0x0001,
  listServices: 0x0004,
  listIdentity: 0x0063,
  listInterfaces: 0x0064,
  registerSession: 0x0065,
  unregisterSession: 0x0066,
  sendRRData: 0x006f,
  sendUnitData: 0x0070,
  indicateStatus: 0x0072,
  cancel: 0x0073,
  startDtls: 0x00c8,
} as const;

/** Commands 0x0001, 0x0072 and 0x0073 date from before ODVA took the protocol over; some products still send them. */
const COMMANDS: ReadonlyMap<number, Described> = new Map([
  [Command.nop, ['NOP', 'session']],
  [Command.listTargets, ['List Targets (legacy)', 'diagnostic']],
  [Command.listServices, ['List Services', 'diagnostic']],
  [Command.listIdentity, ['List Identity', 'diagnostic']],
  [Command.listInterfaces, ['List Interfaces', 'diagnostic']],
  [Command.registerSession, ['Register Session', 'session']],
  [Command.unregisterSession, ['Unregister Session', 'session']],
  [Command.sendRRData, ['Send RR Data', 'session']],
  [Command.sendUnitData, ['Send Unit Data', 'session']],
  [Command.indicateStatus, ['Indicate Status (legacy)', 'session']],
  [Command.cancel, ['Cancel (legacy)', 'session']],
  [Command.startDtls, ['Start DTLS', 'session']],
]);

/** Whether `command` is one that a message may begin with. */
export function isCommand(command: number): boolean {
  return COMMANDS.has(command);
}

/** Whether `status` is an encapsulation status (Volume 2, table 2-3.3). */
export function isStatus(status: number): boolean {
  return status <= 0x03 || status === 0x64 || status === 0x65 || status === 0x69 || status === 0x6a;
}

/** Common Packet Format items (Volume 2, section 2-6.2). */
export const Item = {
  nullAddress: 0x0000,
  identity: 0x000c,
  cipSecurity: 0x0086,
  connectedAddress: 0x00a1,
  connectedData: 0x00b1,
  unconnectedData: 0x00b2,
  service: 0x0100,
  sockaddrToTarget: 0x8000,
  sockaddrToOriginator: 0x8001,
  sequencedAddress: 0x8002,
  unconnectedDtls: 0x8003,
} as const;

/** Set in the service code of a reply (Volume 1, section 2-4.1). */
export const REPLY = 0x80;

export const Service = {
  getAttributesAll: 0x01,
  getAttributeList: 0x03,
  reset: 0x05,
  start: 0x06,
  stop: 0x07,
  multipleServicePacket: 0x0a,
  getAttributeSingle: 0x0e,
  executePccc: 0x4b,
  forwardClose: 0x4e,
  unconnectedSend: 0x52,
  forwardOpen: 0x54,
  largeForwardOpen: 0x5b,
} as const;

/** From here on a service means what the class it is sent to says (Volume 1, appendix A-2). */
const OBJECT_SPECIFIC = 0x31;

/** General status of a reply (Volume 1, appendix B-1) that is no refusal: success, and all that fits for now. */
const SUCCESS = 0x00;
const PARTIAL_TRANSFER = 0x06;

/** Whether a reply with this general status declines what was asked. */
export function isRefusal(status: number): boolean {
  return status !== SUCCESS && status !== PARTIAL_TRANSFER;
}

/** Common services (Volume 1, table ). */
const COMMON: ReadonlyMap<number, Described> = new Map([
  [0x01, ['Get Attributes All', 'read']],
  [0x02, ['Set Attributes All', 'write']],
  [0x03, ['Get Attribute List', 'read']],
  [0x04, ['Set Attribute List', 'write']],
  [0x05, ['Reset', 'control']],
  [0x06, ['Start', 'control']],
  [0x07, ['Stop', 'control']],
  [0x08, ['Create', 'write']],
  [0x09, ['Delete', 'write']],
  [0x0a, ['Multiple Service Packet', 'session']],
  [0x0d, ['Apply Attributes', 'write']],
  [0x0e, ['Get Attribute Single', 'read']],
  [0x10, ['Set Attribute Single', 'write']],
  [0x11, ['Find Next Object Instance', 'diagnostic']],
  [0x15, ['Restore', 'program']],
  [0x16, ['Save', 'program']],
  [0x17, ['No Operation', 'session']],
  [0x18, ['Get Member', 'read']],
  [0x19, ['Set Member', 'write']],
  [0x1a, ['Insert Member', 'write']],
  [0x1b, ['Remove Member', 'write']],
  [0x1c, ['Group Sync', 'session']],
]);

type Services = ReadonlyMap<number, Described>;

/** Logix tags, named or by symbol instance: Logix 5000 Controllers Data Access, publication 1756-PM020. */
const SYMBOL: Services = new Map([
  [0x4c, ['Read Tag', 'read']],
  [0x4d, ['Write Tag', 'write']],
  [0x4e, ['Read Modify Write Tag', 'write']],
  [0x52, ['Read Tag Fragmented', 'read']],
  [0x53, ['Write Tag Fragmented', 'write']],
  [0x55, ['Get Instance Attribute List', 'diagnostic']],
]);

/** Services of their own by class; the chapter of each class in Volume 1, and Volumes 5 (Safety), 7 (Modbus), 8 (Security). */
const SPECIFIC: ReadonlyMap<number, Services> = new Map<number, Services>([
  [
    ClassId.connectionManager,
    new Map([
      [0x4e, ['Forward Close', 'session']],
      [0x52, ['Unconnected Send', 'session']],
      [0x54, ['Forward Open', 'session']],
      [0x56, ['Get Connection Data', 'diagnostic']],
      [0x57, ['Search Connection Data', 'diagnostic']],
      [0x5a, ['Get Connection Owner', 'diagnostic']],
      [0x5b, ['Large Forward Open', 'session']],
    ]),
  ],
  [
    ClassId.file,
    new Map([
      [0x4b, ['Initiate Upload', 'program', 'upload']],
      [0x4c, ['Initiate Download', 'program', 'download']],
      [0x4d, ['Initiate Partial Read', 'program']],
      [0x4e, ['Initiate Partial Write', 'program']],
      [0x4f, ['Upload Transfer', 'program', 'upload']],
      [0x50, ['Download Transfer', 'program', 'download']],
      [0x51, ['Clear File', 'program', 'download']],
    ]),
  ],
  [
    ClassId.safetySupervisor,
    new Map([
      [0x4c, ['Recover', 'control']],
      [0x4e, ['Perform Diagnostics', 'control']],
      [0x4f, ['Configure Request', 'program', 'download']],
      [0x50, ['Validate Configuration', 'program']],
      [0x51, ['Set Password', 'program']],
      [0x52, ['Configuration Lock/Unlock', 'program']],
      [0x53, ['Mode Change', 'control', 'mode']],
      [0x54, ['Safety Reset', 'control', 'restart']],
      [0x55, ['Reset Password', 'program']],
      [0x56, ['Propose TUNID', 'program']],
      [0x57, ['Apply TUNID', 'program']],
      [0x58, ['Propose TUNID List', 'program']],
      [0x59, ['Apply TUNID List', 'program']],
    ]),
  ],
  [ClassId.safetyValidator, new Map([[0x4b, ['Reset Error', 'control']]])],
  [
    ClassId.motionAxis,
    new Map([
      [0x4b, ['Get Axis Attributes List', 'read']],
      [0x4c, ['Set Axis Attributes List', 'write']],
      [0x4d, ['Set Cyclic Write List', 'write']],
      [0x4e, ['Set Cyclic Read List', 'write']],
      [0x4f, ['Run Motor Test', 'control']],
      [0x50, ['Get Motor Test Data', 'read']],
      [0x51, ['Run Inertia Test', 'control']],
      [0x52, ['Get Inertia Test Data', 'read']],
      [0x53, ['Run Hookup Test', 'control']],
      [0x54, ['Get Hookup Test Data', 'read']],
    ]),
  ],
  [
    ClassId.modbus,
    new Map([
      [0x4b, ['Read Discrete Inputs', 'read']],
      [0x4c, ['Read Coils', 'read']],
      [0x4d, ['Read Input Registers', 'read']],
      [0x4e, ['Read Holding Registers', 'read']],
      [0x4f, ['Write Coils', 'write']],
      [0x50, ['Write Holding Registers', 'write']],
      [0x51, ['Modbus Passthrough', 'write']],
    ]),
  ],
  [ClassId.pccc, new Map([[0x4b, ['Execute PCCC', 'write']]])],
  [ClassId.symbol, SYMBOL],
  [ClassId.template, new Map([[0x4c, ['Read Template', 'diagnostic']]])],
  [
    ClassId.connectionConfiguration,
    new Map([
      [0x4b, ['Kick Timer', 'session']],
      [0x4c, ['Open Connection', 'control']],
      [0x4d, ['Close Connection', 'control']],
      [0x4e, ['Stop Connection', 'control']],
      [0x4f, ['Change Start', 'program']],
      [0x50, ['Get Status', 'diagnostic']],
      [0x51, ['Change Complete', 'program']],
      [0x52, ['Audit Changes', 'diagnostic']],
    ]),
  ],
  [ClassId.tcpIp, new Map([[0x4c, ['Get And Clear', 'diagnostic']]])],
  [ClassId.ethernetLink, new Map([[0x4c, ['Get And Clear', 'diagnostic']]])],
]);

/*
 * Operation numbers: bits 26 and 27 are the kind. An encapsulation command is its own number; a CIP service has the
 * service in bits 0 to 7 and, where the class decides its name or access, class + 1 from bit 8 on; a PCCC command has
 * CMD in bits 0 to 7 and FNC + 1 from bit 8 on.
 */
const COMMAND = 1 << 26;
const PCCC = 2 << 26;
const KINDS = 3 << 26;
const MAX_CLASS = 0xffff;

/** Stands for the class of a reply whose request was not heard and that brings values along: it was a read. */
export const SOME_CLASS_READ = MAX_CLASS + 1;

/** The operation number of an encapsulation command. */
export function commandNumber(command: number): number {
  return COMMAND | command;
}

/** The operation number of a CIP service on a class (negative: not known). */
export function serviceNumber(service: number, classId: number): number {
  if (classId < 0 || classId > SOME_CLASS_READ) return service;
  if (classId === SOME_CLASS_READ && service < OBJECT_SPECIFIC) return service;
  if (service < OBJECT_SPECIFIC && (service === Service.multipleServicePacket || kindOf(classId) === Kind.data)) {
    return service;
  }
  return service | ((classId + 1) << 8);
}

/** The operation number of an Execute PCCC with this CMD and FNC (negative: the command has none). */
export function pcccNumber(command: number, fnc: number): number {
  return PCCC | command | ((fnc + 1) << 8);
}

/** What an operation number means. */
export function operation(number: number): Operation {
  const low = number & 0xff;
  const high = (number & ~KINDS) >>> 8;
  switch (number & KINDS) {
    case COMMAND: {
      const command = number & 0xffff;
      const [name, access] = COMMANDS.get(command) ?? ['Unknown Command', 'session' as const];
      return { code: hexNumber(command, 4), name, access };
    }
    case PCCC: {
      const [name, access, effect] = pcccOperation(low, high - 1);
      return { code: 'cip.0x4b', name: `Execute PCCC: ${name}`, access, effect };
    }
    default:
      return serviceOperation(low, high - 1);
  }
}

function serviceOperation(service: number, classId: number): Operation {
  const code = `cip.${hexNumber(service, 2)}`;
  const common = COMMON.get(service);
  if (common !== undefined) {
    const [name, access] = common;
    if (classId < 0) return { code, name, access };
    const kind = kindOf(classId);
    const effect = effectOf(service, classId, kind);
    return { code, name: `${name}: ${className(classId)}`, access: accessOf(access, kind), effect };
  }
  const known = SPECIFIC.get(classId)?.get(service);
  if (known !== undefined) return { code, name: known[0], access: known[1], effect: known[2] };
  const unknown = `Service ${hexNumber(service, 2)}`;
  if (classId === SOME_CLASS_READ) return { code, name: unknown, access: 'read' };
  if (classId < 0) return { code, name: unknown, access: 'write' }; // what is not known may change anything
  const name = `${unknown}: ${CLASSES.get(classId)?.[0] ?? className(classId)}`;
  // the services of this class are the steps of an update
  const effect = classId === ClassId.firmware ? 'firmware' : undefined;
  return { code, name, access: accessOf('write', kindOf(classId)), effect };
}

/** What a common service does to the controller as a whole: that depends on the class it is sent to. */
function effectOf(service: number, classId: number, kind: Kind): Effect | undefined {
  const sets = COMMON.get(service)?.[1] === 'write';
  if (classId === ClassId.firmware) return sets ? 'firmware' : undefined;
  if (classId === ClassId.identity && service === Service.reset) return 'restart';
  if (kind === Kind.network && (sets || service === Service.reset)) return 'settings';
  if (kind !== Kind.program) return undefined;
  if (service === Service.start) return 'start';
  if (service === Service.stop) return 'stop';
  return sets ? 'download' : undefined;
}

/** What a service of `access` amounts to on a class of this kind. */
function accessOf(access: Access, kind: Kind): Access {
  if (access !== 'read' && access !== 'write') return access;
  switch (kind) {
    case Kind.device:
      return access === 'read' ? 'diagnostic' : 'write';
    case Kind.network:
      return access === 'read' ? 'diagnostic' : 'program';
    case Kind.program:
      return access === 'read' ? 'read' : 'program';
    case Kind.file:
      return access === 'read' ? 'diagnostic' : 'program';
    default:
      return access;
  }
}

/*
 * Address spaces: object classes by their number, then tags by name, then PCCC data files by file type and number.
 */
export const TAG_SPACE = MAX_CLASS + 1;
const FILE_SPACE = 1 << 24;

/** The address space of a PCCC data file. */
export function fileSpace(type: number, file: number): number {
  return FILE_SPACE | (type << 16) | (file & 0xffff);
}

/** The letters that Rockwell's software gives to data file types (1770-6.5.16, chapter 13). */
const FILE_LETTERS: ReadonlyMap<number, string> = new Map([
  [0x82, 'O'],
  [0x83, 'I'],
  [0x84, 'S'],
  [0x85, 'B'],
  [0x86, 'T'],
  [0x87, 'C'],
  [0x88, 'R'],
  [0x89, 'N'],
  [0x8a, 'F'],
  [0x8d, 'ST'],
  [0x8e, 'A'],
]);

/** The name of an address space. */
export function space(number: number): string {
  if (number === TAG_SPACE) return 'tag';
  if ((number & FILE_SPACE) === 0) return className(number);
  const type = (number >>> 16) & 0xff;
  const file = number & 0xffff;
  const letter = FILE_LETTERS.get(type);
  return letter === undefined ? `file ${file} type ${hexNumber(type, 2)}` : `file ${letter}${file}`;
}
