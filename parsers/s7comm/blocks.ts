/** Names of blocks, in up- and downloads and in PI services. */
import { u8 } from '../bytes.ts';
import type { FactSink } from '../protocol.ts';
import { BLOCK_SPACE } from './items.ts';

/** Block type, two characters; number, five; file system, one (active, passive, both). */
const BLOCK_NAME = 8;
const NUMBER = 2;
const FILE_SYSTEM = 7;

/** Letters by the second character of the block type, whose first is '0'. */
const TYPES: ReadonlyMap<number, string> = new Map([
  [0x38, 'OB'],
  [0x41, 'DB'],
  [0x42, 'SDB'],
  [0x43, 'FC'],
  [0x44, 'SFC'],
  [0x45, 'FB'],
  [0x46, 'SFB'],
]);

const ZERO = 0x30;
const LONGEST_NAME = 'SDB 65535'.length;

/** Where names are put together: a decoder is done with one before another begins. */
const name = new Uint8Array(LONGEST_NAME);

/** Touches the block of a file name: an identifier ('_' for a whole block), then the block's name. */
export function touchFile(facts: FactSink, operation: number, b: Uint8Array, at: number, end: number): void {
  if (end - at === BLOCK_NAME + 1) touchBlock(facts, operation, b, at + 1);
}

/** Touches each block of a PI service's list: how many, a zero, their names. Other services have other arguments. */
export function touchBlockList(facts: FactSink, operation: number, b: Uint8Array, at: number, end: number): void {
  if (end - at < 2 || end - at !== 2 + u8(b, at) * BLOCK_NAME) return;
  for (let next = at + 2; next < end; next += BLOCK_NAME) touchBlock(facts, operation, b, next);
}

/** `0A00001P` is told as `DB 1`. */
function touchBlock(facts: FactSink, operation: number, b: Uint8Array, at: number): void {
  const type = u8(b, at) === ZERO ? TYPES.get(u8(b, at + 1)) : undefined;
  if (type === undefined) return;
  let first = at + NUMBER;
  while (first < at + FILE_SYSTEM - 1 && b[first] === ZERO) first++;
  let length = 0;
  for (; length < type.length; length++) name[length] = type.charCodeAt(length);
  name[length++] = 0x20;
  for (; first < at + FILE_SYSTEM; first++) name[length++] = u8(b, first);
  facts.touchName(operation, BLOCK_SPACE, name, 0, length);
}
