import { IpProtocol } from '../../parsers/net/ip.ts';
import { ACK, FIN, type PacketView, RST, SYN } from '../../parsers/net/packet-view.ts';
import { Backlog } from './backlog.ts';
import { type Dialogue, type DialogueContext, Proof } from './dialogue.ts';
import type { Dialogues } from './dialogues.ts';
import type { FlowExport } from './flow-export.ts';
import { type FlowTable, SHARED_LANE } from './flow-table.ts';

/** Hands the payload of packets whose flow is known to the flow's dialogue, in each flow's order. */
export class Payloads {
  readonly #flows: FlowTable;
  readonly #dialogues: Dialogues;
  readonly #export: FlowExport;
  readonly #context: DialogueContext;
  readonly #backlog: Backlog;

  constructor(flows: FlowTable, dialogues: Dialogues, flowExport: FlowExport, context: DialogueContext) {
    this.#flows = flows;
    this.#dialogues = dialogues;
    this.#export = flowExport;
    this.#context = context;
    this.#backlog = new Backlog(flows, context.moment, (v, flow, direction) => this.#decode(v, flow, direction));
  }

  /** Takes a TCP segment, or a UDP datagram with payload. Packets of a flow under decode are put off, others are looked at now. */
  take(v: PacketView, flow: number, direction: 0 | 1): void {
    const flows = this.#flows;
    const dialogue = flows.dialogue(flow);
    if (flows.firstWaiting(flows.lane(flow)) === 0) {
      const isTcp = flows.protocol(flow) === IpProtocol.tcp;
      if (isTcp && v.payloadEnd - v.payloadAt + v.missingBytes === 0 && (v.flags & SYN) === 0) {
        if (dialogue === undefined || (dialogue.heardBoth && this.#context.heldSegments.usedBytes === 0)) return;
      }
      if (dialogue === undefined) {
        this.#backlog.settle(SHARED_LANE, v); // it may turn out to be linked with those
        this.#decode(v, flow, direction);
        return;
      }
    }
    this.#backlog.add(v, flow, direction);
  }

  /** Works on all packets that were put off; `v` is left as it is found. Their bytes are no longer needed then. */
  settleAll(v: PacketView): void {
    this.#backlog.settleAll(v);
  }

  /** The same for one flow. */
  settle(flow: number, v: PacketView): void {
    this.#backlog.settle(this.#flows.lane(flow), v);
  }

  #decode(v: PacketView, flow: number, direction: 0 | 1): void {
    if (this.#flows.protocol(flow) === IpProtocol.tcp) this.#tcp(v, flow, direction);
    else this.#udp(v, flow, direction);
  }

  #tcp(v: PacketView, flow: number, direction: 0 | 1): void {
    const flows = this.#flows;
    let dialogue = flows.dialogue(flow);
    if ((v.flags & (SYN | FIN | RST)) === SYN) {
      this.#syn(v, flow, direction, dialogue);
      return;
    }
    if (dialogue !== undefined && (v.flags & ACK) !== 0) {
      // only where something waits, or is expected, is it news what the other side has got
      if (this.#context.heldSegments.usedBytes > 0 || !dialogue.heardBoth) {
        dialogue.acknowledged(direction, v.acknowledgment);
      }
    }
    const bytes = v.payloadEnd - v.payloadAt;
    if (bytes + v.missingBytes === 0) return;
    if (dialogue === undefined) {
      if (flows.ignored(flow)) return;
      dialogue = this.#dialogues.open(v, flow, direction, true);
      if (dialogue === undefined) return;
      if ((v.flags & ACK) !== 0) dialogue.acknowledged(direction, v.acknowledgment);
    }
    dialogue.segment(direction, v.sequence, v.bytes, v.payloadAt, v.payloadEnd, v.missingBytes);
    this.#weigh(flow, dialogue);
  }

  /** A SYN that opens a connection proves the client, and where both streams begin. */
  #syn(v: PacketView, flow: number, direction: 0 | 1, dialogue: Dialogue | undefined): void {
    const flows = this.#flows;
    const client = (v.flags & ACK) === 0 ? direction : ((1 - direction) as 0 | 1);
    if (!flows.syn(flow, direction, v.sequence)) return;
    flows.setClient(flow, client, Proof.syn);
    if (dialogue === undefined) {
      flows.reconsider(flow);
      return;
    }
    dialogue.client = client;
    dialogue.proof = Proof.syn;
    dialogue.open(direction, flows.firstSequence(flow, direction));
  }

  #udp(v: PacketView, flow: number, direction: 0 | 1): void {
    const flows = this.#flows;
    let dialogue = flows.dialogue(flow);
    if (dialogue === undefined) {
      if (flows.ignored(flow)) return;
      dialogue = this.#dialogues.open(v, flow, direction, false);
      if (dialogue === undefined) return;
    }
    dialogue.datagram(direction, v.bytes, v.payloadAt, v.payloadEnd);
    this.#weigh(flow, dialogue);
  }

  /** Ends a dialogue that turned out to be another protocol's, or that has told all it can. */
  #weigh(flow: number, dialogue: Dialogue): void {
    const { outer } = dialogue;
    if (outer.confirmed && !outer.finished) return;
    const flows = this.#flows;
    if (dialogue.hopeless) {
      dialogue.close();
      flows.clearDialogue(flow);
      flows.attempt(flow);
    } else if (outer.confirmed && outer.finished) {
      flows.setClient(flow, dialogue.client, dialogue.proof);
      this.#export.retire(flow);
      flows.ignore(flow);
    }
  }
}
