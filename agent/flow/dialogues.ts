import type { PacketView } from '../../parsers/net/packet-view.ts';
import { NOT_A_PDU, type Protocol, Recognition } from '../../parsers/protocol.ts';
import { onLinkedPorts } from '../together/share.ts';
import { Dialogue, type DialogueContext } from './dialogue.ts';
import { ethernetCarrier } from './ethernet-carrier.ts';
import type { FlowEnds } from './flow-ends.ts';
import type { FlowExport } from './flow-export.ts';
import type { FlowTable } from './flow-table.ts';
import { firstMessage } from './identify.ts';

/** A keep-alive may repeat one byte that was sent before (RFC 9293, section 3.8.4). */
const KEEP_ALIVE_BYTES = 1;

/**
 * Payloads on a registered port that need not begin with a message of its protocol (they may be a message's middle)
 * before any other that they might begin is considered.
 */
const PATIENCE_ON_PORT = 2;

/** Opens the dialogues of flows, as soon as something recognises what they speak, and makes room for them. */
export class Dialogues {
  readonly #flows: FlowTable;
  readonly #ends: FlowEnds;
  readonly #context: DialogueContext;
  readonly #settle: (flow: number) => void;
  readonly #export: FlowExport;
  /** A flow of a linked protocol turned up where flows are shared out one by one. */
  astray = false;

  /** @param settle works on what waits of a flow, before its dialogue must go */
  constructor(
    flows: FlowTable,
    ends: FlowEnds,
    flowExport: FlowExport,
    context: DialogueContext,
    settle: (flow: number) => void,
  ) {
    this.#flows = flows;
    this.#ends = ends;
    this.#export = flowExport;
    this.#context = context;
    this.#settle = settle;
  }

  /** Opens a dialogue with the protocol that the payload in view seems to be of; undefined when nothing recognises it. */
  open(v: PacketView, flow: number, direction: 0 | 1, isTcp: boolean): Dialogue | undefined {
    const flows = this.#flows;
    const { finder, limits, hosts } = this.#context;
    const server = flows.port(flow, (1 - flows.client(flow)) as 0 | 1);
    const client = flows.port(flow, flows.client(flow));
    const registered = finder.registered(server, isTcp) ?? finder.registered(client, isTcp);
    const onPort = registered !== undefined && this.#mayBegin(registered, v, flow, direction, isTcp);
    // under a flood nobody searches what a single packet might be that is not its port's; its answer may tell
    if (!onPort && flows.crowded && flows.attempts(flow) === 0 && flows.isPassing(flow)) {
      flows.attempt(flow);
      return undefined;
    }
    const atLeast =
      registered !== undefined && flows.attempts(flow) < PATIENCE_ON_PORT ? Recognition.certain : Recognition.possible;
    const protocol = onPort ? registered : finder.byStructure(v.bytes, v.payloadAt, v.payloadEnd, isTcp, atLeast);
    if (protocol === undefined) {
      const { identificationAttempts, identificationAttemptsOnPort } = limits;
      const limit = registered === undefined ? identificationAttempts : identificationAttemptsOnPort;
      if (flows.attempt(flow) >= limit) flows.ignore(flow);
      return undefined;
    }
    if (hosts.crowded) this.#ends.name(flow);
    if (protocol.linked === true && !onLinkedPorts(client, server)) this.astray = true;
    const dialogue = this.#begin(flow, protocol, onPort);
    if (isTcp) {
      for (const opened of [0, 1] as const) {
        if (flows.synSeen(flow, opened)) dialogue.open(opened, flows.firstSequence(flow, opened));
      }
    }
    return dialogue;
  }

  /** Opens the dialogue of a flow of Ethernet frames; undefined when no protocol runs on its EtherType (0: LLC). */
  openEthernet(flow: number, etherType: number): Dialogue | undefined {
    const carrier = ethernetCarrier(etherType);
    if (this.#context.finder.carries(carrier.name)) return this.#begin(flow, carrier, true);
    this.#flows.ignore(flow);
    return undefined;
  }

  #begin(flow: number, protocol: Protocol, onOwnPort: boolean): Dialogue {
    const flows = this.#flows;
    if (flows.dialogues >= this.#context.limits.dialogues) this.#evict();
    const ends: [number, number] = [flows.host(flow, 0), flows.host(flow, 1)];
    const dialogue = new Dialogue(protocol, onOwnPort, ends, flows.client(flow), flows.proof(flow), this.#context);
    flows.setDialogue(flow, dialogue);
    return dialogue;
  }

  #evict(): void {
    const flows = this.#flows;
    const flow = flows.idlestDialogue();
    if (flow === 0) return;
    this.#context.counters.dialoguesEvicted++;
    this.#settle(flow);
    if (flows.dialogue(flow) === undefined) return;
    this.#export.retire(flow);
    flows.reconsider(flow);
  }

  /** Whether the payload in view may begin a message of `protocol`; the start of a connection may be a mere piece of it. */
  #mayBegin(protocol: Protocol, v: PacketView, flow: number, direction: 0 | 1, isTcp: boolean): boolean {
    const { stream } = protocol;
    const { bytes, payloadAt, payloadEnd } = v;
    if (!isTcp) return firstMessage(protocol, bytes, payloadAt, payloadEnd) !== Recognition.no;
    if (stream === undefined) return protocol.recognise(bytes, payloadAt, payloadEnd) !== Recognition.no;
    if (payloadEnd - payloadAt >= stream.headerBytes && stream.frame(bytes, payloadAt) !== NOT_A_PDU) return true;
    const flows = this.#flows;
    // too short to tell, but more than a keep-alive: the stream waits for the rest of the header
    if (!flows.synSeen(flow, direction)) {
      return payloadEnd - payloadAt < stream.headerBytes && payloadEnd - payloadAt > KEEP_ALIVE_BYTES;
    }
    const ahead = (v.sequence - flows.firstSequence(flow, direction)) | 0;
    if (ahead === 0) return payloadEnd - payloadAt < stream.headerBytes;
    // a piece of the first message came before the one it begins with: the stream will put them in order
    return ahead > 0 && ahead < stream.maxPduBytes && flows.attempts(flow) === 0;
  }
}
