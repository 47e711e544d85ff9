/**
 * What lies between transport and MMS: session (ISO 8327-1), presentation (ISO 8823-1) and association (ACSE, ISO
 * 8650-1). Established associations carry the four octets 01 00 01 00, then presentation data with the MMS PDU.
 */
import { u8, u16be } from '../bytes.ts';
import { NONE } from '../outstanding.ts';
import { ber } from './ber.ts';
import { Acse, Spdu } from './codes.ts';

const DATA_SPDUS_BYTES = 4;
/** Parameters of a session SPDU: user data, and user data of more than 512 octets (8.3.1.26). */
const USER_DATA = 0xc1;
const EXTENDED_USER_DATA = 0xc2;
const LONG_LENGTH = 0xff;

// first octets of the presentation layer
const CONNECT = 0x31; // CP and CPA: a SET
const NORMAL_MODE = 0xa2;
const FULLY_ENCODED = 0x61;
const PDV_LIST = 0x30;

// and of ACSE
const RESULT = 0xa2; // of a response
const MECHANISM_NAME = 0x8b; // of a request
const USER_INFORMATION = 0xbe;
const EXTERNAL = 0x28;

/** The layers of the message read last. */
class UpperLayers {
  /** The session SPDU; `giveTokens` when the association is established. */
  spdu = 0;
  /** First octet of the ACSE APDU, or 0. */
  acse = 0;
  /** A response that declines the association. */
  declined = false;
  /** Where a request names its authentication mechanism, the last octet of its identifier, else NONE. */
  mechanismAt: number = NONE;

  /** Reads down to the MMS PDU; returns its first octet and leaves the walker in it, or NONE when there is none. */
  open(b: Uint8Array, at: number, end: number): number {
    this.acse = 0;
    this.declined = false;
    this.mechanismAt = NONE;
    if (end - at < 2) return NONE;
    this.spdu = u8(b, at);
    if (isData(b, at, end)) {
      ber.open(b, at + DATA_SPDUS_BYTES, end);
    } else if (!openUserData(b, at, end)) {
      return NONE;
    } else if (this.spdu === Spdu.connect || this.spdu === Spdu.accept) {
      if (!ber.into(CONNECT) || !ber.find(NORMAL_MODE)) return NONE;
      ber.enter();
      if (!ber.find(FULLY_ENCODED)) return NONE;
      ber.enter();
      return this.#data();
    }
    return ber.into(FULLY_ENCODED) ? this.#data() : NONE;
  }

  /** The walker stands in fully encoded presentation data: context, then the value. */
  #data(): number {
    if (!ber.into(PDV_LIST)) return NONE;
    if (!ber.readPastContext()) return NONE;
    ber.enter();
    if (!ber.read()) return NONE;
    const { tag } = ber;
    if ((tag & 0xc0) !== 0x40) {
      ber.enter();
      return tag;
    }
    this.acse = tag;
    ber.enter();
    return this.#association();
  }

  #association(): number {
    while (ber.read()) {
      if (ber.tag === USER_INFORMATION) {
        ber.enter();
        if (!ber.into(EXTERNAL) || !ber.readPastContext()) return NONE;
        ber.enter();
        if (!ber.read()) return NONE;
        const { tag } = ber;
        ber.enter();
        return tag;
      }
      if (ber.tag === RESULT && this.acse === Acse.response) {
        this.declined = ber.valueEnd > ber.valueAt && u8(ber.b, ber.valueEnd - 1) !== 0;
      } else if (ber.tag === MECHANISM_NAME && this.acse === Acse.request) {
        if (ber.valueEnd > ber.valueAt) this.mechanismAt = ber.valueEnd - 1;
      }
    }
    return NONE;
  }
}

/** Whether these are the two SPDUs of an established association, each without parameters. */
export function isData(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= DATA_SPDUS_BYTES && u16be(b, at) === 0x0100 && u16be(b, at + 2) === 0x0100;
}

/** Whether an SPDU of session version 1 or 2 whose length is the message's begins at `at`. */
export function isSpdu(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 2) return false;
  switch (u8(b, at)) {
    case Spdu.connect:
    case Spdu.accept:
    case Spdu.refuse:
    case Spdu.finish:
    case Spdu.disconnect:
    case Spdu.abort: {
      const parameters = afterLength(b, at + 1, end);
      return parameters > 0 && parameters + length(b, at + 1) === end;
    }
    default:
      return false;
  }
}

function afterLength(b: Uint8Array, at: number, end: number): number {
  if (at >= end) return NONE;
  const parameters = u8(b, at) === LONG_LENGTH ? at + 3 : at + 1;
  return parameters <= end ? parameters : NONE;
}

/** A length indicator: one octet, or 255 and two. The caller has checked that it is there. */
function length(b: Uint8Array, at: number): number {
  const short = u8(b, at);
  return short === LONG_LENGTH ? u16be(b, at + 1) : short;
}

/** Sets the walker to the user data of the SPDU at `at`. */
function openUserData(b: Uint8Array, at: number, end: number): boolean {
  let next = afterLength(b, at + 1, end);
  while (next > 0 && next < end) {
    const code = u8(b, next);
    const value = afterLength(b, next + 1, end);
    if (value < 0) return false;
    const stop = value + length(b, next + 1);
    if (code === USER_DATA || code === EXTENDED_USER_DATA) {
      ber.open(b, value, Math.min(stop, end));
      return true;
    }
    next = stop;
  }
  return false;
}

/** The one reader of this protocol. */
export const layers: UpperLayers = new UpperLayers();
