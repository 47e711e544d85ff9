import { type Decoder, NOT_A_PDU, Outcome, type Protocol, Recognition, Sender } from '../../parsers/protocol.ts';
import type { Counters } from '../counters.ts';
import { FIRST_SCOPE, type Hosts } from '../facts/hosts.ts';
import { type Handover, Ledger } from '../facts/ledger.ts';
import { ABSENT } from '../tables/key-table.ts';
import type { Announcements } from './announcements.ts';
import type { Budget } from './budget.ts';
import type { ProtocolFinder } from './identify.ts';
import { type MessageTaker, PduStream, type StreamContext } from './pdu-stream.ts';

/** How it is known which end is the client, weakest first. */
export const Proof = { firstSeen: 0, port: 1, protocol: 2, syn: 3 } as const;
export type Proof = (typeof Proof)[keyof typeof Proof];

/** What all dialogues share. */
export interface DialogueContext extends StreamContext {
  readonly finder: ProtocolFinder;
  readonly announcements: Announcements;
  readonly hosts: Hosts;
  /** Of what all flows under decode have learned. */
  readonly heldFacts: Budget;
}

/** Messages that a merely possible protocol needs on a port that is not its own. */
const MESSAGES_TO_CONFIRM = 3;
/** Messages framed on the protocol's own port that are of no known kind, before they are believed to be vendors' own. */
const STRANGE_MESSAGES_TO_CONFIRM = 3;
/** Messages that fit no longer, more than those that did, after which an unconfirmed protocol is dropped. */
const TOLERATED_REJECTIONS = 3;
/** Bytes passed over in search of a first message. */
const TOLERATED_SKIP = 65_536;
/** The same where only structure spoke for the protocol: its messages should follow one another from the first. */
const TOLERATED_SKIP_ELSEWHERE = 256;
/** Protocols that one carrier connection may speak in turn. */
const MAX_CARRIED = 4;

function isBlank(b: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (b[i] !== 0) return false;
  return true;
}

/** One protocol as spoken in one flow. */
export class Exchange {
  // what every message needs first: fields lie in memory as they stand here
  readonly ledger: Ledger;
  readonly #decoder: Decoder;
  readonly #decode: Decoder['decode']; // looked up once: there are as many shapes of decoder as protocols
  readonly #counters: Counters;
  /** Messages decoded. */
  messages = 0;
  /** Enough messages fitted: what the ledger holds may be told. */
  confirmed = false;
  /** Nothing more is to be learned. */
  finished = false;
  readonly #mayFinish: boolean;
  readonly #onOwnPort: boolean;
  readonly protocol: Protocol;
  recognised = 0;
  rejected = 0;

  constructor(protocol: Protocol, onOwnPort: boolean, context: DialogueContext, handover: Handover) {
    this.protocol = protocol;
    this.ledger = new Ledger(protocol, context.moment, context.limits, context.counters, context.heldFacts, handover);
    this.#decoder = protocol.open(this.ledger);
    this.#decode = this.#decoder.decode;
    this.#mayFinish = 'finished' in this.#decoder;
    this.#onOwnPort = onOwnPort;
    this.#counters = context.counters;
  }

  /** Weighs a message of a protocol that is not confirmed yet. */
  weigh(b: Uint8Array, at: number, end: number): void {
    const recognition = this.protocol.recognise(b, at, end);
    if (recognition === Recognition.no) {
      if (isBlank(b, at, end)) return; // zeros may be anybody's
      this.rejected++;
      const framed = this.#onOwnPort && this.protocol.stream !== undefined;
      this.confirmed = framed && this.rejected >= STRANGE_MESSAGES_TO_CONFIRM;
      return;
    }
    this.recognised++;
    this.confirmed =
      recognition === Recognition.certain || this.#onOwnPort || this.recognised - this.rejected >= MESSAGES_TO_CONFIRM;
  }

  /** Weighs a message of which the end is missing: only its header speaks for the protocol. */
  weighCut(): void {
    this.rejected++;
    this.confirmed = this.#onOwnPort && this.rejected >= STRANGE_MESSAGES_TO_CONFIRM;
  }

