/** Commands and devices of SLMP and the MC protocol: Mitsubishi SH-080956ENG (SLMP) and SH-080008 (MELSEC protocol). */
import type { Described } from '../protocol.ts';

export const Command = {
  readTypeName: 0x0101,
  batchRead: 0x0401,
  batchWrite: 0x1401,
} as const;

export const COMMANDS: ReadonlyMap<number, Described> = new Map([
  [0x0101, ['Read Type Name', 'diagnostic']],
  [0x0401, ['Device Read', 'read']],
  [0x0403, ['Device Read Random', 'read']],
  [0x0406, ['Device Read Block', 'read']],
  [0x041a, ['Array Label Read', 'read']],
  [0x041c, ['Label Read Random', 'read']],
  [0x0601, ['Extend Unit Read', 'read']],
  [0x0613, ['Memory Read', 'read']],
  [0x0619, ['Self Test', 'diagnostic']],
  [0x0630, ['Read Remote Password State', 'diagnostic']],
  [0x0801, ['Entry Monitor Device', 'read']],
  [0x0802, ['Execute Monitor', 'read']],
  [0x0e30, ['Node Search', 'diagnostic']],
  [0x0e31, ['IP Address Set', 'program', 'settings']],
  [0x1001, ['Remote Run', 'control', 'start']],
  [0x1002, ['Remote Stop', 'control', 'stop']],
  [0x1003, ['Remote Pause', 'control', 'mode']],
  [0x1005, ['Remote Latch Clear', 'control']],
  [0x1006, ['Remote Reset', 'control', 'restart']],
  [0x1401, ['Device Write', 'write']],
  [0x1402, ['Device Write Random', 'write']],
  [0x1406, ['Device Write Block', 'write']],
  [0x141a, ['Array Label Write', 'write']],
  [0x141b, ['Label Write Random', 'write']],
  [0x1601, ['Extend Unit Write', 'write']],
  [0x1613, ['Memory Write', 'write']],
  [0x1617, ['Clear Error', 'control']],
  [0x1630, ['Remote Password Unlock', 'session']],
  [0x1631, ['Remote Password Lock', 'session']],
  [0x1810, ['File Read Directory', 'program']],
  [0x1811, ['File Search Directory', 'program']],
  [0x1820, ['File New', 'program', 'download']],
  [0x1822, ['File Delete', 'program', 'download']],
  [0x1824, ['File Copy', 'program']],
  [0x1825, ['File Change State', 'program']],
  [0x1826, ['File Change Date', 'program']],
  [0x1827, ['File Open', 'program']],
  [0x1828, ['File Read', 'program', 'upload']],
  [0x1829, ['File Write', 'program', 'download']],
  [0x182a, ['File Close', 'program']],
  [0x2101, ['On Demand', 'read']],
]);

/** Devices by their binary code: their two characters in ASCII, and whether ASCII numbers are hexadecimal. */
const DEVICES: ReadonlyMap<number, readonly [name: string, hexadecimal: boolean]> = new Map([
  [0x90, ['M*', false]],
  [0x91, ['SM', false]],
  [0x92, ['L*', false]],
  [0x93, ['F*', false]],
  [0x94, ['V*', false]],
  [0x98, ['S*', false]],
  [0x9c, ['X*', true]],
  [0x9d, ['Y*', true]],
  [0xa0, ['B*', true]],
  [0xa1, ['SB', true]],
  [0xa2, ['DX', true]],
  [0xa3, ['DY', true]],
  [0xa8, ['D*', false]],
  [0xa9, ['SD', false]],
  [0xaf, ['R*', false]],
  [0xb0, ['ZR', true]],
  [0xb4, ['W*', true]],
  [0xb5, ['SW', true]],
  [0xc0, ['TC', false]],
  [0xc1, ['TS', false]],
  [0xc2, ['TN', false]],
  [0xc3, ['CC', false]],
  [0xc4, ['CS', false]],
  [0xc5, ['CN', false]],
  [0xc6, ['SC', false]],
  [0xc7, ['SS', false]],
  [0xc8, ['SN', false]],
  [0xcc, ['Z*', false]],
]);

/** A device's name; the asterisk only fills the second character in ASCII. */
export function deviceName(code: number): string {
  return DEVICES.get(code)?.[0].replace('*', '') ?? `device 0x${code.toString(16)}`;
}

/** Binary codes by the two ASCII characters as one number, and the codes whose numbers are hexadecimal in ASCII. */
export const CODE_BY_ASCII: ReadonlyMap<number, number> = new Map(
  [...DEVICES].map(([code, [name]]) => [(name.charCodeAt(0) << 8) | name.charCodeAt(1), code]),
);
export const HEXADECIMAL: ReadonlySet<number> = new Set(
  [...DEVICES].filter(([, [, hexadecimal]]) => hexadecimal).map(([code]) => code),
);
