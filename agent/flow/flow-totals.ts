import type { FlowTotals } from '../facts/conversations.ts';
import { ABSENT } from '../tables/key-table.ts';
import type { Dialogue } from './dialogue.ts';
import type { FlowTable } from './flow-table.ts';

/** What a flow brings to its conversation: its ends as client and server, and its counts. */
export function flowTotals(flows: FlowTable, flow: number, dialogue: Dialogue | undefined): FlowTotals {
  const from = dialogue?.client ?? flows.client(flow);
  const to = (1 - from) as 0 | 1;
  const absent = dialogue?.absentClient ?? ABSENT;
  const first = (direction: 0 | 1) =>
    flows.packets(flow, direction) === 0 ? Number.POSITIVE_INFINITY : flows.firstSeen(flow, direction);
  const last = (direction: 0 | 1) =>
    flows.packets(flow, direction) === 0 ? Number.NEGATIVE_INFINITY : flows.lastSeen(flow, direction);
  return {
    client: absent === ABSENT ? flows.host(flow, from) : absent,
    server: flows.host(flow, to),
    transport: flows.protocol(flow),
    port: flows.port(flow, to),
    flows: flows.told(flow) ? 0 : 1,
    proof: dialogue?.proof ?? flows.proof(flow),
    packetsFromClient: flows.packets(flow, from),
    packetsFromServer: flows.packets(flow, to),
    bytesFromClient: flows.bytes(flow, from),
    bytesFromServer: flows.bytes(flow, to),
    firstSeen: Math.min(first(0), first(1)),
    lastSeen: Math.max(last(0), last(1)),
    firstFile: flows.firstFile(flow),
    firstFrame: flows.firstFrame(flow),
  };
}
