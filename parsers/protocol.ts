/**
 * The contract between a protocol's decoder and the agent that drives it.
 *
 * A *message* is one PDU of the protocol, whole, at `b[at, end)`. The agent finds the messages (it cuts TCP streams with
 * `stream.frame`, takes UDP datagrams as they come, unwraps carriers), decides which protocol a flow speaks from what
 * `recognise` says of several of them, and which end is the client. A decoder turns messages into facts.
 *
 * Nothing here may throw, keep a reference to `b` after it returns, or allocate for a message that brings no news.
 */

/** How one message decoded. Small integers: saying "fine" allocates nothing. */
export const Outcome = {
  /** Understood. */
  ok: 0,
  /** A length inside the message points past its end; what came before it was used. */
  truncated: 1,
  /** Its bytes contradict the specification. */
  malformed: 2,
  /** Of the protocol, but a kind this decoder does not know. */
  unsupported: 3,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** What one message says of the protocol it might belong to. */
export const Recognition = {
  no: 0,
  /** It fits, as other bytes might by chance: believed on the protocol's own port, or when several in a row fit. */
  possible: 1,
  /** A checksum or a signature nobody else has: one message is enough, on any port. */
  certain: 2,
} as const;
export type Recognition = (typeof Recognition)[keyof typeof Recognition];

/** Which end of the conversation sent a message, as far as the message alone proves it. */
export const Sender = { unknown: 0, client: 1, server: 2 } as const;
export type Sender = (typeof Sender)[keyof typeof Sender];

/** Whom a piece of evidence is about. */
export const About = { sender: 0, receiver: 1 } as const;
export type About = (typeof About)[keyof typeof About];

/** What an operation does to the device (the classes that policies and reports speak of). */
export type Access = 'read' | 'write' | 'control' | 'program' | 'diagnostic' | 'session';

/**
 * What an operation does to a controller as a whole, where its protocol says so: finer than `Access`, for the few
 * things that an operator wants to be told of each time.
 */
export type Effect =
  /** Its program, or all of it, no longer runs. */
  | 'stop'
  /** Its program runs. */
  | 'start'
  /** It begins anew: power-up, reset, memory reset. */
  | 'restart'
  /** Its operating mode changes; into which, the operation's number does not say, or it is neither run nor stop. */
  | 'mode'
  /** Logic or configuration is written into it, put to use, or deleted in it. */
  | 'download'
  /** Logic or configuration is read out of it. */
  | 'upload'
  /** Its firmware is replaced. */
  | 'firmware'
  /** Its own address, name or communication settings change. */
  | 'settings';

/** An operation as a decoder's table has it. */
export type Described = readonly [name: string, access: Access, effect?: Effect | undefined];

/** What a piece of identity evidence says. */
export type Field =
  | 'vendor'
  | 'product'
  | 'model'
  | 'firmware'
  | 'hardware'
  | 'serial'
  | 'name'
  | 'location'
  | 'device-type'
  | 'os'
  | 'module'
  | 'address'
  | 'state'
  | 'protection'
  | 'client-kind'
  | 'note';

/** `frame`'s answer when no message of this protocol can start here. */
export const NOT_A_PDU = -1;

/** The `unit` of an operation or of evidence that concerns the device as a whole. */
export const NO_UNIT = -1;

/** How an operation number is told to people and programs. Made when a report is written, never while decoding. */
export interface Operation {
  /** As other programs know it, e.g. `"3"`, `"0x04"`, `"ud.4.1"`, `"cip.0x4c"`. Several numbers may share a code. */
  readonly code: string;
  /** The specification's own name. */
  readonly name: string;
  readonly access: Access;
  /** Absent where it is none of these, or nobody knows. */
  readonly effect?: Effect | undefined;
}

/** One kind of identity evidence a protocol can give. A decoder names it by its index in `Protocol.evidence`. */
export interface EvidenceSource {
  /** Protocol and PDU field, e.g. `"s7comm.szl-0011"`. */
  readonly name: string;
  /** The same for people, in the protocol's own words: `"S7 SZL 0x0011 Module Identification, index 0x0001"`. */
  readonly words: string;
  readonly field: Field;
  /** 0 to 1: what the device says of itself by its own protocol 0.9 and more, what others say of it less. */
  readonly confidence: number;
  /** The value for people, or `null` when the bytes say nothing. Called once per distinct value, never per message. */
  readonly render: (b: Uint8Array, at: number, end: number) => string | null;
}

/** Where a decoder puts what it learns. Arguments are numbers and byte ranges, never objects or strings. */
export interface FactSink {
  /**
   * Counts a request for operation `code` (the decoder's own numbering, non-negative) to `unit` (or NO_UNIT).
   * @returns the operation's handle, for `touch`, `response` and the decoder's own pairing of answers to requests.
   */
  request(code: number, unit: number): number;

  /** The handle of an operation without counting anything: for answers whose request was not heard. */
  operation(code: number, unit: number): number;

  /** Counts an answer to `operation`; `refused` when the device declines it. */
  response(operation: number, refused: boolean): void;

  /**
   * Says what `operation` reads or writes: `count` items from `first` on, in the address space `space`
   * (numbered by the decoder, named by `Protocol.space`). Call it once per range of each request: the agent
   * learns the polling period of a range from the times between calls.
   */
  touch(operation: number, space: number, first: number, count: number): void;

  /** As `touch`, for a range that has a name (a tag, a file) instead of a number: `b[at, end)`. */
  touchName(operation: number, space: number, b: Uint8Array, at: number, end: number): void;

  /**
   * Identity evidence: `source` is an index into `Protocol.evidence`, the value's raw bytes are `b[at, end)`.
   * They are compared with what is known and copied only if they are news. `unit` names a part behind the device
   * (a Modbus unit, a DNP3 link address, a backplane slot), or NO_UNIT.
   */
  evidence(source: number, about: About, unit: number, b: Uint8Array, at: number, end: number): void;

  /**
   * As `evidence`, about the host whose address stands at `b[addressAt, addressAt + addressBytes)`: 4 bytes of IPv4,
   * 16 of IPv6 or 6 of a MAC. For what names, leases and tables tell of third parties.
   */
  evidenceAbout(
    source: number,
    addressAt: number,
    addressBytes: 4 | 6 | 16,
    b: Uint8Array,
    at: number,
    end: number,
  ): void;

  /** The message carries a message of another protocol, one whose `over` names this one, at `b[at, end)`. */
  payload(b: Uint8Array, at: number, end: number): void;

  /** Says that `about` will send under the connection number `id`, perhaps in another flow (CIP implicit I/O). */
  announce(id: number, about: About): void;

  /** Asks whether this message's sender was announced under `id`; if so, this flow takes its direction from there. */
  announced(id: number): boolean;
}

/** One conversation's decoder: holds, in bounded memory, whatever the protocol remembers between messages. */
export interface Decoder {
  /** Decodes the message in `b[at, end)`. */
  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome;
  /** Bytes of that direction were lost: what was half assembled will never be whole. */
  lost?(fromClient: boolean): void;
  /**
   * Nothing more is to be learned from this flow: the rest of its payload (a download, an encrypted stream) is passed
   * over. A decoder that ever ends has this property from the start.
   */
  readonly finished?: boolean;
}

/** How a protocol's messages are found in a byte stream (and, where a datagram may hold several, in a datagram). */
export interface StreamFraming {
  /** Bytes that `frame` looks at; also the shortest message. */
  readonly headerBytes: number;
  /** The longest message: what a stream holds back at most. */
  readonly maxPduBytes: number;
  /**
   * `frame` alone is proof enough to find the place again after lost bytes (a sync pattern with a checksum).
   * Where it is not, a frame after a gap is believed at the start of a segment or when another follows it.
   */
  readonly selfSynchronising: boolean;
  /**
   * Bytes in the message at `at`, or NOT_A_PDU. Looks at `headerBytes` bytes and no further, and is as strict as
   * they allow: this is also how a stream finds its place again. A plain function, called without `this`.
   */
  readonly frame: (b: Uint8Array, at: number) => number;
}

/** An application protocol, as `registry.ts` lists it. */
export interface Protocol {
  /** The name in reports and policies. */
  readonly name: string;
  /** Registered ports: they make a `possible` message believed. Structure finds the protocol on any other. */
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
  /**
   * The protocol whose `payload` this one's messages are, e.g. `"cotp"`; `"eth/0x88cc"` for a protocol straight on
   * Ethernet with that EtherType, `"eth/llc"` for one on LLC (its messages begin with the LLC header). Absent when it
   * runs on TCP or UDP.
   */
  readonly over?: string;
  /**
   * Absent when a datagram, or a carrier's payload, is one message. On TCP a protocol without framing is handed each
   * segment's bytes in their order as they come: for protocols of text lines, and those of which the start is enough.
   */
  readonly stream?: StreamFraming;
  /**
   * Its decoder announces connections or asks for announced ones (`FactSink.announce`, `announced`): the messages of
   * all flows of such protocols are decoded in the order of their packets, as those of any one flow are.
   */
  readonly linked?: true;
  /** What the whole message at `b[at, end)` says for this protocol. May look at every byte; called on few messages. */
  recognise(b: Uint8Array, at: number, end: number): Recognition;
  /** Which end sends a message like this. */
  sender(b: Uint8Array, at: number, end: number): Sender;
  /** A decoder for one conversation. */
  open(facts: FactSink): Decoder;
  /** What the decoder's operation number means. */
  operation(code: number): Operation;
  /** The name of an address space that the decoder's `touch` numbered, e.g. `"holding-register"`, `"DB7"`. */
  space(space: number): string;
  /** The kinds of identity evidence the decoder gives. */
  readonly evidence: readonly EvidenceSource[];
}
