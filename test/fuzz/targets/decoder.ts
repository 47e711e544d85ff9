/** One protocol's decoder: recognition, framing, decoding, and everything it renders. */
import { isDeepStrictEqual } from 'node:util';
import type { FactSink, Protocol } from '../../../parsers/protocol.ts';
import type { Sample } from '../../../parsers/sample.ts';
import { hex, Recorder } from '../../support.ts';
import { modules } from '../coverage/counters.mjs';
import type { Case, Part, Target } from '../engine/case.ts';
import { demoMessages } from './demo.ts';
import { repairOf } from './repair.ts';
import { streamed } from './streamed.ts';

/** Control characters, what turns the direction of writing, halves of characters. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

const CLIENT = 'client';
const SERVER = 'server';
/** Bytes of that direction were lost. */
const LOST: Readonly<Record<string, boolean>> = { 'client lost': true, 'server lost': false };

export function decoder(name: string): Target {
  return {
    name,
    tags: [CLIENT, SERVER, CLIENT, SERVER, ...Object.keys(LOST)],
    mostBytes: 4096,
    mostParts: 24,
    async open() {
      const protocols = await protocolsOf(name);
      const own = new Set(modules.map(({ path }) => path).filter((path) => path.startsWith('parsers/'))); // before the seeds load all the others
      const { samples }: { samples: readonly Sample[] } = await import(`../../../parsers/${name}/samples.ts`);
      const seeds = samples.map(({ messages }) => messages.map(([tag, text]): Part => ({ tag, bytes: hex(text) })));
      return {
        covers: (path) => own.has(path),
        seeds: [...seeds, ...(await demoMessages(name))],
        attempt(made) {
          for (const protocol of protocols) attempt(protocol, made);
        },
        lasting() {
          const decoders = protocols.map((protocol) => ({ protocol, decoder: protocol.open(NOBODY) }));
          return {
            take(made) {
              for (const { protocol, decoder } of decoders) {
                for (const { tag, bytes } of messages(protocol, made))
                  decoder.decode(bytes, 0, bytes.length, tag === CLIENT);
              }
            },
          };
        },
        ...repairOf(name),
      };
    },
  };
}

/** The protocols of a folder: mostly one. */
async function protocolsOf(name: string): Promise<Protocol[]> {
  const exported: Record<string, unknown> = await import(`../../../parsers/${name}/index.ts`);
  return Object.values(exported).filter(
    (value): value is Protocol =>
      typeof value === 'object' && value !== null && 'open' in value && 'recognise' in value,
  );
}

/** Parts that a stream would hand on: none shorter than a header. */
function messages(protocol: Protocol, made: Case): Case {
  const least = protocol.stream?.headerBytes ?? 0;
  return made.filter(({ tag, bytes }) => !(tag in LOST) && bytes.length >= least);
}

function attempt(protocol: Protocol, made: Case): void {
  const alone = told(protocol, made, 0, 0);
  const [first] = made;
  const fill = ((first?.bytes.length ?? 0) * 31 + (first?.bytes[0] ?? 0)) & 0xff;
  same('what it says depends on bytes outside of the message', told(protocol, made, 1 + (fill & 7), fill | 1), alone);
  if (protocol.stream === undefined) return;
  const { stream } = protocol;
  const exchange = made.filter(({ tag, bytes }) => !(tag in LOST) && bytes.length > 0);
  const whole = streamed(protocol, exchange, []);
  if (whole.skippedBytes > 0) return; // where a message begins is a guess then, and a segment's start a reason for it
  const cut = streamed(protocol, exchange, cuts(exchange, fill));
  same('what it says depends on how TCP cut the stream', cut.facts, whole.facts);
  const framed = exchange.every(
    ({ bytes }) => bytes.length >= stream.headerBytes && stream.frame(bytes, 0) === bytes.length,
  );
  if (framed && exchange.length === made.length)
    same('a message in a stream says something else', whole.facts, alone.facts);
}

/** Sizes of segments, told by the bytes themselves: the same case is cut the same each time. */
function cuts(made: Case, fill: number): number[] {
  const longest = fill % 3 === 0 ? 3 : fill % 3 === 1 ? 20 : 400;
  return made.flatMap(({ bytes }) => Array.from(bytes.subarray(0, 6), (byte) => 1 + (byte % longest)));
}

/** All that a fresh decoder says of the messages, each in a buffer of its own with `margin` bytes `fill` around it. */
function told(protocol: Protocol, made: Case, margin: number, fill: number) {
  const facts = new Recorder(protocol);
  const decoder = protocol.open(facts);
  const answers: number[] = [];
  const least = protocol.stream?.headerBytes ?? 0;
  for (const { tag, bytes } of made) {
    const lost = LOST[tag];
    if (lost !== undefined) decoder.lost?.(lost);
    if (lost !== undefined || bytes.length < least) continue;
    const b = new Uint8Array(bytes.length + 2 * margin).fill(fill);
    b.set(bytes, margin);
    const [at, end] = [margin, margin + bytes.length];
    answers.push(protocol.recognise(b, at, end), protocol.sender(b, at, end), frame(protocol, b, at, fill));
    facts.fromClient = tag === CLIENT;
    const outcome: number = decoder.decode(b, at, end, tag === CLIENT);
    if (!(outcome >= 0 && outcome <= 3)) throw new Error(`outcome ${outcome}`);
    answers.push(outcome);
    for (let i = 0; i < bytes.length; i++)
      if (b[margin + i] !== bytes[i]) throw new Error('it writes into the message');
  }
  for (const line of facts.texts)
    if (UNSHOWABLE.test(line)) throw new Error(`not to be shown: ${JSON.stringify(line)}`);
  return { answers, facts: facts.all() };
}

/** The answer of `frame`, which sees the header and behind it other bytes than there are. */
function frame({ stream }: Protocol, b: Uint8Array, at: number, fill: number): number {
  if (stream === undefined) return 0;
  const header = b.slice(0, at + stream.headerBytes + 8).fill(fill, at + stream.headerBytes);
  const size = stream.frame(header, at);
  const valid = size === -1 || (Number.isInteger(size) && size >= stream.headerBytes && size <= stream.maxPduBytes);
  if (!valid) throw new Error(`frame says ${size}: not ${stream.headerBytes} to ${stream.maxPduBytes}`);
  return size;
}

function same(what: string, a: unknown, b: unknown): void {
  if (isDeepStrictEqual(a, b)) return;
  throw new Error(`${what}\n${JSON.stringify(a)}\n${JSON.stringify(b)}`);
}

/** Takes facts and keeps nothing. Handles are small numbers, as a ledger's with its ceiling are. */
const NOBODY: FactSink = {
  operation: (code) => code & 0xfff,
  request: (code) => code & 0xfff,
  response() {},
  touch() {},
  touchName() {},
  evidence() {},
  evidenceAbout() {},
  payload() {},
  announce() {},
  announced: () => false,
};