  decode(b: Uint8Array, at: number, end: number, direction: 0 | 1, client: 0 | 1): void {
    this.messages++;
    this.ledger.direction = direction;
    const outcome = this.#decode.call(this.#decoder, b, at, end, direction === client);
    this.#counters.outcomes[outcome] = (this.#counters.outcomes[outcome] as number) + 1;
    if (this.#mayFinish) this.finished = this.#decoder.finished === true;
  }

  lost(fromClient: boolean): void {
    this.#decoder.lost?.(fromClient);
  }
}

/** A flow whose payload is looked into: the protocol it speaks (or seems to), and what it said so far. */
export class Dialogue implements MessageTaker, Handover {
  // what every segment needs first: fields lie in memory as they stand here
  /** The protocol straight on TCP or UDP. */
  readonly outer: Exchange;
  #stream0: PduStream | undefined;
  #stream1: PduStream | undefined;
  /** The direction whose sender is the client, and how that is known. */
  client: 0 | 1;
  proof: Proof;
  /** Protocols that the outer one carries, in order of appearance. */
  readonly carried: Exchange[] = [];
  readonly #context: DialogueContext;
  readonly #hosts: readonly [number, number];
  readonly #onOwnPort: boolean;
  /** The client when it is neither end of the flow: implicit I/O sent to a multicast group. */
  absentClient = ABSENT;
  /** Up to where the other side has acknowledged a direction of which no data has come yet. */
  readonly #expected: (number | undefined)[] = [undefined, undefined];

  /**
   * @param hosts the senders of directions 0 and 1
   * @param onOwnPort one of the flow's ports is registered for the protocol
   */
  constructor(
    protocol: Protocol,
    onOwnPort: boolean,
    hosts: readonly [number, number],
    client: 0 | 1,
    proof: Proof,
    context: DialogueContext,
  ) {
    this.#context = context;
    this.#hosts = hosts;
    this.#onOwnPort = onOwnPort;
    this.client = client;
    this.proof = proof;
    this.outer = new Exchange(protocol, onOwnPort, context, this);
  }

  /** Not what it seemed: nothing has confirmed the protocol, and too much speaks against it. */
  get hopeless(): boolean {
    if (this.outer.confirmed) return false;
    const { recognised, rejected } = this.outer;
    const tolerated = this.#onOwnPort ? TOLERATED_SKIP : TOLERATED_SKIP_ELSEWHERE;
    return rejected > recognised + TOLERATED_REJECTIONS || this.#skipped() > tolerated;
  }

  /** Nothing has come that is surely a message: what a flood only begins tells nothing that could be lost. */
  get isMute(): boolean {
    return this.outer.recognised === 0;
  }

