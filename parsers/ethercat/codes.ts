/** Commands and registers of EtherCAT: IEC 61158-4-12, clauses 5.4 (commands) and 6 (registers). */
import type { Access, Operation } from '../protocol.ts';

export const Command = {
  nop: 0,
  aprd: 1,
  apwr: 2,
  aprw: 3,
  fprd: 4,
  fpwr: 5,
  fprw: 6,
  brd: 7,
  bwr: 8,
  brw: 9,
  lrd: 10,
  lwr: 11,
  lrw: 12,
  armw: 13,
  frmw: 14,
} as const;

/** Name and access. The read multiple write commands hand one slave's clock to the others. */
const COMMANDS: readonly (readonly [name: string, access: Access])[] = [
  ['NOP', 'session'],
  ['APRD auto increment physical read', 'read'],
  ['APWR auto increment physical write', 'write'],
  ['APRW auto increment physical read write', 'write'],
  ['FPRD configured address physical read', 'read'],
  ['FPWR configured address physical write', 'write'],
  ['FPRW configured address physical read write', 'write'],
  ['BRD broadcast read', 'read'],
  ['BWR broadcast write', 'write'],
  ['BRW broadcast read write', 'write'],
  ['LRD logical memory read', 'read'],
  ['LWR logical memory write', 'write'],
  ['LRW logical memory read write', 'write'],
  ['ARMW auto increment physical read multiple write', 'session'],
  ['FRMW configured address physical read multiple write', 'session'],
];

/** Registers of which a read or write means more than moving values. */
const Register = { slaveInformation: 0, alControl: 1, alStatus: 2, eeprom: 3, other: 4, none: 5 } as const;
const REGISTERS = ['slave information', 'AL control', 'AL status', 'SII EEPROM', 'registers', ''] as const;

/** Registers end and mailboxes and process data begin at this address. */
const FIRST_DATA = 0x1000;

function registerOf(address: number): number {
  if (address >= FIRST_DATA) return Register.none;
  if (address < 0x0010) return Register.slaveInformation;
  if (address >= 0x0120 && address < 0x0130) return Register.alControl;
  if (address >= 0x0130 && address < 0x0140) return Register.alStatus;
  if (address >= 0x0500 && address < 0x0510) return Register.eeprom;
  return Register.other;
}

/** Whether the command's address is a logical one. */
export function isLogical(command: number): boolean {
  return command >= Command.lrd && command <= Command.lrw;
}

/** Whether the command names a slave by its configured address. */
export function isStation(command: number): boolean {
  return (command >= Command.fprd && command <= Command.fprw) || command === Command.frmw;
}

/** The number of an operation: command, and above it what kind of register is meant. */
export function numbered(command: number, register: number): number {
  const none = command === Command.nop || isLogical(command) || command > Command.frmw;
  return command | ((none ? Register.none : registerOf(register)) << 8);
}

/** What an operation number means; codes are the command in decimal, with the register's kind where it has one. */
export function operation(number: number): Operation {
  const command = number & 0xff;
  const register = number >>> 8;
  const [name, access] = COMMANDS[command] ?? [`Command ${command}`, 'write' as const];
  const where = REGISTERS[register] ?? '';
  if (where === '') return { code: `${command}`, name, access };
  return {
    code: `${command}.${where.replaceAll(' ', '-').toLowerCase()}`,
    name: `${name}: ${where}`,
    access: accessTo(register, access),
  };
}

function accessTo(register: number, access: Access): Access {
  if (access === 'session') return access;
  // the EEPROM is read by writing a command to its interface; what is written to it cannot be told from that
  if (access === 'read' || register === Register.eeprom) return 'diagnostic';
  return register === Register.alControl ? 'control' : 'program'; // AL control stops and starts; the rest configures
}

/** Address spaces: logical memory, then each configured station's own. */
export function spaceOf(command: number, station: number): number {
  return isLogical(command) ? 0 : 1 + station;
}

export function space(number: number): string {
  return number === 0 ? 'logical-memory' : `station ${number - 1}`;
}
