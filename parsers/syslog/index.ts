/**
 * Syslog over UDP and TCP: RFC 5424 and the older form that RFC 3164 describes.
 *
 *   <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID …      RFC 5424, section 6
 *   <PRI>Mmm dd hh:mm:ss HOSTNAME TAG: …                         RFC 3164, section 4.1
 *
 * Behind the name of the application stands what nobody asked us to read: it is passed over.
 */
import { u8 } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const Source = { hostName: 0, application: 1 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  // A relay sends other hosts' messages: less than a device's own word.
  { name: 'syslog.hostname', words: 'Syslog message, HOSTNAME', field: 'name', confidence: 0.6, render: hostName },
  { name: 'syslog.app-name', words: 'Syslog message, APP-NAME', field: 'note', confidence: 0.6, render: application },
];

const MESSAGE = 0;

export const syslog: Protocol = {
  name: 'syslog',
  tcpPorts: [514, 601],
  udpPorts: [514],

  recognise(b, at, end) {
    const body = priorityEnd(b, at, end);
    if (body === NONE) return Recognition.no;
    return isVersion(b, body, end) || isTimestamp(b, body, end) ? Recognition.certain : Recognition.possible;
  },

  /** Nobody answers. */
  sender: (b, at, end) => (priorityEnd(b, at, end) === NONE ? Sender.unknown : Sender.client),

  open: (facts) => new SyslogDecoder(facts),
  operation: () => ({ code: 'message', name: 'Message', access: 'read' }),
  space: () => '',
  evidence: EVIDENCE,
};

const NONE = -1;
const SPACE = 0x20;
const LESS = 0x3c;
const GREATER = 0x3e;
const COLON = 0x3a;
const BRACKET = 0x5b;
const ONE = 0x31;
/** 23 * 8 + 7: the highest facility and severity (RFC 5424, section 6.2.1). */
const MAX_PRIORITY = 191;
/** `Mmm dd hh:mm:ss`. */
const TIMESTAMP_BYTES = 15;
/** Digits of the length that TCP may put before each message (RFC 6587, section 3.4.1). */
const MAX_COUNT_DIGITS = 6;

class SyslogDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** Of a TCP segment only the first message is read: the same host speaks in the others. */
  decode(b: Uint8Array, at: number, end: number): Outcome {
    const body = priorityEnd(b, at, end);
    if (body === NONE) return Outcome.unsupported;
    this.#facts.request(MESSAGE, NO_UNIT);
    if (isVersion(b, body, end)) return this.#rfc5424(b, body, end);
    if (isTimestamp(b, body, end)) return this.#rfc3164(b, body + TIMESTAMP_BYTES + 1, end);
    return Outcome.ok; // RFC 3164, section 4.3.3: anything may follow
  }

  #rfc5424(b: Uint8Array, at: number, end: number): Outcome {
    const timestamp = at + 2;
    const host = wordEnd(b, timestamp, end) + 1;
    if (host >= end) return Outcome.truncated;
    const hostEnd = wordEnd(b, host, end);
    this.#facts.evidence(Source.hostName, About.sender, NO_UNIT, b, host, hostEnd);
    if (hostEnd + 1 >= end) return Outcome.truncated;
    this.#facts.evidence(Source.application, About.sender, NO_UNIT, b, hostEnd + 1, wordEnd(b, hostEnd + 1, end));
    return Outcome.ok;
  }

  #rfc3164(b: Uint8Array, at: number, end: number): Outcome {
    if (at >= end) return Outcome.truncated;
    let tag = at;
    const stop = wordEnd(b, at, end);
    // Many leave their name out: then the tag comes first, and ends with a colon or its process id.
    if (tagEnd(b, at, stop) === stop) {
      this.#facts.evidence(Source.hostName, About.sender, NO_UNIT, b, at, stop);
      tag = stop + 1;
    }
    if (tag >= end) return Outcome.ok;
    const tagStop = tagEnd(b, tag, wordEnd(b, tag, end));
    if (tagStop < end && isTagEnd(u8(b, tagStop))) {
      this.#facts.evidence(Source.application, About.sender, NO_UNIT, b, tag, tagStop);
    }
    return Outcome.ok;
  }
}

/** Where the message goes on behind `<PRI>`, or NONE. */
function priorityEnd(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isDigit(u8(b, next)) && next - at < MAX_COUNT_DIGITS) next++;
  if (next > at && (next >= end || u8(b, next++) !== SPACE)) return NONE;
  if (next >= end || u8(b, next) !== LESS) return NONE;
  let priority = 0;
  const digits = ++next;
  while (next < end && isDigit(u8(b, next)) && next - digits < 3) priority = 10 * priority + u8(b, next++) - 0x30;
  return next > digits && next < end && u8(b, next) === GREATER && priority <= MAX_PRIORITY ? next + 1 : NONE;
}

function isVersion(b: Uint8Array, at: number, end: number): boolean {
  return end - at > 2 && u8(b, at) === ONE && u8(b, at + 1) === SPACE;
}

function isTimestamp(b: Uint8Array, at: number, end: number): boolean {
  return (
    end - at > TIMESTAMP_BYTES &&
    isMonth(b, at) &&
    u8(b, at + 3) === SPACE &&
    u8(b, at + 6) === SPACE &&
    u8(b, at + 9) === COLON &&
    u8(b, at + 12) === COLON &&
    u8(b, at + TIMESTAMP_BYTES) === SPACE
  );
}

const MONTHS = Uint8Array.from('JanFebMarAprMayJunJulAugSepOctNovDec', (character) => character.charCodeAt(0));

function isMonth(b: Uint8Array, at: number): boolean {
  for (let i = 0; i < MONTHS.length; i += 3) {
    if (u8(b, at) === MONTHS[i] && u8(b, at + 1) === MONTHS[i + 1] && u8(b, at + 2) === MONTHS[i + 2]) return true;
  }
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Hosts' names and tags are short; behind them the text begins. */
const MAX_WORD = 255;

function wordEnd(b: Uint8Array, at: number, end: number): number {
  const stop = Math.min(end, at + MAX_WORD);
  let next = at;
  while (next < stop && u8(b, next) !== SPACE) next++;
  return next;
}

function isTagEnd(byte: number): boolean {
  return byte === COLON || byte === BRACKET;
}

/** Where the word ends as a tag does. A colon inside (an IPv6 address) does not end it. */
function tagEnd(b: Uint8Array, at: number, end: number): number {
  for (let i = at; i < end; i++) {
    if (u8(b, i) === BRACKET || (u8(b, i) === COLON && i === end - 1)) return i;
  }
  return end;
}

/** Addresses are no names, and `-` is the nil value. */
function hostName(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name !== null && /^[\w][\w.-]*$/.test(name) && !/^[\d.]+$/.test(name) ? name : null;
}

function application(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name !== null && /^[A-Za-z][\w./-]{0,47}$/.test(name) ? `logs from ${name}` : null;
}
