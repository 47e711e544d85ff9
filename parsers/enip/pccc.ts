/**
 * PCCC, the command set of PLC-5, SLC 500 and MicroLogix, inside Execute PCCC (class 0x67, service 0x4B):
 *
 *   | length | vendor | serial number | CMD | STS | transaction | FNC | data ...
 *
 * The first three fields are the requestor's identity, as long as `length` says (itself included). Publications
 * 1756-PM020 (the service) and 1770-6.5.16 (the commands).
 */
import { u8, u16le } from '../bytes.ts';
import { About, type FactSink, NO_UNIT, Outcome } from '../protocol.ts';
import { ClassId } from './classes.ts';
import { fileSpace, pcccNumber, Service, serviceNumber } from './codes.ts';
import { ABSENT } from './epath.ts';
import { Source } from './evidence.ts';
import { hasFunction, Pccc } from './pccc-codes.ts';

/** Length, vendor and serial number. */
const REQUESTOR_BYTES = 7;
const VENDOR = 1;

/** From CMD on. */
const STATUS = 1;
const FUNCTION = 4;

/** CMD's upper bits are priority and the reply flag. */
const COMMAND_BITS = 0x0f;

/** In a size-prefixed address field: a 16-bit number follows (1770-6.5.16, chapter 13). */
const LONG_FIELD = 0xff;

/** Diagnostic status reply (chapter 10): series and revision, then the bulletin name. */
const SERIES = 4;
const NAME = 5;
const NAME_END = 16;

/** Where CMD is in the service data `b[at, end)`, or ABSENT when it is not all there. */
function commandAt(b: Uint8Array, at: number, end: number): number {
  if (at >= end) return ABSENT;
  const command = at + u8(b, at);
  return command > at && command + FUNCTION <= end ? command : ABSENT;
}

/** The operation number of the request in `b[at, end)`. */
export function pcccRequestNumber(b: Uint8Array, at: number, end: number): number {
  const command = commandAt(b, at, end);
  if (command === ABSENT) return serviceNumber(Service.executePccc, ClassId.pccc);
  return pcccNumber(u8(b, command) & COMMAND_BITS, functionOf(b, command, end));
}

function functionOf(b: Uint8Array, command: number, end: number): number {
  return hasFunction(u8(b, command) & COMMAND_BITS) && command + FUNCTION < end ? u8(b, command + FUNCTION) : ABSENT;
}

/** CMD and FNC of a request as one number to know its reply by, or ABSENT. */
export function pcccKey(b: Uint8Array, at: number, end: number): number {
  const command = commandAt(b, at, end);
  if (command === ABSENT) return ABSENT;
  return ((u8(b, command) & COMMAND_BITS) << 8) | (functionOf(b, command, end) & 0xff);
}

/** Takes the requestor's identity and the addressed range out of a request. */
export function readPcccRequest(facts: FactSink, operation: number, b: Uint8Array, at: number, end: number): Outcome {
  const command = commandAt(b, at, end);
  if (command === ABSENT) return Outcome.truncated;
  if (command - at >= REQUESTOR_BYTES) originator(facts, b, at + VENDOR);
  if ((u8(b, command) & COMMAND_BITS) !== Pccc.extended) return Outcome.ok;
  switch (functionOf(b, command, end)) {
    case Pccc.logicalReadTwo:
    case Pccc.logicalReadThree:
    case Pccc.logicalWriteTwo:
    case Pccc.logicalWriteThree:
    case Pccc.logicalMaskedWrite:
      return touchFile(facts, operation, b, command + FUNCTION + 1, end);
    default:
      return Outcome.ok;
  }
}

/** Byte size, file number, file type and element number; a sub-element may follow. */
function touchFile(facts: FactSink, operation: number, b: Uint8Array, at: number, end: number): Outcome {
  const type = fieldEnd(b, at + 1, end);
  if (type === ABSENT || type >= end) return Outcome.truncated;
  const element = type + 1;
  if (fieldEnd(b, element, end) === ABSENT) return Outcome.truncated;
  facts.touch(operation, fileSpace(u8(b, type), field(b, at + 1)), field(b, element), u8(b, at));
  return Outcome.ok;
}

function fieldEnd(b: Uint8Array, at: number, end: number): number {
  if (at >= end) return ABSENT;
  const stop = at + (u8(b, at) === LONG_FIELD ? 3 : 1);
  return stop <= end ? stop : ABSENT;
}

function field(b: Uint8Array, at: number): number {
  return u8(b, at) === LONG_FIELD ? u16le(b, at + 1) : u8(b, at);
}

/** Vendor id and serial number at `b[at]` of whoever asks. */
export function originator(facts: FactSink, b: Uint8Array, at: number): void {
  facts.evidence(Source.originatorVendor, About.sender, NO_UNIT, b, at, at + 6);
  facts.evidence(Source.originatorSerial, About.sender, NO_UNIT, b, at, at + 6);
  facts.evidence(Source.originatorSoftware, About.sender, NO_UNIT, b, at, at + 6);
}

/** Whether the reply in `b[at, end)` declines its command. */
export function isPcccRefusal(b: Uint8Array, at: number, end: number): boolean {
  const command = commandAt(b, at, end);
  return command !== ABSENT && u8(b, command + STATUS) !== 0;
}

/** Takes the processor's name out of the reply to the request with `key`. */
export function readPcccReply(
  facts: FactSink,
  key: number,
  unit: number,
  b: Uint8Array,
  at: number,
  end: number,
): void {
  if (key !== ((Pccc.diagnostic << 8) | Pccc.diagnosticStatus)) return;
  const command = commandAt(b, at, end);
  const data = command + FUNCTION;
  if (command === ABSENT || end - data < NAME_END) return;
  facts.evidence(Source.pcccName, About.sender, unit, b, data + NAME, data + NAME_END);
  facts.evidence(Source.pcccRevision, About.sender, unit, b, data + SERIES, data + SERIES + 1);
}
