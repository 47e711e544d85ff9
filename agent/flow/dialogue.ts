import { type Decoder, NOT_A_PDU, Outcome, type Protocol, Recognition, Sender } from '../../parsers/protocol.ts';
import type { Counters } from '../counters.ts';
import type { Hosts } from '../facts/hosts.ts';
import { type Handover, Ledger } from '../facts/ledger.ts';
import type { Moment } from '../facts/moment.ts';
import type { Limits } from '../limits.ts';
import { ABSENT } from '../tables/key-table.ts';
import type { Announcements } from './announcements.ts';
import type { Budget } from './budget.ts';
import type { ProtocolFinder } from './identify.ts';
import { type MessageTaker, PduStream } from './pdu-stream.ts';
import { Reassembly } from './reassembly.ts';

/** How it is known which end is the client, weakest first. */
export const Proof = { firstSeen: 0, port: 1, protocol: 2, syn: 3 } as const;
export type Proof = (typeof Proof)[keyof typeof Proof];

/** What all dialogues share. */
export interface DialogueContext {
  readonly moment: Moment;
  readonly limits: Limits;
  readonly counters: Counters;
  readonly finder: ProtocolFinder;
  readonly announcements: Announcements;
  readonly hosts: Hosts;
  readonly heldMessages: Budget;
  readonly heldSegments: Budget;
}

/** See Hosts: one scope for now. */
const SCOPE = 0;

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
    this.ledger = new Ledger(protocol, context.moment, context.limits, context.counters, handover);
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
      this.rejected++;
      const framed = this.#onOwnPort && this.protocol.stream !== undefined;
      this.confirmed = framed && this.rejected >= STRANGE_MESSAGES_TO_CONFIRM;
      return;
    }
    this.recognised++;
    this.confirmed =
      recognition === Recognition.certain || this.#onOwnPort || this.recognised - this.rejected >= MESSAGES_TO_CONFIRM;
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

/** One direction of a TCP connection: from segments in any order to messages. */
class Line extends Reassembly {
  /** Absent when the protocol takes each segment's bytes as they come. */
  readonly stream: PduStream | undefined;
  readonly #dialogue: Dialogue;
  readonly #direction: 0 | 1;

  constructor(dialogue: Dialogue, direction: 0 | 1, protocol: Protocol, fromStart: boolean, context: DialogueContext) {
    super(context);
    this.#dialogue = dialogue;
    this.#direction = direction;
    const { stream } = protocol;
    this.stream = stream && new PduStream(stream, dialogue, direction, context.heldMessages, fromStart);
  }

  protected override push(b: Uint8Array, at: number, end: number): void {
    if (this.stream !== undefined) this.stream.push(b, at, end);
    else this.#dialogue.message(b, at, end, this.#direction);
  }

  protected override lost(): void {
    this.stream?.lost();
    this.#dialogue.lost(this.#direction);
  }
}

/** A flow whose payload is looked into: the protocol it speaks (or seems to), and what it said so far. */
export class Dialogue implements MessageTaker, Handover {
  // what every segment needs first: fields lie in memory as they stand here
  /** The protocol straight on TCP or UDP. */
  readonly outer: Exchange;
  #line0: Line | undefined;
  #line1: Line | undefined;
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

  /** A SYN opens direction `direction`: its data begins at `sequence`. */
  open(direction: 0 | 1, sequence: number): void {
    this.#closeLine(direction);
    const line = new Line(this, direction, this.outer.protocol, true, this.#context);
    line.start(sequence);
    this.#setLine(direction, line);
  }

  /** A TCP segment with payload `b[at, end)`. */
  segment(direction: 0 | 1, sequence: number, b: Uint8Array, at: number, end: number, missing: number): void {
    let line = this.#line(direction);
    if (line === undefined) {
      line = new Line(this, direction, this.outer.protocol, false, this.#context);
      this.#setLine(direction, line);
      const expected = this.#expected[direction];
      // the other side says where the stream stands: what lies between comes late, or was lost
      if (expected !== undefined) {
        const ahead = (sequence - expected) | 0;
        if (ahead > 0 && ahead < TOLERATED_SKIP) line.start(expected);
      }
    }
    line.segment(sequence, b, at, end, missing);
  }

  /** Data of both directions has come. */
  get heardBoth(): boolean {
    return this.#line0 !== undefined && this.#line1 !== undefined;
  }

  /** Direction `direction` acknowledged the other's bytes before `sequence`. */
  acknowledged(direction: 0 | 1, sequence: number): void {
    const line = this.#line(direction === 0 ? 1 : 0);
    if (line === undefined) this.#expected[1 - direction] = sequence;
    else line.acknowledged(sequence);
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
    return this.#context.hosts.at(b, at, bytes, SCOPE);
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
    this.#line0?.flush();
    this.#line1?.flush();
  }

  /** Gives back what is held. */
  close(): void {
    this.#closeLine(0);
    this.#closeLine(1);
  }

  #line(direction: 0 | 1): Line | undefined {
    return direction === 0 ? this.#line0 : this.#line1;
  }

  #setLine(direction: 0 | 1, line: Line | undefined): void {
    if (direction === 0) this.#line0 = line;
    else this.#line1 = line;
  }

  #closeLine(direction: 0 | 1): void {
    const line = this.#line(direction);
    if (line === undefined) return;
    line.flush();
    line.close();
    this.#context.counters.skippedBytes += line.stream?.skippedBytes ?? 0;
    line.stream?.close();
    this.#setLine(direction, undefined);
  }

  #skipped(): number {
    return (this.#line0?.stream?.skippedBytes ?? 0) + (this.#line1?.stream?.skippedBytes ?? 0);
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
