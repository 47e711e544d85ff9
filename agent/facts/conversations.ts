import type { Protocol } from '../../parsers/protocol.ts';
import type { Counters } from '../counters.ts';
import type { Exchange, Proof } from '../flow/dialogue.ts';
import { Proof as Proofs } from '../flow/dialogue.ts';
import type { Limits } from '../limits.ts';
import { ABSENT, KeyTable } from '../tables/key-table.ts';
import { NO_HOST } from './hosts.ts';
import type { Ledger, TouchedRange } from './ledger.ts';
import { together } from './rhythm.ts';

/** Range of addresses as the matrix keeps it: a `TouchedRange` of any number of flows. */
export type RangeTotals = Omit<TouchedRange, 'operation'>;

/** One operation (code and unit) of a conversation, over all its flows. */
export interface OperationTotals {
  readonly protocol: Protocol;
  readonly code: number;
  readonly unit: number;
  requests: number;
  responses: number;
  refused: number;
  firstSeen: number;
  lastSeen: number;
  /** Where it was seen first: index of the file, and the frame's number in it. */
  firstFile: number;
  firstFrame: number;
  readonly ranges: Map<string, RangeTotals>;
}

/** Who talks to whom over which service, over all flows that did. */
export interface ConversationTotals {
  readonly client: number;
  readonly server: number;
  /** IP protocol number, or 0 straight on Ethernet. */
  readonly transport: number;
  /** The server's port, or the EtherType. */
  readonly port: number;
  /** Absent when nothing recognised it. */
  readonly protocol: Protocol | undefined;
  proof: Proof;
  flows: number;
  packetsFromClient: number;
  packetsFromServer: number;
  bytesFromClient: number;
  bytesFromServer: number;
  firstSeen: number;
  lastSeen: number;
  /** Where it was seen first: index of the file, and the frame's number in it. */
  firstFile: number;
  firstFrame: number;
  readonly operations: Map<string, OperationTotals>;
}

/** What one flow brings to its conversation. */
export interface FlowTotals {
  readonly client: number;
  readonly server: number;
  readonly transport: number;
  readonly port: number;
  /** 1, or 0 when an earlier part of it was added before. */
  readonly flows: 0 | 1;
  readonly proof: Proof;
  readonly packetsFromClient: number;
  readonly packetsFromServer: number;
  readonly bytesFromClient: number;
  readonly bytesFromServer: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly firstFile: number;
  readonly firstFrame: number;
}

/** The communication matrix: flows aggregate here before they go. */
export class Conversations {
  readonly all: ConversationTotals[] = [];
  /** Those that began with a single packet in which nothing was recognised. */
  passing = 0;
  /** Operations of all of them, and ranges of those. */
  operations = 0;
  ranges = 0;
  readonly #table: KeyTable;
  readonly #limits: Limits;
  readonly #counters: Counters;
  readonly #protocolNumbers: Map<Protocol, number>;
  /** Rows whose totals are another matrix's too; absent in a matrix that was never copied from one. */
  readonly #borrowed: Set<number> | undefined;

  /** @param other the matrix of which this is a copy: what is added here is not there */
  constructor(limits: Limits, counters: Counters, other?: Conversations) {
    this.#limits = limits;
    this.#counters = counters;
    this.#table = other === undefined ? new KeyTable(limits.conversations) : other.#table.copy();
    this.#protocolNumbers = new Map(other === undefined ? [] : other.#protocolNumbers);
    if (other === undefined) return;
    this.all = [...other.all];
    this.passing = other.passing;
    this.operations = other.operations;
    this.ranges = other.ranges;
    this.#borrowed = new Set(this.all.keys());
  }

  /**
   * Adds a flow's packets and its facts.
   * @param exchanges what it spoke: of each protocol its facts; the packets are shared out by messages
   */
  add(flow: FlowTotals, exchanges: readonly Exchange[], protocol: Protocol | undefined): void {
    if (flow.client === NO_HOST || flow.server === NO_HOST) {
      this.refuse();
      return;
    }
    if (exchanges.length === 0) {
      this.#addPackets(this.#find(flow, protocol), flow, 1);
      return;
    }
    let messages = 0;
    for (const exchange of exchanges) messages += exchange.messages;
    for (const exchange of exchanges) {
      const totals = this.#find(flow, exchange.protocol);
      this.#addPackets(totals, flow, messages === 0 ? 1 / exchanges.length : exchange.messages / messages);
      if (totals !== undefined) this.#addFacts(totals, exchange.ledger);
    }
  }

  /** Counts a flow that gets no place, for one of its ends has none, or all are taken. */
  refuse(): void {
    this.#counters.conversationsRefused++;
  }

