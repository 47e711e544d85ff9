import type { FlowTotals } from '../facts/conversations.ts';
import { NO_HOST } from '../facts/hosts.ts';
import { ABSENT } from '../tables/key-table.ts';
import { type Dialogue, Proof } from './dialogue.ts';
import type { FlowTable } from './flow-table.ts';

/** What a flow brings to its conversation: its ends as client and server, and its counts. One object for flow after flow. */
export class TotalsOfFlow implements FlowTotals {
  client = NO_HOST;
  server = NO_HOST;
  transport = 0;
  port = 0;
  flows: 0 | 1 = 0;
  proof: Proof = Proof.firstSeen;
  packetsFromClient = 0;
  packetsFromServer = 0;
  bytesFromClient = 0;
  bytesFromServer = 0;
  firstSeen = Number.POSITIVE_INFINITY;
  lastSeen = Number.NEGATIVE_INFINITY;
  firstFile = 0;
  firstFrame = 0;

  /** Takes on what there is of `flow`. */
  read(flows: FlowTable, flow: number, dialogue: Dialogue | undefined): void {
    const from = dialogue?.client ?? flows.client(flow);
    const to = (1 - from) as 0 | 1;
    const absent = dialogue?.absentClient ?? ABSENT;
    this.client = absent === ABSENT ? flows.host(flow, from) : absent;
    this.server = flows.host(flow, to);
    this.transport = flows.protocol(flow);
    this.port = flows.port(flow, to);
    this.flows = flows.told(flow) ? 0 : 1;
    this.proof = dialogue?.proof ?? flows.proof(flow);
    this.packetsFromClient = flows.packets(flow, from);
    this.packetsFromServer = flows.packets(flow, to);
    this.bytesFromClient = flows.bytes(flow, from);
    this.bytesFromServer = flows.bytes(flow, to);
    this.firstSeen = Number.POSITIVE_INFINITY;
    this.lastSeen = Number.NEGATIVE_INFINITY;
    if (this.packetsFromClient > 0) this.#seen(flows.firstSeen(flow, from), flows.lastSeen(flow, from));
    if (this.packetsFromServer > 0) this.#seen(flows.firstSeen(flow, to), flows.lastSeen(flow, to));
    this.firstFile = flows.firstFile(flow);
    this.firstFrame = flows.firstFrame(flow);
  }

  #seen(first: number, last: number): void {
    this.firstSeen = Math.min(this.firstSeen, first);
    this.lastSeen = Math.max(this.lastSeen, last);
  }
}
