/** TFTP (RFC 1350): the requests, which tell the file; the data goes between ports of its own. */
import { u8, u16be } from '../bytes.ts';
import { type Decoder, type FactSink, NO_UNIT, Outcome, type Protocol, Recognition, Sender } from '../protocol.ts';

/** Opcodes (section 5; RFC 2347 for the last). */
const READ = 1;
const WRITE = 2;
const DATA = 3;
const ACKNOWLEDGMENT = 4;
const ERROR = 5;
const OPTIONS = 6;

const OPCODE_BYTES = 2;
const FILE = 0;
/** Longer ones fit into no request that boot loaders accept. */
const MAX_NAME_BYTES = 255;

export const tftp: Protocol = {
  name: 'tftp',
  tcpPorts: [],
  udpPorts: [69],

  recognise: (b, at, end) => (isRequest(b, at, end) ? Recognition.certain : Recognition.no),

  sender(b, at, end) {
    if (end - at < OPCODE_BYTES) return Sender.unknown;
    const opcode = u16be(b, at);
    return opcode === READ || opcode === WRITE ? Sender.client : Sender.unknown;
  },

  open: (facts) => new TftpDecoder(facts),
  // Both move firmware and configurations, one from the server, the other to it.
  operation: (opcode) =>
    opcode === READ
      ? { code: '1', name: 'Read Request', access: 'program' }
      : { code: '2', name: 'Write Request', access: 'program' },
  space: () => 'file',
  evidence: [],
};

/** Where the string at `at` ends, at its NUL; -1 when it is none. */
function stringEnd(b: Uint8Array, at: number, end: number): number {
  const stop = Math.min(end, at + MAX_NAME_BYTES + 1);
  for (let i = at; i < stop; i++) {
    if (u8(b, i) === 0) return i > at ? i : -1;
    if (u8(b, i) < 0x20) return -1;
  }
  return -1;
}

/** `octet`, `netascii` and `mail` (section 5), by their first and last letters in lower case. */
function isMode(b: Uint8Array, at: number, end: number): boolean {
  const first = u8(b, at) | 0x20;
  const last = u8(b, end - 1) | 0x20;
  switch (end - at) {
    case 5:
      return first === 0x6f && last === 0x74;
    case 8:
      return first === 0x6e && last === 0x69;
    case 4:
      return first === 0x6d && last === 0x6c;
    default:
      return false;
  }
}

function isRequest(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < OPCODE_BYTES || (u16be(b, at) !== READ && u16be(b, at) !== WRITE)) return false;
  const nameEnd = stringEnd(b, at + OPCODE_BYTES, end);
  if (nameEnd < 0) return false;
  const modeEnd = stringEnd(b, nameEnd + 1, end);
  return modeEnd > 0 && isMode(b, nameEnd + 1, modeEnd);
}

class TftpDecoder implements Decoder {
  readonly #facts: FactSink;
  #last = READ;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < OPCODE_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const opcode = u16be(b, at);
    switch (opcode) {
      case READ:
      case WRITE: {
        this.#last = opcode;
        const asked = facts.request(opcode, NO_UNIT);
        const nameEnd = stringEnd(b, at + OPCODE_BYTES, end);
        if (nameEnd < 0) return Outcome.truncated;
        facts.touchName(asked, FILE, b, at + OPCODE_BYTES, nameEnd);
        return Outcome.ok;
      }
      case ERROR:
        if (!fromClient) facts.response(facts.operation(this.#last, NO_UNIT), true);
        return Outcome.ok;
      case DATA:
      case ACKNOWLEDGMENT:
      case OPTIONS:
        return Outcome.ok;
      default:
        return Outcome.malformed;
    }
  }
}