  /** A SYN opens direction `direction`: its data begins at `sequence`. */
  open(direction: 0 | 1, sequence: number): void {
    this.#closeStream(direction);
    const stream = new PduStream(this.outer.protocol.stream, this, direction, true, this.#context);
    stream.start(sequence);
    this.#setStream(direction, stream);
  }

  /** A TCP segment with payload `b[at, end)`. */
  segment(direction: 0 | 1, sequence: number, b: Uint8Array, at: number, end: number, missing: number): void {
    let stream = this.#stream(direction);
    if (stream === undefined) {
      stream = new PduStream(this.outer.protocol.stream, this, direction, false, this.#context);
      this.#setStream(direction, stream);
      const expected = this.#expected[direction];
      // the other side says where the stream stands: what lies between comes late, or was lost
      if (expected !== undefined) {
        const ahead = (sequence - expected) | 0;
        if (ahead > 0 && ahead < TOLERATED_SKIP) stream.start(expected);
      }
    }
    stream.segment(sequence, b, at, end, missing);
  }

  /** Data of both directions has come. */
  get heardBoth(): boolean {
    return this.#stream0 !== undefined && this.#stream1 !== undefined;
  }

  /** Direction `direction` acknowledged the other's bytes before `sequence`. */
  acknowledged(direction: 0 | 1, sequence: number): void {
    const stream = this.#stream(direction === 0 ? 1 : 0);
    if (stream === undefined) this.#expected[1 - direction] = sequence;
    else stream.acknowledged(sequence);
  }

  /** A UDP datagram's payload: one message, or several where the protocol frames them. */
  datagram(direction: 0 | 1, b: Uint8Array, at: number, end: number): void {
    const { stream } = this.outer.protocol;
    if (stream === undefined) {
      this.message(b, at, end, direction);
      return;
    }
    let next = at;
    while (end - next >= stream.headerBytes) {
      const size = stream.frame(b, next);
      if (size === NOT_A_PDU || size > end - next) break;
      this.message(b, next, next + size, direction);
      next += size;
    }
    if (next === at) this.outer.rejected++;
    if (next < end) this.#context.counters.skippedBytes += end - next;
  }

  message(b: Uint8Array, at: number, end: number, direction: 0 | 1): void {
    const { outer } = this;
    if (!outer.confirmed) outer.weigh(b, at, end);
    if (this.proof < Proof.protocol) this.#learnSender(outer.protocol, b, at, end, direction);
    outer.decode(b, at, end, direction, this.client);
  }

  /** What stands in the part that is there is told all the same. */
  cut(b: Uint8Array, at: number, end: number, direction: 0 | 1): void {
    const { outer } = this;
    if (!outer.confirmed) outer.weighCut();
    outer.decode(b, at, end, direction, this.client);
  }

  payload(b: Uint8Array, at: number, end: number): void {
    const { direction } = this.outer.ledger;
    const exchange = this.#carriedExchange(b, at, end);
    if (exchange === undefined) {
      const { outcomes } = this.#context.counters;
      outcomes[Outcome.unsupported] = (outcomes[Outcome.unsupported] as number) + 1;
      return;
    }
    if (!exchange.confirmed) exchange.weigh(b, at, end);
    if (this.proof < Proof.protocol) this.#learnSender(exchange.protocol, b, at, end, direction);
    exchange.decode(b, at, end, direction, this.client);
  }

  hostOf(direction: 0 | 1): number {
    return this.#hosts[direction];
  }

  hostAt(b: Uint8Array, at: number, bytes: 4 | 6 | 16): number {
    return this.#context.hosts.at(b, at, bytes, FIRST_SCOPE);
  }

  announce(id: number, direction: 0 | 1): void {
    this.#context.announcements.add(id, this.#hosts[direction], this.#hosts[this.client]);
  }

  announced(id: number, direction: 0 | 1): boolean {
    const client = this.#context.announcements.clientOf(id, this.#hosts[direction]);
    if (client === ABSENT) return false;
    if (this.proof <= Proof.protocol) {
      this.proof = Proof.protocol;
      this.client = client === this.#hosts[direction] ? direction : ((1 - direction) as 0 | 1);
      if (client !== this.#hosts[this.client]) this.absentClient = client;
    }
    return true;
  }

  /** Bytes of `direction` were lost. */
  lost(direction: 0 | 1): void {
    const fromClient = direction === this.client;
    this.outer.lost(fromClient);
    for (const exchange of this.carried) exchange.lost(fromClient);
  }

  /** Nothing more will come for now: what waits for lost segments is decoded behind its holes. */
  flush(): void {
    this.#stream0?.flush();
    this.#stream1?.flush();
  }

  /** Gives back what is held. */
  close(): void {
    this.#closeStream(0);
    this.#closeStream(1);
    this.outer.ledger.close();
    for (const exchange of this.carried) exchange.ledger.close();
  }

  #stream(direction: 0 | 1): PduStream | undefined {
    return direction === 0 ? this.#stream0 : this.#stream1;
  }

  #setStream(direction: 0 | 1, stream: PduStream | undefined): void {
    if (direction === 0) this.#stream0 = stream;
    else this.#stream1 = stream;
  }

  #closeStream(direction: 0 | 1): void {
    const stream = this.#stream(direction);
    if (stream === undefined) return;
    stream.flush();
    this.#context.counters.skippedBytes += stream.skippedBytes;
    stream.close();
    this.#setStream(direction, undefined);
  }

  #skipped(): number {
    return (this.#stream0?.skippedBytes ?? 0) + (this.#stream1?.skippedBytes ?? 0);
  }

  #learnSender(protocol: Protocol, b: Uint8Array, at: number, end: number, direction: 0 | 1): void {
    const sender = protocol.sender(b, at, end);
    if (sender === Sender.unknown) return;
    this.client = sender === Sender.client ? direction : ((1 - direction) as 0 | 1);
    this.proof = Proof.protocol;
  }

  #carriedExchange(b: Uint8Array, at: number, end: number): Exchange | undefined {
    for (let i = this.carried.length - 1; i >= 0; i--) {
      const exchange = this.carried[i] as Exchange;
      if (exchange.protocol.recognise(b, at, end) !== Recognition.no) return exchange;
    }
    if (this.carried.length === MAX_CARRIED) return undefined;
    const protocol = this.#context.finder.carriedBy(this.outer.protocol.name, b, at, end);
    if (protocol === undefined) return undefined;
    const exchange = new Exchange(protocol, this.#onOwnPort, this.#context, this);
    this.carried.push(exchange);
    return exchange;
  }
}
