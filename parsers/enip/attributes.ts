/** Reads identity evidence out of the attributes that Get Attribute services return. */
import { u8, u16le } from '../bytes.ts';
import { About, type FactSink, Outcome } from '../protocol.ts';
import { ClassId } from './classes.ts';
import { Service } from './codes.ts';
import { ABSENT } from './epath.ts';
import { Source } from './evidence.ts';

/** The class whose attributes a reply may be read for, or ABSENT: only instances that describe the device count. */
export function subjectOf(classId: number, instance: number): number {
  switch (classId) {
    case ClassId.identity: // further instances describe parts, e.g. the boot loader
    case ClassId.tcpIp:
    case ClassId.cipSecurity:
      return instance === 1 ? classId : ABSENT;
    case ClassId.ethernetLink: // one instance for each port
      return instance > 0 ? classId : ABSENT;
    default:
      return ABSENT;
  }
}

/** Takes the evidence out of a Get Attribute reply's data, `b[at, end)`. */
export function readAttributes(
  facts: FactSink,
  service: number,
  subject: number,
  attribute: number,
  unit: number,
  b: Uint8Array,
  at: number,
  end: number,
): Outcome {
  switch (service) {
    case Service.getAttributeSingle: {
      const stop = valueEnd(subject, attribute, b, at, end);
      if (stop !== ABSENT) report(facts, subject, attribute, unit, b, at, stop);
      return Outcome.ok;
    }
    case Service.getAttributesAll: {
      // in the order of their numbers; devices leave out what they do not have from some number on
      let next = at;
      for (let number = 1; next < end; number++) {
        const stop = valueEnd(subject, number, b, next, end);
        if (stop === ABSENT) break;
        report(facts, subject, number, unit, b, next, stop);
        next = stop;
      }
      return Outcome.ok;
    }
    case Service.getAttributeList:
      return readList(facts, subject, unit, b, at, end);
    default:
      return Outcome.ok;
  }
}

/** Number of attributes, then of each its id, status and, where that is 0, value (Volume 1, appendix ). */
function readList(facts: FactSink, subject: number, unit: number, b: Uint8Array, at: number, end: number): Outcome {
  if (end - at < 2) return Outcome.truncated;
  let next = at + 2;
  for (let left = u16le(b, at); left > 0; left--) {
    if (end - next < 4) return Outcome.truncated;
    const attribute = u16le(b, next);
    const failed = u16le(b, next + 2) !== 0;
    next += 4;
    if (failed) continue;
    const stop = valueEnd(subject, attribute, b, next, end);
    if (stop === ABSENT) return Outcome.ok; // of unknown length: what follows cannot be found
    report(facts, subject, attribute, unit, b, next, stop);
    next = stop;
  }
  return Outcome.ok;
}

/** Bytes of the Identity object's attributes 1 to 8; 7 is a SHORT_STRING (Volume 1, table 5A-2.2). */
const IDENTITY_BYTES = [0, 2, 2, 2, 2, 2, 4, 0, 1] as const;
const PRODUCT_NAME = 7;

/** Of the TCP/IP Interface object (Volume 2, table 5-4.2). */
const PHYSICAL_LINK = 4;
const INTERFACE_CONFIGURATION = 5;
const HOST_NAME = 6;
/** Address, mask, gateway and two name servers, before the domain name. */
const INTERFACE_ADDRESSES_BYTES = 20;

/** Of the Ethernet Link object (Volume 2, table 5-5.2). */
const PHYSICAL_ADDRESS = 3;

/** Of the CIP Security object (Volume 8, section 5-3). */
const SECURITY_STATE = 1;

/** Where the value at `at` ends, or ABSENT when its length is not known or goes past `end`. */
function valueEnd(subject: number, attribute: number, b: Uint8Array, at: number, end: number): number {
  let stop = ABSENT;
  switch (subject) {
    case ClassId.identity:
      if (attribute === PRODUCT_NAME) stop = at < end ? at + 1 + u8(b, at) : ABSENT;
      else if (attribute >= 1 && attribute < IDENTITY_BYTES.length) stop = at + (IDENTITY_BYTES[attribute] as number);
      break;
    case ClassId.tcpIp:
      if (attribute >= 1 && attribute < PHYSICAL_LINK) stop = at + 4;
      else if (attribute === PHYSICAL_LINK) stop = end - at >= 2 ? at + 2 + 2 * u16le(b, at) : ABSENT;
      else if (attribute === INTERFACE_CONFIGURATION) stop = stringEnd(b, at + INTERFACE_ADDRESSES_BYTES, end);
      else if (attribute === HOST_NAME) stop = stringEnd(b, at, end);
      break;
    case ClassId.ethernetLink:
      if (attribute === 1 || attribute === 2) stop = at + 4;
      else if (attribute === PHYSICAL_ADDRESS) stop = at + 6;
      break;
    default:
      if (attribute === SECURITY_STATE) stop = at + 1;
  }
  return stop <= end ? stop : ABSENT;
}

/** The end of a STRING, which these attributes pad to an even length. */
function stringEnd(b: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return ABSENT;
  const length = u16le(b, at);
  const stop = at + 2 + length;
  return (length & 1) !== 0 && stop < end ? stop + 1 : stop;
}

function report(
  facts: FactSink,
  subject: number,
  attribute: number,
  unit: number,
  b: Uint8Array,
  at: number,
  end: number,
): void {
  switch (subject) {
    case ClassId.identity: {
      const from = attribute === PRODUCT_NAME ? at + 1 : at;
      facts.evidence(Source.identityObject + attribute - 1, About.sender, unit, b, from, end);
      return;
    }
    case ClassId.tcpIp:
      if (attribute === INTERFACE_CONFIGURATION) {
        facts.evidence(Source.interfaceAddress, About.sender, unit, b, at, at + 4);
      } else if (attribute === HOST_NAME) {
        facts.evidence(Source.hostName, About.sender, unit, b, at + 2, at + 2 + u16le(b, at));
      }
      return;
    case ClassId.ethernetLink:
      if (attribute === PHYSICAL_ADDRESS) facts.evidence(Source.macAddress, About.sender, unit, b, at, end);
      return;
    default:
      facts.evidence(Source.securityState, About.sender, unit, b, at, end);
  }
}
