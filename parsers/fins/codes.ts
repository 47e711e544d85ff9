/** Command codes of FINS: Omron W227 (FINS Commands Reference Manual), section 3, and W342, section 5. */
import type { Described } from '../protocol.ts';

/** Main and sub request code as one number. */
export const Command = {
  memoryAreaRead: 0x0101,
  memoryAreaWrite: 0x0102,
  memoryAreaFill: 0x0103,
  multipleMemoryAreaRead: 0x0104,
  memoryAreaTransfer: 0x0105,
  controllerDataRead: 0x0501,
  connectionDataRead: 0x0502,
  controllerStatusRead: 0x0601,
  forcedSetReset: 0x2301,
  nameRead: 0x2603,
} as const;

export const COMMANDS: ReadonlyMap<number, Described> = new Map([
  [0x0101, ['Memory Area Read', 'read']],
  [0x0102, ['Memory Area Write', 'write']],
  [0x0103, ['Memory Area Fill', 'write']],
  [0x0104, ['Multiple Memory Area Read', 'read']],
  [0x0105, ['Memory Area Transfer', 'write']],
  [0x0201, ['Parameter Area Read', 'program', 'upload']],
  [0x0202, ['Parameter Area Write', 'program', 'download']],
  [0x0203, ['Parameter Area Clear', 'program', 'download']],
  [0x0220, ['Data Link Table Read', 'diagnostic']],
  [0x0221, ['Data Link Table Write', 'program']],
  [0x0304, ['Program Area Protect', 'program']],
  [0x0305, ['Program Area Protect Clear', 'program']],
  [0x0306, ['Program Area Read', 'program', 'upload']],
  [0x0307, ['Program Area Write', 'program', 'download']],
  [0x0308, ['Program Area Clear', 'program', 'download']],
  [0x0401, ['Run', 'control', 'start']],
  [0x0402, ['Stop', 'control', 'stop']],
  [0x0403, ['Reset', 'control', 'restart']],
  [0x0501, ['Controller Data Read', 'diagnostic']],
  [0x0502, ['Connection Data Read', 'diagnostic']],
  [0x0601, ['Controller Status Read', 'diagnostic']],
  [0x0602, ['Network Status Read', 'diagnostic']],
  [0x0603, ['Data Link Status Read', 'diagnostic']],
  [0x0620, ['Cycle Time Read', 'diagnostic']],
  [0x0701, ['Clock Read', 'read']],
  [0x0702, ['Clock Write', 'write']],
  [0x0801, ['Loop-back Test', 'diagnostic']],
  [0x0802, ['Broadcast Test Results Read', 'diagnostic']],
  [0x0803, ['Broadcast Test Data Send', 'diagnostic']],
  [0x0920, ['Message Read/Clear', 'diagnostic']],
  [0x0c01, ['Access Right Acquire', 'session']],
  [0x0c02, ['Access Right Forced Acquire', 'session']],
  [0x0c03, ['Access Right Release', 'session']],
  [0x2101, ['Error Clear', 'control']],
  [0x2102, ['Error Log Read', 'diagnostic']],
  [0x2103, ['Error Log Clear', 'control']],
  [0x2140, ['FINS Write Access Log Read', 'diagnostic']],
  [0x2141, ['FINS Write Access Log Clear', 'control']],
  [0x2201, ['File Name Read', 'program']],
  [0x2202, ['Single File Read', 'program']],
  [0x2203, ['Single File Write', 'program']],
  [0x2204, ['File Memory Format', 'program']],
  [0x2205, ['File Delete', 'program']],
  [0x2206, ['Volume Label Create/Delete', 'program']],
  [0x2207, ['File Copy', 'program']],
  [0x2208, ['File Name Change', 'program']],
  [0x2209, ['File Data Check', 'program']],
  [0x220a, ['Memory Area File Transfer', 'program']],
  [0x220b, ['Parameter Area File Transfer', 'program', 'download']],
  [0x220c, ['Program Area File Transfer', 'program', 'download']],
  [0x220f, ['File Memory Index Read', 'program']],
  [0x2210, ['File Memory Read', 'program']],
  [0x2211, ['File Memory Write', 'program']],
  [0x2215, ['Create/Delete Directory', 'program']],
  [0x2301, ['Forced Set/Reset', 'control']],
  [0x2302, ['Forced Set/Reset Cancel', 'control']],
  [0x230a, ['Multiple Forced Status Read', 'diagnostic']],
  [0x2601, ['Name Set', 'write']],
  [0x2602, ['Name Delete', 'write']],
  [0x2603, ['Name Read', 'diagnostic']],
]);

/** Commands of the FINS/TCP header: Omron W421 (CS/CJ Ethernet Units: Construction of Applications), section 7-4. */
export const TcpCommand = {
  clientNodeAddress: 0,
  serverNodeAddress: 1,
  frame: 2,
  error: 3,
  confirm: 6,
} as const;

/** Operation numbers of FINS/TCP's own commands lie beyond those of FINS. */
export const TCP_OPERATION = 0x10000;

/** Memory areas of CS, CJ, CP and NJ controllers (W342, section 5-2-2), word access and bit access. */
const AREAS: ReadonlyMap<number, string> = new Map([
  [0x02, 'DM bit'],
  [0x06, 'task flag'],
  [0x07, 'clock pulse'],
  [0x09, 'timer/counter flag'],
  [0x30, 'CIO bit'],
  [0x31, 'work bit'],
  [0x32, 'holding bit'],
  [0x33, 'auxiliary bit'],
  [0x82, 'DM'],
  [0x89, 'timer/counter'],
  [0x98, 'EM'],
  [0xb0, 'CIO'],
  [0xb1, 'work'],
  [0xb2, 'holding'],
  [0xb3, 'auxiliary'],
  [0xbc, 'data register'],
  [0xdc, 'index register'],
]);

/** A memory area's name. Banks of the extended data memory have codes of their own. */
export function areaName(code: number): string {
  if (code >= 0x20 && code <= 0x2f) return `EM bank ${code - 0x20} bit`;
  if (code >= 0xa0 && code <= 0xaf) return `EM bank ${code - 0xa0}`;
  return AREAS.get(code) ?? `area 0x${code.toString(16).padStart(2, '0')}`;
}

/** Whether items of this area are bits, addressed by word and bit number. */
export function isBitArea(code: number): boolean {
  return code === 0x02 || (code >= 0x20 && code <= 0x33);
}
