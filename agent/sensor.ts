import { IpProtocol } from '../parsers/net/ip.ts';
import { PacketReader } from '../parsers/net/packet.ts';
import { Kind, type PacketView } from '../parsers/net/packet-view.ts';
import type { Protocol } from '../parsers/protocol.ts';
import { protocols as allProtocols } from '../parsers/registry.ts';
import type { FrameSink } from './capture/frame-sink.ts';
import { Counters } from './counters.ts';
import { Conversations, type ConversationTotals } from './facts/conversations.ts';
import { EvidenceStore } from './facts/evidence.ts';
import { FIRST_SCOPE, Hosts, NO_HOST } from './facts/hosts.ts';
import { Moment } from './facts/moment.ts';
import { Sightings } from './facts/sightings.ts';
import { Announcements } from './flow/announcements.ts';
import { Budget } from './flow/budget.ts';
import { markBulk } from './flow/bulk.ts';
import type { DialogueContext } from './flow/dialogue.ts';
import { Dialogues } from './flow/dialogues.ts';
import { copyMark } from './flow/duplicates.ts';
import { FlowEnds } from './flow/flow-ends.ts';
import { FlowExport } from './flow/flow-export.ts';
import { Family, FlowTable, flowKind } from './flow/flow-table.ts';
import { ProtocolFinder } from './flow/identify.ts';
import { Overlaps } from './flow/overlaps.ts';
import { Payloads } from './flow/payloads.ts';
import { Shedding } from './flow/shedding.ts';
import { LIMITS, type Limits } from './limits.ts';
import { LinkLayer } from './link-layer.ts';
import { OwnShare } from './together/own-share.ts';
import { FIRST_READER, type Share } from './together/share.ts';

/** The I/G bit of a MAC address (IEEE 802, clause 8.2.2), in its first two bytes. */
const GROUP_ADDRESS = 0x0100;

const IPV4_KIND = flowKind(0, Family.ipv4, FIRST_SCOPE);
const SCOPE_SHIFT = 16;
const IPV6_KIND = flowKind(0, Family.ipv6, FIRST_SCOPE);

/** What a sensor may be told otherwise. */
export interface SensorOptions {
  readonly limits?: Limits;
  readonly protocols?: readonly Protocol[];
  /** What it works on when others hear the same frames; without it, on everything. */
  readonly share?: Share;
}

/** What a sensor holds of that which all traffic together may fill: entries, and bytes at most so far. Keys of `Limits`. */
export type Load = Readonly<
  Record<
    | 'flows'
    | 'passingFlows'
    | 'dialogues'
    | 'hosts'
    | 'sightings'
    | 'conversations'
    | 'passingConversations'
    | 'heldMessageBytes'
    | 'heldSegmentBytes'
    | 'heldFactBytes'
    | 'evidenceBytes'
    | 'operations'
    | 'ranges',
    number
  >
>;

/** What a sensor knows at one moment; lent until it hears the next frame. */
export interface Picture {
  readonly counters: Counters;
  readonly hosts: Hosts;
  readonly sightings: Sightings;
  readonly evidence: EvidenceStore;
  readonly conversations: readonly ConversationTotals[];
  /** Microseconds; infinite before the first frame. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/**
 * From frames to facts, in one pass and bounded memory: reads each frame's headers, finds its flow, puts TCP streams
 * in order, and lets the flow's protocol, once it is recognised, decode the messages.
 */
export class Sensor implements FrameSink {
  readonly counters = new Counters();
  readonly hosts: Hosts;
  readonly sightings: Sightings;
  readonly evidence: EvidenceStore;
  readonly conversations: Conversations;
  /** Addresses that two VLANs use for two devices, as far as it has heard. */
  readonly overlaps: Overlaps;
  readonly flows: FlowTable;
  /** Its ceilings. */
  readonly limits: Limits;
  readonly #share: OwnShare | undefined; // absent when it works on everything
  readonly #hearsRemarks: boolean; // what captures say of themselves
  readonly #reader: PacketReader;
  readonly #moment = new Moment();
  readonly #context: DialogueContext;
  readonly #ends: FlowEnds;
  readonly #export: FlowExport;
  readonly #dialogues: Dialogues;
  readonly #payloads: Payloads;
  readonly #linkLayer: LinkLayer;
  #shedding: Shedding | undefined; // absent while everything is read
  /** Frames heard, those of other shares too. */
  frames = 0;
  /** Earliest time of a frame, in microseconds; infinite until one has come. */
  firstSeen = Number.POSITIVE_INFINITY;
  #latestBefore = Number.NEGATIVE_INFINITY; // the latest time before time last went back

