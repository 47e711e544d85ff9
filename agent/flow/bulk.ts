import type { FlowExport } from './flow-export.ts';
import { Family, type FlowTable } from './flow-table.ts';
import { BULK_PROTOCOLS, type Shedding } from './shedding.ts';

/** Packets of one direction from which on a flow is a bulk transfer. */
const BULK_PACKETS = 1000;

/** Marks the bulk transfers under way, so that of them only one frame in so many is read. Their payload is no longer looked into. */
export function markBulk(shedding: Shedding, flows: FlowTable, flowExport: FlowExport): void {
  flows.each((flow) => {
    const large = flows.packets(flow, 0) >= BULK_PACKETS || flows.packets(flow, 1) >= BULK_PACKETS;
    if (!large || flows.family(flow) !== Family.ipv4 || !isBulk(flows, flow)) return;
    if (!flows.ignored(flow)) {
      flowExport.retire(flow); // its stream will have holes of our own making: they must not be told as lost packets
      flows.ignore(flow);
    }
    const [low, high] = [flows.address(flow, 0), flows.address(flow, 1)];
    const [lowPort, highPort] = [flows.port(flow, 0), flows.port(flow, 1)];
    shedding.mark(low, high, lowPort, highPort);
    shedding.mark(high, low, highPort, lowPort);
  });
}

/** Nothing recognised it, or it is what computers move much by. */
function isBulk(flows: FlowTable, flow: number): boolean {
  const dialogue = flows.dialogue(flow);
  if (dialogue === undefined) return flows.ignored(flow);
  return dialogue.carried.length === 0 && BULK_PROTOCOLS.has(dialogue.outer.protocol.name);
}
