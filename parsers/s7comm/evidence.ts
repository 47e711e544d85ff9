/** What S7 stations say of themselves. */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hexNumber, text } from '../text.ts';
import { MODES, PROTECTION_LEVEL_ERROR } from './codes.ts';

/**
 * Indices into EVIDENCE. `component` is the first of a row that follows the indices of partial list 1C, from 1 on.
 */
export const Source = {
  orderNumber: 0,
  vendor: 1,
  hardware: 2,
  firmware: 3,
  firmwareExtension: 4,
  component: 5, // to 16
  mode: 17,
  protectionLevel: 18,
  modeSwitch: 19,
  modeTransition: 20,
  blockInfo: 21,
  accessNotAllowed: 22,
  protectionError: 23,
  password: 24,
} as const;

export const COMPONENTS = 11;

const SIEMENS = 0x002a;

// Offsets in a record of partial list 11.
const ORDER_NUMBER = 2;
const ORDER_NUMBER_BYTES = 20;
const VERSION = 24; // "Ausbg", then "Ausbe"

// Offsets in a Get Block Info answer, from behind its data header on.
const BLOCK_TYPE = 11;
const BLOCK_NUMBER = 12;
const AUTHOR = 42; // eight bytes each: author, family, name; then the version
const FAMILY = 50;
const NAME = 58;
const BLOCK_VERSION = 66;
export const BLOCK_INFO_BYTES = 67;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 's7comm.szl-0011.0001',
    words: 'S7 SZL 0x0011 Module Identification, index 0x0001: order number',
    field: 'model',
    confidence: 0.95,
    render: orderNumber,
  },
  // not more: compatible stations of other makers answer with a Siemens order number
  {
    name: 's7comm.szl-0011.vendor',
    words: 'S7 SZL 0x0011 Module Identification, index 0x0001: maker of that order number',
    field: 'vendor',
    confidence: 0.7,
    render: vendorOfOrderNumber,
  },
  {
    name: 's7comm.szl-0011.0006',
    words: 'S7 SZL 0x0011 Module Identification, index 0x0006: basic hardware',
    field: 'hardware',
    confidence: 0.95,
    render: hardware,
  },
  {
    name: 's7comm.szl-0011.0007',
    words: 'S7 SZL 0x0011 Module Identification, index 0x0007: basic firmware',
    field: 'firmware',
    confidence: 0.95,
    render: firmware,
  },
  {
    name: 's7comm.szl-0011.0081',
    words: 'S7 SZL 0x0011 Module Identification, index 0x0081: firmware extension',
    field: 'note',
    confidence: 0.9,
    render: firmwareExtension,
  },
  {
    name: 's7comm.szl-001c.0001',
    words: 'S7 SZL 0x001C Component Identification, index 1: name of the automation system',
    field: 'name',
    confidence: 0.95,
    render: text,
  },
  {
    name: 's7comm.szl-001c.0002',
    words: 'S7 SZL 0x001C Component Identification, index 2: name of the module',
    field: 'name',
    confidence: 0.9,
    render: text,
  },
  {
    name: 's7comm.szl-001c.0003',
    words: 'S7 SZL 0x001C Component Identification, index 3: plant designation',
    field: 'location',
    confidence: 0.9,
    render: text,
  },
  {
    name: 's7comm.szl-001c.0004',
    words: 'S7 SZL 0x001C Component Identification, index 4: copyright entry',
    field: 'note',
    confidence: 0.9,
    render: text,
  },
  {
    name: 's7comm.szl-001c.0005',
    words: 'S7 SZL 0x001C Component Identification, index 5: serial number of the module',
    field: 'serial',
    confidence: 0.95,
    render: text,
  },
  {
    name: 's7comm.szl-001c.0006',
    words: 'S7 SZL 0x001C Component Identification, index 6: reserved',
    field: 'note',
    confidence: 0.1,
    render: () => null,
  }, // reserved
  {
    name: 's7comm.szl-001c.0007',
    words: 'S7 SZL 0x001C Component Identification, index 7: module type name',
    field: 'product',
    confidence: 0.95,
    render: text,
  },
  {
    name: 's7comm.szl-001c.0008',
    words: 'S7 SZL 0x001C Component Identification, index 8: serial number of the memory card',
    field: 'note',
    confidence: 0.9,
    render: labelled('memory card'),
  },
  {
    name: 's7comm.szl-001c.0009',
    words: 'S7 SZL 0x001C Component Identification, index 9: manufacturer and profile',
    field: 'vendor',
    confidence: 0.9,
    render: manufacturer,
  },
  {
    name: 's7comm.szl-001c.000a',
    words: 'S7 SZL 0x001C Component Identification, index 10: OEM identification',
    field: 'note',
    confidence: 0.9,
    render: labelled('OEM'),
  },
  {
    name: 's7comm.szl-001c.000b',
    words: 'S7 SZL 0x001C Component Identification, index 11: location designation',
    field: 'location',
    confidence: 0.95,
    render: text,
  },
  {
    name: 's7comm.szl-001c',
    words: 'S7 SZL 0x001C Component Identification',
    field: 'note',
    confidence: 0.1,
    render: () => null,
  }, // unused
  {
    name: 's7comm.szl-0024',
    words: 'S7 SZL 0x0024 Operating mode transitions',
    field: 'state',
    confidence: 0.95,
    render: operatingMode,
  },
  {
    name: 's7comm.szl-0032.0004',
    words: 'S7 SZL 0x0032 Communication status, index 4: protection level',
    field: 'protection',
    confidence: 0.95,
    render: protectionLevel,
  },
  {
    name: 's7comm.szl-0032.0004.switch',
    words: 'S7 SZL 0x0032 Communication status, index 4: mode selector setting',
    field: 'note',
    confidence: 0.9,
    render: modeSwitch,
  },
  {
    name: 's7comm.mode-transition',
    words: 'S7 userdata, mode transition indication',
    field: 'state',
    confidence: 0.95,
    render: (b, at) => MODES.get(u8(b, at))?.[0] ?? null,
  },
  {
    name: 's7comm.block-info',
    words: 'S7 userdata, Get Block Info: block header',
    field: 'note',
    confidence: 0.3,
    render: blockInfo,
  },
  {
    name: 's7comm.item',
    words: 'S7 read or write answer, item return code 0x03',
    field: 'protection',
    confidence: 0.9,
    render: () => 'refuses access to an object',
  },
  {
    name: 's7comm.error',
    words: 'S7 answer, error class and code',
    field: 'protection',
    confidence: 0.95,
    render: protectionError,
  },
  {
    name: 's7comm.password',
    words: 'S7 userdata, Security: PLC password',
    field: 'protection',
    confidence: 0.8,
    render: () => 'a password is sent to it',
  },
];

