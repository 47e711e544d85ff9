/**
 * Operation numbers: the function code in the low 8 bits, and above them, from what the objects show, a kind where
 * that changes what the request does or what it is called.
 */
import { u8 } from '../bytes.ts';
import type { Access, Described, Effect, Operation } from '../protocol.ts';
import { CLASSES, FileVariation, FUNCTIONS, FunctionCode, GROUPS, Group } from './codes.ts';
import { type ObjectHeaders, UNKNOWN } from './objects.ts';

/** Kinds of Read: of attributes or files alone, or, from CLASS_POLL on, with a bit for each class polled. */
const Read = { attributes: 1, file: 2 } as const;
const CLASS_POLL = 0x10;

/** Kinds of Write. */
const Write = { time: 1, indications: 2, file: 3, attributes: 4 } as const;

/** Kinds of Select, Operate and Direct Operate: an analog output, or, from CROB on, a control code. */
const ANALOG = 1;
const CROB = 2;

/** Fields of the control relay output block's control code. */
const OPERATION_TYPE_MASK = 0x0f;
const TRIP_CLOSE_SHIFT = 6;
const OPERATION_TYPES = ['Nul', 'Pulse On', 'Pulse Off', 'Latch On', 'Latch Off'] as const;
const TRIP_CLOSE = ['', 'Close', 'Trip'] as const;

/** Where group 70 variation 3 tells the mode a file is opened in, and the modes. */
const FILE_MODE = 20;
const MODES = ['', 'to Read', 'to Write', 'to Append'] as const;
/** Files of an outstation are its configuration, its programs and its records. */
const OPENED_FOR: readonly (Effect | undefined)[] = [undefined, 'upload', 'download', 'download'];

/** The number of the request with function code `code`; walks `objects` to their end. */
export function operationNumber(code: number, b: Uint8Array, objects: ObjectHeaders): number {
  switch (code) {
    case FunctionCode.read:
      return code | (readKind(objects) << 8);
    case FunctionCode.write:
      return code | (writeKind(objects) << 8);
    case FunctionCode.select:
    case FunctionCode.operate:
    case FunctionCode.directOperate:
    case FunctionCode.directOperateNoAck:
      return code | (controlKind(b, objects) << 8);
    case FunctionCode.openFile:
      return code | (openKind(b, objects) << 8);
    default:
      return code;
  }
}

/** What an operation number means. */
export function operation(number: number): Operation {
  const code = number & 0xff;
  const kind = number >>> 8;
  // an unknown function may change anything
  const [name, access, effect]: Described = FUNCTIONS.get(code) ?? [`Function ${code}`, 'write'];
  if (kind === 0) return { code: `${code}`, name, access, effect };
  switch (code) {
    case FunctionCode.read:
      if (kind >= CLASS_POLL) return { code: `${code}`, name: `${name} Class ${classes(kind)}`, access };
      return kind === Read.attributes
        ? { code: `${code}`, name: `${name} ${groupName(Group.deviceAttributes)}`, access: 'diagnostic' }
        : { code: `${code}`, name: `${name} File`, access: 'program' };
    case FunctionCode.write: {
      const [what, how] = WRITES[kind] ?? ['', access];
      return { code: `${code}`, name: `${name} ${what}`, access: how };
    }
    case FunctionCode.openFile:
      return { code: `${code}`, name: `${name} ${MODES[kind] ?? ''}`, access, effect: OPENED_FOR[kind] };
    default:
      return { code: `${code}`, name: `${name}: ${controlName(kind)}`, access };
  }
}

/** Setting the clock and clearing the restart indication are a master's part in keeping the session. */
const WRITES: readonly (readonly [name: string, access: Access])[] = [
  ['', 'write'],
  ['Time and Date', 'session'],
  ['Internal Indications', 'session'],
  ['File', 'program'],
  ['Device Attributes', 'write'],
];

/** The name of an object group. */
function groupName(group: number): string {
  return GROUPS.get(group) ?? 'Objects';
}

/** Set in an address space that stands for a whole group, not for indexes in it. */
const WHOLE = 0x10000;

/**
 * The name of an address space: an object group, whose indexes are the points (those of Device Attributes: the
 * variations), all of a group, or a class.
 */
