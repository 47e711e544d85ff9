import { ArpOperation } from '../parsers/net/arp.ts';
import { FIRST_ETHERTYPE } from '../parsers/net/ethernet.ts';
import type { PacketView } from '../parsers/net/packet-view.ts';
import { FIRST_SCOPE, type Hosts, NO_HOST } from './facts/hosts.ts';
import type { Moment } from './facts/moment.ts';
import type { Sightings } from './facts/sightings.ts';
import type { Dialogues } from './flow/dialogues.ts';
import type { FlowEnds } from './flow/flow-ends.ts';
import { Family, type FlowTable, flowKind } from './flow/flow-table.ts';
import { CLAIMED, type Overlaps } from './flow/overlaps.ts';

const ETHERNET_KIND = flowKind(0, Family.ethernet, FIRST_SCOPE);

/** What the link layer works on. */
export interface LinkLayerContext {
  readonly moment: Moment;
  readonly hosts: Hosts;
  readonly sightings: Sightings;
  readonly overlaps: Overlaps;
  readonly flows: FlowTable;
  readonly ends: FlowEnds;
  readonly dialogues: Dialogues;
}

/** Frames without IP: ARP, and protocols straight on Ethernet or LLC, whose flows are between MAC addresses. */
export class LinkLayer {
  readonly #context: LinkLayerContext;

  constructor(context: LinkLayerContext) {
    this.#context = context;
  }

  /** The sender of an ARP packet says which MAC address is its own (RFC 826); a probe has no address yet (RFC 5227). */
  arp(v: PacketView): void {
    const { hosts, overlaps, sightings, moment } = this.#context;
    if (v.source0 !== 0) overlaps.seen(v, CLAIMED);
    const scope = v.source0 === 0 || overlaps.count === 0 ? FIRST_SCOPE : overlaps.scopeOf(v);
    const { sourceMacHigh: macHigh, sourceMacLow: macLow, source0: sender, destination0: target } = v;
    const aboutItself = sender === target || sender === 0; // an announcement or a probe (RFC 5227)
    if (v.arpOperation === ArpOperation.request && !aboutItself) hosts.question(sender, target);
    const host =
      v.arpOperation === ArpOperation.reply && !aboutItself
        ? hosts.answerer(macHigh, macLow, sender, target, scope, moment.time)
        : hosts.claimant(macHigh, macLow, sender, scope, moment.time);
    if (host !== NO_HOST) sightings.claim(host, macHigh, macLow, v.vlan);
  }

  /** A frame of any other EtherType, or of LLC. */
  frame(v: PacketView, wireBytes: number): void {
    if (!v.hasMac) return;
    const { hosts, flows, ends, dialogues, moment } = this.#context;
    const source = hosts.mac(v.sourceMacHigh, v.sourceMacLow);
    const destination = hosts.mac(v.destinationMacHigh, v.destinationMacLow);
    if (source === NO_HOST || destination === NO_HOST) return;
    const type = v.etherType < FIRST_ETHERTYPE ? 0 : v.etherType;
    const flow = flows.find(source, destination, type, type, ETHERNET_KIND);
    const { direction } = flows;
    if (flows.created) ends.begin(flow, source, destination);
    if (flows.count(flow, direction, wireBytes, moment.time)) {
      hosts.sent(source, moment.time);
      flows.begins(flow, direction, moment.file, moment.frame);
    }
    let dialogue = flows.dialogue(flow);
    if (dialogue === undefined) {
      if (flows.ignored(flow)) return;
      dialogue = dialogues.openEthernet(flow, type);
    }
    dialogue?.message(v.bytes, v.payloadAt, v.payloadEnd, direction);
  }
}
