/**
 * Fox, by which Niagara stations and workbenches (Tridium) speak. Tridium publishes no specification; this follows what
 * the messages show of themselves. Lines of text:
 *
 *   fox a 1 -1 fox hello        kind, number, number answered (-1 none), channel, command
 *   {
 *   hostName=s:B-AHU-7          name, type (s string, i integer, b bytes, o object), value
 *   };;
 */
import { u8 } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const LF = 0x0a;
const SPACE = 0x20;
const ascii = (word: string): Uint8Array => Uint8Array.from(word, (c) => c.charCodeAt(0));

const START = ascii('fox ');
const CHANNEL = ascii(' fox ');
const HELLO = ascii('hello');
const CHALLENGE = ascii('challenge');
const NO_ANSWER = ascii(' -1 ');
/** The first line is short; what is longer is no first line. */
const MAX_FIRST_LINE = 64;

/** The properties of a hello that say something of its sender, each with its index into EVIDENCE. */
const PROPERTIES: readonly Uint8Array[] = [
  'hostName=s:',
  'hostAddress=s:',
  'app.name=s:',
  'app.version=s:',
  'vm.name=s:',
  'os.name=s:',
  'os.version=s:',
  'station.name=s:',
  'hostId=s:',
  'brandId=s:',
].map(ascii);
const Source = { appName: 2, osName: 5, osVersion: 6, vendor: 10, clientKind: 11 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'fox.hello.hostName', words: 'Fox hello, hostName', field: 'name', confidence: 0.8, render: text },
  { name: 'fox.hello.hostAddress', words: 'Fox hello, hostAddress', field: 'address', confidence: 0.7, render: text },
  { name: 'fox.hello.app.name', words: 'Fox hello, app.name', field: 'product', confidence: 0.85, render: niagara },
  { name: 'fox.hello.app.version', words: 'Fox hello, app.version', field: 'firmware', confidence: 0.85, render: text },
  {
    name: 'fox.hello.vm.name',
    words: 'Fox hello, vm.name and vm.version',
    field: 'note',
    confidence: 0.8,
    render: text,
  },
  { name: 'fox.hello.os', words: 'Fox hello, os.name', field: 'os', confidence: 0.85, render: operatingSystem },
  {
    name: 'fox.hello.os.version',
    words: 'Fox hello, os.version',
    field: 'note',
    confidence: 0.6,
    render: operatingSystem,
  },
  { name: 'fox.hello.station.name', words: 'Fox hello, station.name', field: 'name', confidence: 0.9, render: text },
  { name: 'fox.hello.hostId', words: 'Fox hello, hostId', field: 'serial', confidence: 0.7, render: text },
  { name: 'fox.hello.brandId', words: 'Fox hello, brandId', field: 'note', confidence: 0.7, render: brand },
  { name: 'fox.hello', words: 'Fox hello, sender', field: 'vendor', confidence: 0.5, render: () => 'Tridium' },
  { name: 'fox.hello.app.name', words: 'Fox hello, app.name', field: 'client-kind', confidence: 0.8, render: niagara },
];

function niagara(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `Niagara ${name}`;
}

/** Name and version, which follow each other as two properties. */
function operatingSystem(b: Uint8Array, at: number, end: number): string | null {
  return text(b, at, end)?.replace(/\s*os\.version=s:/, ' ') ?? null;
}

function brand(b: Uint8Array, at: number, end: number): string | null {
  const id = text(b, at, end);
  return id === null ? null : `Niagara brand ${id}`;
}

const Op = { hello: 0, challenge: 1, other: 2 } as const;
const OPERATIONS: readonly Operation[] = [
  { code: 'hello', name: 'Hello', access: 'session' },
  { code: 'challenge', name: 'Authentication Challenge', access: 'session' },
  { code: 'fox', name: 'Session Message', access: 'session' },
];

