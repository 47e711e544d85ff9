/** The communication matrix in sums: what passes between two assets, or two zones. */
import type { Access } from '../../parsers/protocol.ts';
import type { Plant } from '../plant.ts';
import { compareText } from './order.ts';
import { type ConversationSnapshot, scopedAddress } from './snapshot.ts';

/** What passes from the clients of one asset or zone to the servers of another. */
export interface PairTraffic {
  /** Id of the clients' asset or zone; '' for clients that are no asset, or lie in no zone. */
  readonly from: string;
  readonly to: string;
  readonly conversations: number;
  readonly packets: number;
  readonly bytes: number;
  /** Microseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** By bytes, most first. */
  readonly protocols: readonly ProtocolTraffic[];
  /** Requests of operations by access; a conversation in which no operation is known adds to none. */
  readonly accesses: Readonly<Partial<Record<Access, number>>>;
}

export interface ProtocolTraffic {
  readonly protocol: string;
  readonly conversations: number;
  readonly packets: number;
  readonly bytes: number;
}

/** The cells of a matrix that are not empty, by `from` and `to`. */
export function matrixOf(plant: Plant, by: 'asset' | 'zone'): PairTraffic[] {
  const { snapshot, assets, zoning } = plant;
  const idOf = by === 'asset' ? assets.idOf : zoning.zoneOfAddress;
  const cells = new Map<string, Map<string, Cell>>();
  for (const conversation of snapshot.conversations) {
    const from = idOf.get(scopedAddress(conversation.client, conversation.scope)) ?? '';
    const to = idOf.get(scopedAddress(conversation.server, conversation.scope)) ?? '';
    if (from === '' && to === '') continue;
    let row = cells.get(from);
    if (row === undefined) {
      row = new Map();
      cells.set(from, row);
    }
    let cell = row.get(to);
    if (cell === undefined) {
      cell = new Cell(from, to);
      row.set(to, cell);
    }
    cell.add(conversation);
  }
  const all = [...cells.values()].flatMap((row) => [...row.values()].map((cell) => cell.traffic));
  return all.sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}

class Cell {
  readonly #from: string;
  readonly #to: string;
  #conversations = 0;
  #packets = 0;
  #bytes = 0;
  #firstSeen = Number.POSITIVE_INFINITY;
  #lastSeen = Number.NEGATIVE_INFINITY;
  readonly #protocols = new Map<string, { conversations: number; packets: number; bytes: number }>();
  readonly #accesses: Partial<Record<Access, number>> = {};

  constructor(from: string, to: string) {
    this.#from = from;
    this.#to = to;
  }

  add({ protocol, packets, bytes, firstSeen, lastSeen, operations }: ConversationSnapshot): void {
    this.#conversations++;
    this.#packets += packets;
    this.#bytes += bytes;
    this.#firstSeen = Math.min(this.#firstSeen, firstSeen);
    this.#lastSeen = Math.max(this.#lastSeen, lastSeen);
    const known = this.#protocols.get(protocol);
    if (known === undefined) {
      this.#protocols.set(protocol, { conversations: 1, packets, bytes });
    } else {
      known.conversations++;
      known.packets += packets;
      known.bytes += bytes;
    }
    for (const { access, requests } of operations) this.#accesses[access] = (this.#accesses[access] ?? 0) + requests;
  }

  get traffic(): PairTraffic {
    return {
      from: this.#from,
      to: this.#to,
      conversations: this.#conversations,
      packets: this.#packets,
      bytes: this.#bytes,
      firstSeen: this.#firstSeen,
      lastSeen: this.#lastSeen,
      protocols: [...this.#protocols]
        .map(([protocol, traffic]) => ({ protocol, ...traffic }))
        .sort((a, b) => b.bytes - a.bytes || compareText(a.protocol, b.protocol)),
      accesses: this.#accesses,
    };
  }
}
