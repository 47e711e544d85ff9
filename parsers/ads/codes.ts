/** Numbers of AMS and ADS: Beckhoff Information System, "ADS protocol specification" and TcAdsDef.h. */
import type { Described } from '../protocol.ts';

export const Command = {
  readDeviceInfo: 1,
  read: 2,
  write: 3,
  readState: 4,
  writeControl: 5,
  addNotification: 6,
  deleteNotification: 7,
  notification: 8,
  readWrite: 9,
} as const;

export const COMMANDS: readonly Described[] = [
  ['Invalid', 'write'],
  ['Read Device Info', 'diagnostic'],
  ['Read', 'read'],
  ['Write', 'write'],
  ['Read State', 'diagnostic'],
  ['Write Control', 'control', 'mode'],
  ['Add Device Notification', 'read'],
  ['Delete Device Notification', 'session'],
  ['Device Notification', 'read'],
  ['Read Write', 'write'],
];

/** Index groups by which the same command does something else. The lowest and the highest of each, inclusive. */
const GROUPS: readonly (readonly [lowest: number, highest: number, ...operation: Described])[] = [
  [100, 111, 'System Service', 'control'],
  [120, 135, 'File', 'program'],
  [200, 205, 'Registry', 'program'],
  [400, 400, 'Time Service', 'write'],
  [500, 501, 'Process', 'program'],
  [0xf003, 0xf003, 'Symbol Handle by Name', 'read'],
  [0xf004, 0xf004, 'Symbol Value by Name', 'read'],
  [0xf006, 0xf006, 'Release Symbol Handle', 'session'],
  [0xf007, 0xf007, 'Symbol Information by Name', 'read'],
  [0xf009, 0xf009, 'Symbol Information by Name', 'read'],
  [0xf00b, 0xf00f, 'Symbol Table', 'diagnostic'],
  [0xf080, 0xf080, 'Sum Read', 'read'],
  [0xf081, 0xf081, 'Sum Write', 'write'],
  [0xf082, 0xf082, 'Sum Read Write', 'write'],
  [0xf083, 0xf084, 'Sum Read', 'read'],
  [0xf085, 0xf086, 'Sum Notification', 'read'],
];
export const SYMBOL_HANDLE_BY_NAME = 0xf003;
export const SYMBOL_VALUE_BY_NAME = 0xf004;

/** Which of GROUPS an index group lies in, counted from 1; 0 for all others (process images, symbol values). */
export function groupKind(group: number): number {
  for (let i = 0; i < GROUPS.length; i++) {
    const kind = GROUPS[i] as (typeof GROUPS)[number];
    if (group >= kind[0] && group <= kind[1]) return i + 1;
  }
  return 0;
}

export function groupMeaning(kind: number): Described | undefined {
  const found = GROUPS[kind - 1];
  return found && [found[2], found[3]];
}

/** Services of the discovery protocol on UDP port 48899. */
export const Service = { identify: 1, addRoute: 6, answer: 0x80000000 } as const;

/** Tags of its messages. Tag 2 is a password, and 13 a user name: neither is looked at. */
export const Tag = { password: 2, twinCatVersion: 3, osVersion: 4, hostName: 5 } as const;