  #find(flow: FlowTotals, protocol: Protocol | undefined): ConversationTotals | undefined {
    const service = (flow.transport << 16) | flow.port;
    const number = this.#numberOf(protocol);
    const passing = protocol === undefined && flow.packetsFromClient + flow.packetsFromServer <= 1;
    const mayBegin = !passing || this.passing < this.#limits.passingConversations;
    const row = mayBegin
      ? this.#table.add(flow.client, flow.server, service, number, 0)
      : this.#table.find(flow.client, flow.server, service, number, 0);
    if (row === ABSENT) {
      this.refuse();
      return undefined;
    }
    if (row < this.all.length) return this.#own(row);
    if (passing) this.passing++;
    const { client, server, transport, port, proof, firstSeen, lastSeen, firstFile, firstFrame } = flow;
    const totals: ConversationTotals = {
      client,
      server,
      transport,
      port,
      protocol,
      proof,
      flows: 0,
      packetsFromClient: 0,
      packetsFromServer: 0,
      bytesFromClient: 0,
      bytesFromServer: 0,
      firstSeen,
      lastSeen,
      firstFile,
      firstFrame,
      operations: new Map(),
    };
    this.all.push(totals);
    return totals;
  }

  /** The totals of a row, to be changed. */
  #own(row: number): ConversationTotals {
    const totals = this.all[row] as ConversationTotals;
    if (!this.#borrowed?.delete(row)) return totals;
    const operations = [...totals.operations].map(([key, operation]) => {
      const ranges = new Map([...operation.ranges].map(([place, range]) => [place, { ...range }]));
      return [key, { ...operation, ranges }] as const;
    });
    const own = { ...totals, operations: new Map(operations) };
    this.all[row] = own;
    return own;
  }

  #numberOf(protocol: Protocol | undefined): number {
    if (protocol === undefined) return 0;
    let number = this.#protocolNumbers.get(protocol);
    if (number === undefined) {
      number = this.#protocolNumbers.size + 1;
      this.#protocolNumbers.set(protocol, number);
    }
    return number;
  }

  #addPackets(totals: ConversationTotals | undefined, flow: FlowTotals, share: number): void {
    if (totals === undefined) return;
    totals.flows += flow.flows;
    totals.proof = Math.max(totals.proof, flow.proof) as Proof;
    totals.packetsFromClient += Math.round(flow.packetsFromClient * share);
    totals.packetsFromServer += Math.round(flow.packetsFromServer * share);
    totals.bytesFromClient += Math.round(flow.bytesFromClient * share);
    totals.bytesFromServer += Math.round(flow.bytesFromServer * share);
    seenFrom(totals, flow);
    totals.lastSeen = Math.max(totals.lastSeen, flow.lastSeen);
  }

  #addFacts(totals: ConversationTotals, ledger: Ledger): void {
    const operations: (OperationTotals | undefined)[] = ledger.operations.map((count) => {
      const key = `${count.code}/${count.unit}`;
      const known = totals.operations.get(key);
      if (known === undefined) {
        const { operations: most, operationsPerConversation } = this.#limits;
        if (totals.operations.size === operationsPerConversation || this.operations === most) {
          this.#counters.operationsRefused++;
          return undefined;
        }
        const fresh: OperationTotals = { protocol: ledger.protocol, ...count, ranges: new Map() };
        totals.operations.set(key, fresh);
        this.operations++;
        return fresh;
      }
      known.requests += count.requests;
      known.responses += count.responses;
      known.refused += count.refused;
      seenFrom(known, count);
      known.lastSeen = Math.max(known.lastSeen, count.lastSeen);
      return known;
    });
    for (const range of ledger.ranges) {
      const operation = operations[range.operation];
      if (operation !== undefined) this.#addRange(operation, range);
    }
  }

  #addRange(operation: OperationTotals, range: TouchedRange): void {
    const key = range.name === null ? `${range.space}/${range.first}/${range.last}` : `${range.space}/"${range.name}"`;
    const known = operation.ranges.get(key);
    if (known === undefined) {
      const { ranges: most, rangesPerConversation } = this.#limits;
      if (operation.ranges.size === rangesPerConversation || this.ranges === most) {
        this.#counters.rangesMerged++;
        return;
      }
      operation.ranges.set(key, { ...range });
      this.ranges++;
      return;
    }
    mergeRhythm(known, range);
    known.times += range.times;
    known.firstSeen = Math.min(known.firstSeen, range.firstSeen);
    known.lastSeen = Math.max(known.lastSeen, range.lastSeen);
    known.merged ||= range.merged;
  }
}

/** The time something was seen first, and the frame that shows it. */
interface Beginning {
  firstSeen: number;
  firstFile: number;
  firstFrame: number;
}

/** The earlier of two beginnings; of two at the same time, the one in the frame that comes first. */
function seenFrom(known: Beginning, added: Readonly<Beginning>): void {
  const earlier =
    added.firstSeen - known.firstSeen || added.firstFile - known.firstFile || added.firstFrame - known.firstFrame;
  if (earlier >= 0) return;
  known.firstSeen = added.firstSeen;
  known.firstFile = added.firstFile;
  known.firstFrame = added.firstFrame;
}

function mergeRhythm(known: RangeTotals, added: RangeTotals): void {
  const { intervals, meanInterval, squaredDeviations } = together(known, added);
  known.intervals = intervals;
  known.meanInterval = meanInterval;
  known.squaredDeviations = squaredDeviations;
}

/** The proof of who is the client, as reports name it. */
export function proofName(proof: Proof): string {
  switch (proof) {
    case Proofs.syn:
      return 'syn';
    case Proofs.protocol:
      return 'protocol';
    case Proofs.port:
      return 'port';
    default:
      return 'first-seen';
  }
}