  constructor({ limits = LIMITS, protocols = allProtocols, share }: SensorOptions = {}) {
    const { counters } = this;
    const moment = this.#moment;
    this.limits = limits;
    const hosts = new Hosts(limits, counters);
    const sightings = new Sightings(limits, counters);
    const overlaps = new Overlaps(limits);
    const settle = (flow: number) => this.#payloads.settle(flow, this.#reader.view);
    const flows = new FlowTable(limits, (flow) => {
      counters.flowsEvicted++;
      settle(flow);
      this.#export.leave(flow);
    });
    const finder = new ProtocolFinder(protocols);
    const context: DialogueContext = {
      moment,
      limits,
      counters,
      finder,
      announcements: new Announcements(limits),
      hosts,
      heldMessages: new Budget(limits.heldMessageBytes),
      heldSegments: new Budget(limits.heldSegmentBytes),
      heldFacts: new Budget(limits.heldFactBytes),
    };
    const ends = new FlowEnds(flows, hosts, finder);
    this.hosts = hosts;
    this.sightings = sightings;
    this.evidence = new EvidenceStore(limits);
    this.conversations = new Conversations(limits, counters);
    this.flows = flows;
    this.overlaps = overlaps;
    this.#context = context;
    this.#ends = ends;
    this.#export = new FlowExport(flows, hosts, this.conversations, this.evidence, protocols);
    this.#dialogues = new Dialogues(flows, ends, this.#export, context, settle);
    this.#payloads = new Payloads(flows, this.#dialogues, this.#export, context);
    this.#linkLayer = new LinkLayer({ moment, hosts, sightings, overlaps, flows, ends, dialogues: this.#dialogues });
    this.#share = share && new OwnShare(share, overlaps);
    this.#hearsRemarks = share === undefined || share.reader === FIRST_READER;
    const fragmentLimits = {
      datagrams: limits.fragmentedDatagrams,
      pieces: limits.fragmentsPerDatagram,
      timeout: limits.fragmentTimeout,
    };
    this.#reader = new PacketReader(fragmentLimits, (outer) => {
      hosts.sent(hosts.sourceOf(outer, FIRST_SCOPE), moment.time);
    });
  }

  /** Frames that follow come from file number `file`. */
  beginFile(file: number): void {
    this.#moment.file = file;
    this.#moment.frame = 0;
  }

  /**
   * @param forAll whether all sensors that share a reading are given the frame: whose it is they find out
   */
  frame(
    b: Uint8Array,
    at: number,
    end: number,
    wireBytes: number,
    time: number,
    link: number,
    fcsBytes: number,
    forAll = false,
  ): void {
    this.#comes(time);
    const { counters } = this;
    if (this.#shedding?.passesOver(b, at, end, link)) {
      counters.packets++;
      counters.bytes += wireBytes;
      counters.packetsShed++;
      return;
    }
    const kind = this.#reader.read(b, at, end, link, fcsBytes, time);
    const v = this.#reader.view;
    if (forAll && this.#share?.others(v, kind)) return;
    counters.packets++;
    counters.bytes += wireBytes;
    if (wireBytes > end - at) counters.cutPackets++;
    counters.tunnelled += v.tunnels;
    if (v.vlan !== 0) counters.vlanTagged++;
    if (v.hasMac && (v.destinationMacHigh & GROUP_ADDRESS) !== 0) counters.toGroups++;
    if (v.fault !== 0) counters.faults[v.fault] = (counters.faults[v.fault] as number) + 1;
    switch (kind) {
      case Kind.tcp:
        counters.tcp++;
        this.#packet(v, IpProtocol.tcp, wireBytes);
        break;
      case Kind.udp:
        counters.udp++;
        this.#packet(v, IpProtocol.udp, wireBytes);
        break;
      case Kind.ip:
        counters.otherIp++;
        if (v.fragment) this.#fragment(v, time);
        else this.#packet(v, v.protocol, wireBytes);
        break;
      case Kind.arp:
        counters.arp++;
        this.#linkLayer.arp(v);
        break;
      case Kind.ethernet:
        counters.otherEthernet++;
        this.#linkLayer.frame(v, wireBytes);
        break;
      default:
        break;
    }
  }

  /** Frames that are other sensors' count in the numbers of those that follow. */
  passedOver(frames: number): void {
    this.#moment.frame += frames;
  }

  /** A frame of the same reading came that another sensor works on: it is this late. */
  othersFrame(time: number): void {
    this.#comes(time);
  }

  #comes(time: number): void {
    const moment = this.#moment;
    if (time < moment.time || this.frames === 0) this.#turnBack(time);
    this.frames++;
    moment.time = time;
    moment.frame++;
  }

  #packet(v: PacketView, protocol: number, wireBytes: number): void {
    const { flows } = this;
    const { time } = this.#moment;
    const scope = this.overlaps.count === 0 ? FIRST_SCOPE : this.overlaps.scopeOf(v);
    const flow =
      v.family === 4
        ? flows.findIpv4(v, protocol | IPV4_KIND | (scope << SCOPE_SHIFT))
        : this.#ends.find6(v, protocol | IPV6_KIND);
    if (flows.created) this.#ends.beginPacket(v, flow, scope);
    else if (this.hosts.crowded && this.#ends.introduce(flow)) this.#sighted(v, flows.host(flow, flows.direction));
    const { direction } = flows;
    if (v.hasMac && flows.hop(flow, direction, v.sourceMacHigh, v.sourceMacLow, v.vlan, v.ttl)) {
      if (v.family === 4 && this.overlaps.seen(v, v.ttl) && this.overlaps.scopeOf(v) !== scope) {
        this.#packet(v, protocol, wireBytes); // its addresses are other devices' than they seemed: once more, in their scope
        return;
      }
      this.#sighted(v, flows.host(flow, direction));
    }
    const mark = copyMark(v, protocol === IpProtocol.tcp);
    if (flows.copied(flow, direction, mark, v.identification !== 0, time, this.limits.duplicateWindow)) {
      this.counters.duplicates++;
      return;
    }
    if (flows.count(flow, direction, wireBytes, time)) this.#firstSent(v, flow, time);
    if (protocol === IpProtocol.tcp || (protocol === IpProtocol.udp && v.payloadEnd > v.payloadAt)) {
      this.#payloads.take(v, flow, direction);
    }
  }

  /** A host that has no address yet (DHCP) is known by its MAC address. */
  #firstSent(v: PacketView, flow: number, time: number): void {
    const { hosts, flows } = this;
    hosts.sent(flows.host(flow, flows.direction), time);
    flows.begins(flow, flows.direction, this.#moment.file, this.#moment.frame);
    if (v.family === 4 && v.source0 === 0 && v.hasMac) hosts.sent(hosts.mac(v.sourceMacHigh, v.sourceMacLow), time);
  }

  #fragment(v: PacketView, time: number): void {
    this.counters.fragments++;
    const host = this.hosts.sourceOf(v, FIRST_SCOPE);
    this.hosts.sent(host, time);
    this.#sighted(v, host);
  }

  #sighted(v: PacketView, host: number): void {
    if (v.hasMac && host !== NO_HOST) this.sightings.seen(host, v.sourceMacHigh, v.sourceMacLow, v.vlan, v.ttl);
  }

  /** Time starts, or goes back: another file, or frames out of order. As long as it goes on, nobody need look. */
  #turnBack(time: number): void {
    if (this.frames > 0) this.#latestBefore = this.lastSeen;
    if (time < this.firstSeen) this.firstSeen = time;
  }

  /** Latest time of a frame, in microseconds; infinitely long ago until one has come. */
  get lastSeen(): number {
    return this.frames === 0 ? Number.NEGATIVE_INFINITY : Math.max(this.#latestBefore, this.#moment.time);
  }

  /** A flow of a linked protocol turned up where flows are shared out one by one: a reader of everything knows more. */
  get astray(): boolean {
    return this.#dialogues.astray;
  }

  /**
   * Reads one frame in `every` of the bulk transfers that are under way; 1 reads all again. Call it now and then while
   * it is needed: transfers that became large since are sampled too.
   */
  shed(every: number): void {
    if (every <= 1) {
      this.#shedding = undefined;
      return;
    }
    this.#shedding ??= new Shedding();
    this.#shedding.every = every;
    markBulk(this.#shedding, this.flows, this.#export);
  }

  dropped(frames: number): void {
    if (this.#hearsRemarks) this.counters.droppedByCapture += frames;
  }

  hostName(address: Uint8Array, name: string): void {
    if (!this.#hearsRemarks) return;
    const host = this.hosts.at(address, 0, address.length === 16 ? 16 : 4, FIRST_SCOPE);
    if (host === NO_HOST) return;
    const { time, file, frame } = this.#moment;
    this.evidence.add(host, {
      field: 'name',
      value: name,
      source: 'pcapng.name-resolution',
      confidence: 0.6, // what the capturing machine's resolver believed
      unit: -1,
      file,
      frame,
      firstSeen: time,
      lastSeen: time,
      times: 1,
    });
  }

  /** Takes all flows into the conversations: no more frames will come. */
  finish(): void {
    this.settle();
    this.flows.each((flow) => this.flows.dialogue(flow)?.flush());
    this.flows.each((flow) => this.#export.retire(flow));
  }

  /** How full its tables are. */
  get load(): Load {
    const { flows, hosts, sightings, conversations } = this;
    const { heldMessages, heldSegments, heldFacts } = this.#context;
    return {
      flows: flows.size,
      passingFlows: flows.passing,
      dialogues: flows.mostDialogues,
      hosts: hosts.count,
      sightings: sightings.count,
      conversations: conversations.all.length,
      passingConversations: conversations.passing,
      heldMessageBytes: heldMessages.mostBytes,
      heldSegmentBytes: heldSegments.mostBytes,
      heldFactBytes: heldFacts.mostBytes,
      evidenceBytes: this.evidence.bytes,
      operations: conversations.operations,
      ranges: conversations.ranges,
    };
  }

  /** What is known by now, that of open flows included. The sensor goes on as if nobody had asked. */
  picture(): Picture {
    this.settle();
    const counters = Object.assign(new Counters(), this.counters);
    const conversations = new Conversations(this.limits, counters, this.conversations);
    const evidence = new EvidenceStore(this.limits, this.evidence);
    this.flows.each((flow) => this.#export.tell(flow, conversations, evidence));
    const { hosts, sightings, firstSeen, lastSeen } = this;
    return { counters, hosts, sightings, evidence, conversations: conversations.all, firstSeen, lastSeen };
  }

  /** Works on the packets that were put off; the bytes of the frames so far are no longer needed then. */
  settle(): void {
    this.#payloads.settleAll(this.#reader.view);
  }
}
