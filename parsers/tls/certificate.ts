/** Whom a certificate is for and who signed it: RFC 5280, section 4.1, in DER (X.690). */
import { u8, u16be, u24be } from '../bytes.ts';
import { About, type FactSink, NO_UNIT } from '../protocol.ts';
import { Source } from './evidence.ts';

const Tag = {
  integer: 0x02,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82, // [2] of GeneralName
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** Attribute types are 2.5.4.x (X.520), so one byte tells them apart. */
const Attribute = { commonName: 3, serialNumber: 5, organization: 10 } as const;

/** Distinguished names have a handful of attributes, certificates a dozen extensions; public ones 100 host names. */
const MAX_ELEMENTS = 32;

/** Where the element last opened has its content. Set by `open`; a decoder runs in one thread. */
let content = 0;
let contentEnd = 0;

/** Opens the element at `at`: answers its tag, or -1 when it does not lie within `end`; one without a length has no content. */
function open(b: Uint8Array, at: number, end: number): number {
  content = end;
  contentEnd = end;
  if (end - at < 2) return -1;
  const first = u8(b, at + 1);
  let from = at + 2;
  let length = first;
  if (first >= 0x80) {
    const bytes = first & 0x7f;
    if (bytes === 0 || bytes > 3 || end - from < bytes) return -1;
    length = 0;
    for (let i = 0; i < bytes; i++) length = (length << 8) | u8(b, from + i);
    from += bytes;
  }
  content = from;
  contentEnd = from + length;
  return contentEnd > end ? -1 : u8(b, at);
}

/**
 * The first certificate of a Certificate message (RFC 5246, 7.4.2): a list of length (3 bytes), then each certificate's
 * length and bytes. The first is the sender's own; what of it is missing is not looked at.
 */
export function certificate(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  if (end - at < 6) return;
  const from = at + 6;
  const stop = Math.min(end, from + u24be(b, at + 3));
  // the outer elements may go on in the next record: only their starts are needed
  if (u8(b, at) !== 0 || !enter(b, from, stop)) return;
  const body = content;
  if (!enter(b, body, stop)) return;
  let next = content;
  const tbsEnd = Math.min(contentEnd, stop);
  let tag = open(b, next, tbsEnd);
  if (tag === Tag.version) {
    next = contentEnd;
    tag = open(b, next, tbsEnd);
  }
  if (tag !== Tag.integer) return; // the certificate's serial number, not the device's
  next = contentEnd;
  if (open(b, next, tbsEnd) !== Tag.sequence) return; // signature algorithm
  next = contentEnd;
  if (open(b, next, tbsEnd) !== Tag.sequence) return; // issuer
  next = contentEnd;
  distinguishedName(facts, true, b, content, contentEnd);
  if (open(b, next, tbsEnd) !== Tag.sequence) return; // validity
  next = contentEnd;
  if (open(b, next, tbsEnd) !== Tag.sequence) return; // subject
  next = contentEnd;
  distinguishedName(facts, false, b, content, contentEnd);
  if (open(b, next, tbsEnd) !== Tag.sequence) return; // public key
  next = contentEnd;
  for (let i = 0; i < 3 && next < tbsEnd; i++) {
    tag = open(b, next, tbsEnd);
    if (tag < 0) return;
    next = contentEnd;
    if (tag === Tag.extensions) extensions(facts, b, content, contentEnd);
  }
}

/** Opens a sequence of which the end may be missing. */
function enter(b: Uint8Array, at: number, end: number): boolean {
  if (open(b, at, end) === Tag.sequence) return true;
  return end - at >= 4 && u8(b, at) === Tag.sequence && contentEnd > end && content < end;
}

/** Sets of one sequence each: attribute type, value. */
function distinguishedName(facts: FactSink, issuer: boolean, b: Uint8Array, at: number, end: number): void {
  let next = at;
  for (let i = 0; i < MAX_ELEMENTS && next < end; i++) {
    if (open(b, next, end) !== Tag.set) return;
    next = contentEnd;
    if (open(b, content, next) !== Tag.sequence || open(b, content, contentEnd) !== Tag.oid) continue;
    const isX520 = contentEnd - content === 3 && u16be(b, content) === 0x5504;
    const attribute = isX520 ? u8(b, content + 2) : 0;
    if (
      attribute !== Attribute.commonName &&
      attribute !== Attribute.organization &&
      attribute !== Attribute.serialNumber
    )
      continue;
    const tag = open(b, contentEnd, next);
    if (tag !== Tag.utf8String && tag !== Tag.printableString && tag !== Tag.teletexString && tag !== Tag.ia5String)
      continue;
    const source = sourceOf(attribute, issuer);
    if (source >= 0) facts.evidence(source, About.sender, NO_UNIT, b, content, contentEnd);
  }
}

function sourceOf(attribute: number, issuer: boolean): number {
  switch (attribute) {
    case Attribute.commonName:
      return issuer ? Source.issuer : Source.commonName;
    case Attribute.organization:
      return issuer ? -1 : Source.organization;
    default:
      return issuer ? -1 : Source.serialNumber;
  }
}

/** One sequence of extensions: object identifier, perhaps `critical`, the value in an octet string. */
function extensions(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  if (open(b, at, end) !== Tag.sequence) return;
  let next = content;
  const stop = contentEnd;
  for (let i = 0; i < MAX_ELEMENTS && next < stop; i++) {
    if (open(b, next, stop) !== Tag.sequence) return;
    next = contentEnd;
    if (open(b, content, next) !== Tag.oid) continue;
    // 2.5.29.17, subjectAltName
    if (contentEnd - content !== 3 || u16be(b, content) !== 0x551d || u8(b, content + 2) !== 0x11) continue;
    let value = contentEnd;
    if (open(b, value, next) !== Tag.octetString) {
      value = contentEnd;
      if (open(b, value, next) !== Tag.octetString) return;
    }
    if (open(b, content, next) === Tag.sequence) alternativeNames(facts, b, content, contentEnd);
    return;
  }
}

function alternativeNames(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  let next = at;
  for (let i = 0; i < MAX_NAMES && next < end; i++) {
    const tag = open(b, next, end);
    if (tag < 0) return;
    next = contentEnd;
    if (tag === Tag.dnsName) facts.evidence(Source.alternativeName, About.sender, NO_UNIT, b, content, contentEnd);
  }
}

/** Names kept of one certificate: devices have one or two; content networks hundreds, which tell nothing. */
const MAX_NAMES = 4;