export function spaceName(space: number): string {
  const group = space & 0xff;
  const variation = (space >>> 8) & 0xff;
  if (variation !== 0) return `Class ${variation - 1} Data (group ${group} variation ${variation})`;
  const name = `${groupName(group)} (group ${group})`;
  return (space & WHOLE) !== 0 ? `all of ${name}` : name;
}

/** The address space of the header at hand, when it names no index: a class, or all of its group. */
export function wholeSpace(objects: ObjectHeaders): number {
  return isClass(objects) ? objects.group | (objects.variation << 8) : objects.group | WHOLE;
}

function isClass(objects: ObjectHeaders): boolean {
  return objects.group === Group.classes && objects.variation >= 1 && objects.variation <= CLASSES;
}

function readKind(objects: ObjectHeaders): number {
  let polled = 0;
  let attributes = false;
  let points = false;
  let file = false;
  while (objects.next()) {
    const { group } = objects;
    if (isClass(objects)) polled |= 1 << (objects.variation - 1);
    else if (group === Group.deviceAttributes) attributes = true;
    else if (group === Group.file) file = true;
    else if (group !== Group.authentication) points = true;
  }
  if (file) return Read.file;
  if (points || (attributes && polled !== 0)) return 0;
  return attributes ? Read.attributes : polled !== 0 ? CLASS_POLL | polled : 0;
}

/** The most far-reaching of what is written gives the kind. */
function writeKind(objects: ObjectHeaders): number {
  let kind = 0;
  let points = false;
  while (objects.next()) {
    switch (objects.group) {
      case Group.file:
        kind = Write.file;
        break;
      case Group.deviceAttributes:
        if (kind !== Write.file) kind = Write.attributes;
        break;
      case Group.time:
        if (kind === 0) kind = Write.time;
        break;
      case Group.internalIndications:
        if (kind === 0) kind = Write.indications;
        break;
      case Group.authentication:
        break;
      default:
        points = true;
    }
  }
  return points && kind !== Write.file ? 0 : kind;
}

/** What a command does, where all its objects do the same. */
function controlKind(b: Uint8Array, objects: ObjectHeaders): number {
  let kind = 0;
  let mixed = false;
  while (objects.next()) {
    const { group, variation, objectOctets, indexOctets } = objects;
    if (group === Group.analogOutputCommand) {
      mixed ||= kind !== 0 && kind !== ANALOG;
      kind = ANALOG;
    } else if (group === Group.binaryOutputCommand && variation === 1 && objectOctets !== UNKNOWN) {
      const stride = indexOctets + objectOctets;
      for (let at = objects.at; at + stride <= objects.end; at += stride) {
        const its = crobKind(u8(b, at + indexOctets));
        mixed ||= its === 0 || (kind !== 0 && kind !== its);
        kind = its;
      }
    } else if (group !== Group.authentication) {
      mixed = true;
    }
  }
  return mixed ? 0 : kind;
}

function crobKind(controlCode: number): number {
  const type = controlCode & OPERATION_TYPE_MASK;
  const tripClose = controlCode >> TRIP_CLOSE_SHIFT;
  if (type >= OPERATION_TYPES.length || tripClose >= TRIP_CLOSE.length) return 0;
  return CROB + type + OPERATION_TYPES.length * tripClose;
}

function controlName(kind: number): string {
  if (kind === ANALOG) return 'Analog Output';
  const type = OPERATION_TYPES[(kind - CROB) % OPERATION_TYPES.length] as string;
  const tripClose = TRIP_CLOSE[Math.floor((kind - CROB) / OPERATION_TYPES.length)] ?? '';
  return tripClose === '' ? type : `${type}, ${tripClose}`;
}

function openKind(b: Uint8Array, objects: ObjectHeaders): number {
  let kind = 0;
  while (objects.next()) {
    const { group, variation, sized, sizeOctets, at, end } = objects;
    if (!sized || group !== Group.file || variation !== FileVariation.command) continue;
    const mode = at + sizeOctets + FILE_MODE;
    if (mode < end && u8(b, mode) < MODES.length) kind = u8(b, mode);
  }
  return kind;
}

function classes(kind: number): string {
  const polled: number[] = [];
  for (let number = 0; number < CLASSES; number++) {
    if ((kind & (1 << number)) !== 0) polled.push(number);
  }
  return polled.join(', ');
}