export const fox: Protocol = {
  name: 'fox',
  tcpPorts: [1911, 4911],
  udpPorts: [],
  recognise: (b, at, end) => (commandAt(b, at, end) < 0 ? Recognition.no : Recognition.certain),

  sender(b, at, end) {
    const command = commandAt(b, at, end);
    if (command < 0) return Sender.unknown;
    if (startsWith(b, command, end, CHALLENGE)) return Sender.server;
    // both say hello, the client first: its message has number 1 and answers none, as the server's 0 does
    return startsWith(b, command, end, HELLO) && u8(b, at + 6) === 0x31 ? Sender.client : Sender.unknown;
  },

  open: (facts) => new FoxDecoder(facts),
  operation: (code) => OPERATIONS[code] ?? (OPERATIONS[Op.other] as Operation),
  space: () => '',
  evidence: EVIDENCE,
};

/** Where the command stands in the first line of a message on channel "fox", or -1. */
function commandAt(b: Uint8Array, at: number, end: number): number {
  if (!startsWith(b, at, end, START) || end - at < 8 || u8(b, at + 5) !== SPACE) return -1;
  const last = Math.min(end, at + MAX_FIRST_LINE);
  let next = digitsEnd(b, at + 6, last);
  if (next === at + 6 || next >= last || u8(b, next) !== SPACE) return -1;
  if (!startsWith(b, next, last, NO_ANSWER)) {
    const number = next + 1;
    next = digitsEnd(b, number, last);
    if (next === number) return -1;
  } else next += NO_ANSWER.length - 1;
  return startsWith(b, next, last, CHANNEL) ? next + CHANNEL.length : -1;
}

function digitsEnd(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && u8(b, next) >= 0x30 && u8(b, next) <= 0x39) next++;
  return next;
}

function startsWith(b: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (end - at < word.length) return false;
  for (let i = 0; i < word.length; i++) if (u8(b, at + i) !== word[i]) return false;
  return true;
}

/** Segments looked at: both hellos come in the first, and after the login nothing tells who the ends are. */
const SEGMENTS = 16;

class FoxDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #inHello = [false, false];
  #segments = 0;
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (++this.#segments >= SEGMENTS) this.finished = true;
    const direction = fromClient ? 1 : 0;
    const command = commandAt(b, at, end);
    if (command >= 0) {
      const hello = startsWith(b, command, end, HELLO);
      const op = hello ? Op.hello : startsWith(b, command, end, CHALLENGE) ? Op.challenge : Op.other;
      // the answer to a hello is a hello
      if (hello && !fromClient) this.#facts.response(this.#facts.operation(op, NO_UNIT), false);
      else this.#facts.request(op, NO_UNIT);
      this.#inHello[direction] = hello;
      if (hello) this.#facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + START.length);
    } else if (!this.#inHello[direction]) {
      return Outcome.unsupported;
    }
    if (this.#inHello[direction]) this.#properties(b, at, end, fromClient);
    return Outcome.ok;
  }

  #properties(b: Uint8Array, at: number, end: number, fromClient: boolean): void {
    let osName = -1;
    for (let line = at; line < end; ) {
      let stop = line;
      while (stop < end && u8(b, stop) !== LF) stop++;
      if (stop === end) return; // the rest of the line comes with the next segment: too rare to hold it
      if (u8(b, line) === 0x7d) this.#inHello[fromClient ? 1 : 0] = false; // "}"
      for (let source = 0; source < PROPERTIES.length; source++) {
        const property = PROPERTIES[source] as Uint8Array;
        if (!startsWith(b, line, stop, property)) continue;
        let value = line + property.length;
        if (source === Source.osName) {
          osName = value;
          break;
        }
        const withName = source === Source.osVersion && osName >= 0;
        if (withName) value = osName;
        const told = withName ? Source.osName : source === Source.appName && fromClient ? Source.clientKind : source;
        this.#facts.evidence(told, About.sender, NO_UNIT, b, value, stop);
        break;
      }
      line = stop + 1;
    }
  }
}
