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
  const rows = new Map<string, Map<string, Cell>>();
  const several: Several = new Map();
  for (const conversation of snapshot.conversations) {
    const from = idOf.get(scopedAddress(conversation.client, conversation.scope)) ?? '';
    const to = idOf.get(scopedAddress(conversation.server, conversation.scope)) ?? '';
    if (from === '' && to === '') continue;
    let row = rows.get(from);
    if (row === undefined) {
      row = new Map();
      rows.set(from, row);
    }
    const cell = row.get(to);
    if (cell === undefined) row.set(to, cellOf(from, to, conversation));
    else add(cell, conversation, several);
  }
  for (const { protocols } of several.keys()) {
    protocols.sort((a, b) => b.bytes - a.bytes || compareText(a.protocol, b.protocol));
  }
  const all: PairTraffic[] = [];
  for (const [, row] of [...rows].sort(([a], [b]) => compareText(a, b))) {
    for (const cell of [...row.values()].sort((a, b) => compareText(a.to, b.to))) all.push(cell);
  }
  return all;
}

type InMaking<T> = { -readonly [Field in keyof T]: T[Field] };

/** A pair while its conversations are added. */
type Cell = Omit<InMaking<PairTraffic>, 'protocols' | 'accesses'> & {
  readonly protocols: InMaking<ProtocolTraffic>[];
  readonly accesses: Partial<Record<Access, number>>;
};

/** The protocols by name of pairs that have several: most have one, and need no map. */
type Several = Map<Cell, Map<string, InMaking<ProtocolTraffic>>>;

function cellOf(from: string, to: string, conversation: ConversationSnapshot): Cell {
  const { packets, bytes, firstSeen, lastSeen, operations } = conversation;
  const accesses: Cell['accesses'] = {};
  addRequests(accesses, operations);
  const protocols = [protocolOf(conversation)];
  return { from, to, conversations: 1, packets, bytes, firstSeen, lastSeen, protocols, accesses };
}

function add(cell: Cell, conversation: ConversationSnapshot, several: Several): void {
  const { protocol, packets, bytes, firstSeen, lastSeen, operations } = conversation;
  cell.conversations++;
  cell.packets += packets;
  cell.bytes += bytes;
  cell.firstSeen = Math.min(cell.firstSeen, firstSeen);
  cell.lastSeen = Math.max(cell.lastSeen, lastSeen);
  addRequests(cell.accesses, operations);
  const [only] = cell.protocols as [InMaking<ProtocolTraffic>];
  let byName = several.get(cell);
  if (byName === undefined && only.protocol !== protocol) {
    byName = new Map([[only.protocol, only]]);
    several.set(cell, byName);
  }
  const known = byName === undefined ? only : byName.get(protocol);
  if (known === undefined) {
    const traffic = protocolOf(conversation);
    byName?.set(protocol, traffic);
    cell.protocols.push(traffic);
  } else {
    known.conversations++;
    known.packets += packets;
    known.bytes += bytes;
  }
}

function protocolOf({ protocol, packets, bytes }: ConversationSnapshot): InMaking<ProtocolTraffic> {
  return { protocol, conversations: 1, packets, bytes };
}

function addRequests(accesses: Cell['accesses'], operations: ConversationSnapshot['operations']): void {
  for (const { access, requests } of operations) accesses[access] = (accesses[access] ?? 0) + requests;
}
