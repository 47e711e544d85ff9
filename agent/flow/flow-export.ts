import type { Protocol } from '../../parsers/protocol.ts';
import type { Conversations } from '../facts/conversations.ts';
import type { EvidenceStore } from '../facts/evidence.ts';
import { type Hosts, NO_HOST } from '../facts/hosts.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { Dialogue, Exchange } from './dialogue.ts';
import { Family, type FlowTable } from './flow-table.ts';
import { TotalsOfFlow } from './flow-totals.ts';

const NOTHING_SPOKEN: readonly Exchange[] = [];

/** Takes what flows have counted and heard into the conversations and the hosts. */
export class FlowExport {
  readonly #flows: FlowTable;
  readonly #hosts: Hosts;
  readonly #conversations: Conversations;
  readonly #evidence: EvidenceStore;
  readonly #protocols: readonly Protocol[];
  readonly #totals = new TotalsOfFlow();

  /** @param protocols the registry, whose numbers flows keep of what they are known to speak */
  constructor(
    flows: FlowTable,
    hosts: Hosts,
    conversations: Conversations,
    evidence: EvidenceStore,
    protocols: readonly Protocol[],
  ) {
    this.#flows = flows;
    this.#hosts = hosts;
    this.#conversations = conversations;
    this.#evidence = evidence;
    this.#protocols = protocols;
  }

  /** Takes over what a flow has told, for it goes. */
  leave(flow: number): void {
    const flows = this.#flows;
    if (flows.isPassing(flow) && (flows.host(flow, 0) === NO_HOST || flows.host(flow, 1) === NO_HOST)) {
      this.#sent(flow);
      this.#conversations.refuse(); // nobody's: most flows of a flood go this way
      return;
    }
    flows.dialogue(flow)?.close();
    this.tell(flow, this.#conversations, this.#evidence);
  }

  /** Takes a flow's packets and facts into its conversation, and the flow starts from nothing. */
  retire(flow: number): void {
    const flows = this.#flows;
    flows.dialogue(flow)?.close();
    const [first] = this.tell(flow, this.#conversations, this.#evidence);
    if (first !== undefined) flows.setKnownProtocol(flow, this.#protocols.indexOf(first.protocol) + 1);
    flows.clearDialogue(flow);
    flows.resetCounts(flow);
  }

  /** Adds a flow's packets and facts to its conversation and hosts, the flow goes on; answers what it spoke. */
  tell(flow: number, conversations: Conversations, evidence: EvidenceStore): readonly Exchange[] {
    const flows = this.#flows;
    const dialogue = flows.dialogue(flow);
    this.#sent(flow);
    const exchanges = dialogue === undefined ? NOTHING_SPOKEN : this.#spoken(flow, dialogue, evidence);
    const known = exchanges[0]?.protocol ?? this.#protocols[flows.knownProtocol(flow) - 1];
    const totals = this.#totals;
    totals.read(flows, flow, dialogue);
    if (totals.packetsFromClient + totals.packetsFromServer > 0 || exchanges.length > 0) {
      conversations.add(totals, exchanges, known);
    }
    return exchanges;
  }

  /** Takes a dialogue's evidence; answers what the flow spoke. */
  #spoken(flow: number, dialogue: Dialogue, evidence: EvidenceStore): readonly Exchange[] {
    const { outer } = dialogue;
    const carried = dialogue.carried.filter((exchange) => exchange.confirmed);
    if (outer.confirmed) keepEvidence(outer.ledger, evidence);
    for (const exchange of carried) keepEvidence(exchange.ledger, evidence);
    // a carrier's own operations (connection upkeep) are told only when nothing it carries is known
    if (carried.length > 0) return carried;
    return outer.confirmed && this.#flows.family(flow) !== Family.ethernet ? [outer] : NOTHING_SPOKEN;
  }

  /** Notes when its ends sent last. */
  #sent(flow: number): void {
    const flows = this.#flows;
    if (flows.packets(flow, 0) > 0) this.#hosts.sent(flows.host(flow, 0), flows.lastSeen(flow, 0));
    if (flows.packets(flow, 1) > 0) this.#hosts.sent(flows.host(flow, 1), flows.lastSeen(flow, 1));
  }
}

function keepEvidence(ledger: Ledger, store: EvidenceStore): void {
  for (const heard of ledger.evidenceHeard) {
    const source = ledger.protocol.evidence[heard.source];
    const { host } = heard;
    if (heard.value === null || source === undefined || host === NO_HOST) continue;
    const { name, field, confidence } = source;
    const { value, unit, file, frame, firstSeen, lastSeen, times } = heard;
    store.add(host, { field, value, source: name, confidence, unit, file, frame, firstSeen, lastSeen, times });
  }
}
