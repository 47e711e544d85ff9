/**
 * Userdata PDUs: the services of programming devices and panels. Parameters of a request, and what an answer adds:
 *
 *   0             3        4        5              6             7          8                     9         10
 *   | 00 01 12    | length | method | type | group | sub-function | sequence | data unit reference | last unit | error |
 *
 * then data: return code, transport size, length, and what the service says. A long answer comes in units; the client
 * asks for the next with the reference of the last.
 */
import { u8, u16be } from '../bytes.ts';
import { Assembly } from '../cotp/assembly.ts';
import { NONE, type Outstanding } from '../outstanding.ts';
import { About, type FactSink, NO_UNIT, Outcome } from '../protocol.ts';
import { GET_BLOCK_INFO, Group, PLC_PASSWORD, READ_SZL, UserdataType } from './codes.ts';
import { BLOCK_INFO_BYTES, Source } from './evidence.ts';
import { touchItems } from './items.ts';
import { userdata } from './operations.ts';
import { readSystemStatusList } from './szl.ts';

// Offsets in the parameters.
const GROUP = 5; // type in the upper nibble
const SUBFUNCTION = 6;
const REFERENCE = 8;
const LAST_UNIT = 9; // 0 yes
const ERROR = 10;

/** Least lengths of parameters. */
export const REQUEST_BYTES = 8;
const RESPONSE_BYTES = 12;

/** Of data: return code, transport size, length. */
const DATA_HEADER = 4;

/** Sub-functions of cyclic services whose data lists items. */
const CYCLIC_TRANSFER = 1;
const CHANGE_DRIVEN_TRANSFER = 5;

/** The longest system status list put together: its records are counted in 16 bits, real ones end below 16 KiB. */
const MAX_LIST_BYTES = 0x10000;

/** Type nibble, group or sub-function of the parameters at `at`. */
export function typeOf(b: Uint8Array, at: number): number {
  return u8(b, at + GROUP) >>> 4;
}

export function groupOf(b: Uint8Array, at: number): number {
  return u8(b, at + GROUP) & 0x0f;
}

/** Decodes the Userdata PDUs of one conversation. */
export class UserdataDecoder {
  readonly #facts: FactSink;
  readonly #outstanding: Outstanding;
  #list: Assembly | null = null; // the system status list that is being sent in units
  #listReference = NONE;

  constructor(facts: FactSink, outstanding: Outstanding) {
    this.#facts = facts;
    this.#outstanding = outstanding;
  }

  /**
   * @param at the parameters
   * @param data where they end and the data begins
   * @param key pairs the answer with its request
   */
  decode(b: Uint8Array, at: number, data: number, end: number, key: number): Outcome {
    if (data - at < REQUEST_BYTES) return Outcome.truncated;
    switch (typeOf(b, at)) {
      case UserdataType.request:
        return this.#request(b, at, data, end, key);
      case UserdataType.response:
        return this.#response(b, at, data, end, key);
      case UserdataType.push:
        if (groupOf(b, at) === Group.modeTransition) {
          this.#facts.evidence(Source.modeTransition, About.sender, NO_UNIT, b, at + SUBFUNCTION, at + SUBFUNCTION + 1);
        }
        return Outcome.ok; // nobody asked, and nobody answers
      default:
        return Outcome.unsupported;
    }
  }

  lost(): void {
    this.#endList();
  }

  #request(b: Uint8Array, at: number, data: number, end: number, key: number): Outcome {
    const facts = this.#facts;
    const group = groupOf(b, at);
    const subfunction = u8(b, at + SUBFUNCTION);
    const asked = facts.request(userdata(group, subfunction), NO_UNIT);
    this.#outstanding.put(key, asked);
    if (group === Group.security && subfunction === PLC_PASSWORD) {
      facts.evidence(Source.password, About.receiver, NO_UNIT, b, at + GROUP, at + GROUP + 1); // not the password
    } else if (group === Group.cyclic && (subfunction === CYCLIC_TRANSFER || subfunction === CHANGE_DRIVEN_TRANSFER)) {
      // number of items in two bytes, then the interval's time base and factor
      const items = data + DATA_HEADER + 4;
      if (items > end) return Outcome.truncated;
      return touchItems(facts, asked, u16be(b, items - 4), b, items, end);
    }
    return Outcome.ok;
  }

  #response(b: Uint8Array, at: number, data: number, end: number, key: number): Outcome {
    const facts = this.#facts;
    const group = groupOf(b, at);
    const subfunction = u8(b, at + SUBFUNCTION);
    const whole = data - at >= RESPONSE_BYTES;
    const refused = whole && u16be(b, at + ERROR) !== 0;
    const asked = this.#outstanding.take(key);
    facts.response(asked !== NONE ? asked : facts.operation(userdata(group, subfunction), NO_UNIT), refused);
    if (!whole) return Outcome.truncated;
    if (refused) {
      facts.evidence(Source.protectionError, About.sender, NO_UNIT, b, at + ERROR, at + ERROR + 2);
      return Outcome.ok;
    }
    const said = data + DATA_HEADER;
    if (said > end) return Outcome.ok; // many services answer without data
    const stop = said + u16be(b, data + 2);
    if (stop > end) return Outcome.truncated;
    if (group === Group.cpu && subfunction === READ_SZL) return this.#systemStatusList(b, at, said, stop);
    if (group === Group.blocks && subfunction === GET_BLOCK_INFO && stop - said >= BLOCK_INFO_BYTES) {
      facts.evidence(Source.blockInfo, About.sender, NO_UNIT, b, said, said + BLOCK_INFO_BYTES);
    }
    return Outcome.ok;
  }

  /** Units of one list share a reference, which is 0 only for a list in one unit. */
  #systemStatusList(b: Uint8Array, at: number, said: number, stop: number): Outcome {
    if (said === stop) return Outcome.ok;
    const reference = u8(b, at + REFERENCE);
    const last = u8(b, at + LAST_UNIT) === 0;
    if (reference === 0 && last) {
      this.#endList();
      return readSystemStatusList(this.#facts, b, said, stop);
    }
    if (reference !== this.#listReference) {
      this.#endList();
      if (last) return Outcome.truncated; // its beginning was not heard
      this.#listReference = reference;
    }
    this.#list ??= new Assembly(MAX_LIST_BYTES);
    const fits = this.#list.append(b, said, stop);
    if (!last) return fits ? Outcome.ok : Outcome.unsupported;
    const outcome = fits
      ? readSystemStatusList(this.#facts, this.#list.bytes, 0, this.#list.length)
      : Outcome.unsupported;
    this.#endList();
    return outcome;
  }

  #endList(): void {
    this.#list?.clear();
    this.#listReference = NONE;
  }
}