function orderNumber(b: Uint8Array, at: number): string | null {
  return text(b, at + ORDER_NUMBER, at + ORDER_NUMBER + ORDER_NUMBER_BYTES);
}

function vendorOfOrderNumber(b: Uint8Array, at: number): string | null {
  return orderNumber(b, at)?.startsWith('6ES7') ? 'Siemens' : null;
}

function hardware(b: Uint8Array, at: number): string | null {
  const version = u16be(b, at + VERSION);
  return version === 0 ? null : `${version}`;
}

/** "V" and the first part of the version in Ausbg, the others in Ausbe. */
function firmware(b: Uint8Array, at: number): string | null {
  const letter = u8(b, at + VERSION);
  if (letter < 0x41 || letter > 0x5a) return null;
  return `${String.fromCharCode(letter)}${u8(b, at + VERSION + 1)}.${u8(b, at + VERSION + 2)}.${u8(b, at + VERSION + 3)}`;
}

/** As `firmware`; boot loaders carry another letter and a space. */
function firmwareExtension(b: Uint8Array, at: number): string | null {
  const name = orderNumber(b, at);
  if (name === null) return null;
  const letters = text(b, at + VERSION, at + VERSION + 2) ?? '';
  return `${name} ${letters}${u8(b, at + VERSION + 2)}.${u8(b, at + VERSION + 3)}`;
}

function labelled(label: string): EvidenceSource['render'] {
  return (b, at, end) => {
    const value = text(b, at, end);
    return value === null ? null : `${label} ${value}`;
  };
}

/** Manufacturer id of PROFIBUS and PROFINET International. */
function manufacturer(b: Uint8Array, at: number): string | null {
  const id = u16be(b, at);
  if (id === SIEMENS) return 'Siemens';
  return id === 0 ? null : `manufacturer ${hexNumber(id, 4)}`;
}

/** The lower nibble is the mode the CPU is in (or goes to), the upper one the mode before. */
function operatingMode(b: Uint8Array, at: number): string | null {
  switch (u8(b, at) & 0x0f) {
    case 0x01:
    case 0x02:
    case 0x03:
    case 0x04:
      return 'STOP';
    case 0x05:
    case 0x06:
    case 0x07:
      return 'STARTUP';
    case 0x08:
    case 0x09:
      return 'RUN';
    case 0x0a:
      return 'HOLD';
    case 0x0d:
      return 'DEFECT';
    default:
      return null;
  }
}

const LEVELS = ['', 'no protection', 'write protection', 'read and write protection'] as const;

function protectionLevel(b: Uint8Array, at: number): string | null {
  const level = u16be(b, at);
  return level >= 1 && level <= 3 ? `level ${level}: ${LEVELS[level]}` : null;
}

const SWITCH_POSITIONS = ['', 'RUN', 'RUN-P', 'STOP', 'MRES'] as const;

function modeSwitch(b: Uint8Array, at: number): string | null {
  const position = SWITCH_POSITIONS[u16be(b, at)];
  return position === undefined || position === '' ? null : `mode switch ${position}`;
}

const BLOCK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x08, 'OB'],
  [0x0a, 'DB'],
  [0x0b, 'SDB'],
  [0x0c, 'FC'],
  [0x0d, 'SFC'],
  [0x0e, 'FB'],
  [0x0f, 'SFB'],
]);

function blockInfo(b: Uint8Array, at: number): string | null {
  const author = text(b, at + AUTHOR, at + FAMILY);
  const family = text(b, at + FAMILY, at + NAME);
  const name = text(b, at + NAME, at + BLOCK_VERSION);
  if (author === null && family === null && name === null) return null;
  const version = u8(b, at + BLOCK_VERSION);
  const said = [
    `${BLOCK_TYPES.get(u8(b, at + BLOCK_TYPE)) ?? 'block'} ${u16be(b, at + BLOCK_NUMBER)}`,
    ...(name === null ? [] : [`name ${name}`]),
    ...(author === null ? [] : [`author ${author}`]),
    ...(family === null ? [] : [`family ${family}`]),
    `version ${version >>> 4}.${version & 0x0f}`,
  ];
  return said.join(', ');
}

function protectionError(b: Uint8Array, at: number): string | null {
  return u16be(b, at) === PROTECTION_LEVEL_ERROR ? 'its protection level refuses functions' : null;
}
