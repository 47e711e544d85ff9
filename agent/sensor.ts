import { FIRST_ETHERTYPE } from '../parsers/net/ethernet.ts';
import { PacketReader } from '../parsers/net/packet.ts';
import { ACK, FIN, Kind, type PacketView, RST, SYN } from '../parsers/net/packet-view.ts';
import { NOT_A_PDU, type Protocol, Recognition } from '../parsers/protocol.ts';
import { protocols as allProtocols } from '../parsers/registry.ts';
import type { FrameSink } from './capture/frame-sink.ts';
import { Counters } from './counters.ts';
import { Conversations, type ConversationTotals } from './facts/conversations.ts';
import { EvidenceStore } from './facts/evidence.ts';
import { Hosts, NO_HOST } from './facts/hosts.ts';
import type { Ledger } from './facts/ledger.ts';
import { Moment } from './facts/moment.ts';
import { Sightings } from './facts/sightings.ts';
import { Announcements } from './flow/announcements.ts';
import { Backlog } from './flow/backlog.ts';
import { Budget } from './flow/budget.ts';
import { Dialogue, type DialogueContext, type Exchange, Proof } from './flow/dialogue.ts';
import { copyMark } from './flow/duplicates.ts';
import { ethernetCarrier } from './flow/ethernet-carrier.ts';
import { Family, FlowTable, flowKind, SHARED_LANE } from './flow/flow-table.ts';
import { flowTotals } from './flow/flow-totals.ts';
import { firstMessage, ProtocolFinder } from './flow/identify.ts';
import { CLAIMED, Overlaps } from './flow/overlaps.ts';
import { serverByPort } from './flow/ports.ts';
import { BULK_PROTOCOLS, Shedding } from './flow/shedding.ts';
import { LIMITS, type Limits } from './limits.ts';
import { bucketAtSight, bucketOf, FIRST_READER, NO_BUCKET, onLinkedPorts, type Share } from './share.ts';

/** LINKTYPE_ETHERNET */
const ETHERNET_LINK = 1;

/** IP protocol numbers of the two transports that have ports. */
const TCP = 6;
const UDP = 17;

/** A keep-alive may repeat one byte that was sent before (RFC 9293, section 3.8.4). */
const KEEP_ALIVE_BYTES = 1;

/**
 * Payloads on a registered port that need not begin with a message of its protocol (they may be a message's middle)
 * before any other that they might begin is considered.
 */
const PATIENCE_ON_PORT = 2;

/** Packets of one direction from which on a flow is a bulk transfer. */
const BULK_PACKETS = 1000;

/** The I/G bit of a MAC address (IEEE 802, clause 8.2.2), in its first two bytes. */
const GROUP_ADDRESS = 0x0100;

/** The scope of addresses that are used once, or in the VLAN where they were met first; see Overlaps. */
const SCOPE = 0;
const IPV4_KIND = flowKind(0, Family.ipv4, SCOPE);
const SCOPE_SHIFT = 16;
const IPV6_KIND = flowKind(0, Family.ipv6, SCOPE);
const ETHERNET_KIND = flowKind(0, Family.ethernet, 0);

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
    'flows' | 'dialogues' | 'hosts' | 'sightings' | 'conversations' | 'heldMessageBytes' | 'heldSegmentBytes',
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
  readonly evidence = new EvidenceStore();
  readonly conversations: Conversations;
  readonly flows: FlowTable;
  readonly #limits: Limits;
  readonly #share: Share | undefined;
  readonly #protocols: readonly Protocol[];
  readonly #reader: PacketReader;
  #seenIn: Uint8Array = new Uint8Array(0); // the bytes that #sight is of
  #sight: DataView = new DataView(this.#seenIn.buffer);
  readonly #moment = new Moment();
  readonly #overlaps: Overlaps;
  readonly #context: DialogueContext;
  readonly #heldSegments: Budget;
  readonly #backlog: Backlog;
  #shedding: Shedding | undefined; // absent while everything is read
  /** Frames heard, those of other shares too. */
  frames = 0;
  /** A flow of a linked protocol turned up where flows are shared out one by one: a reader of everything knows more. */
  astray = false;
  /** Earliest time of a frame, in microseconds; infinite until one has come. */
  firstSeen = Number.POSITIVE_INFINITY;
  #latestBefore = Number.NEGATIVE_INFINITY; // the latest time before time last went back

  constructor({ limits = LIMITS, protocols = allProtocols, share }: SensorOptions = {}) {
    const { counters } = this;
    this.#limits = limits;
    this.#share = share;
    this.#protocols = protocols;
    this.hosts = new Hosts(limits, counters);
    this.sightings = new Sightings(limits, counters);
    this.conversations = new Conversations(limits, counters);
    this.flows = new FlowTable(limits, (flow) => {
      counters.flowsEvicted++;
      this.#settle(flow);
      this.#retire(flow);
    });
    this.#backlog = new Backlog(this.flows, this.#moment, (v, flow, direction) => this.#decode(v, flow, direction));
    this.#overlaps = new Overlaps(limits);
    this.#heldSegments = new Budget(limits.heldSegmentBytes);
    this.#context = {
      moment: this.#moment,
      limits,
      counters,
      finder: new ProtocolFinder(protocols),
      announcements: new Announcements(limits),
      hosts: this.hosts,
      heldMessages: new Budget(limits.heldMessageBytes),
      heldSegments: this.#heldSegments,
    };
    const fragmentLimits = {
      datagrams: limits.fragmentedDatagrams,
      pieces: limits.fragmentsPerDatagram,
      timeout: limits.fragmentTimeout,
    };
    this.#reader = new PacketReader(fragmentLimits, (outer) => {
      this.hosts.sent(this.hosts.sourceOf(outer, SCOPE), this.#moment.time);
    });
  }

  /** Frames that follow come from file number `file`. */
  beginFile(file: number): void {
    this.#moment.file = file;
    this.#moment.frame = 0;
  }

  frame(b: Uint8Array, at: number, end: number, wireBytes: number, time: number, link: number, fcsBytes: number): void {
    const moment = this.#moment;
    if (time < moment.time || this.frames === 0) this.#turnBack(time);
    this.frames++;
    moment.time = time;
    moment.frame++;

    const { counters } = this;
    if (this.#shedding?.passesOver(b, at, end, link)) {
      counters.packets++;
      counters.bytes += wireBytes;
      counters.packetsShed++;
      return;
    }
    const share = this.#share;
    if (share !== undefined && link === ETHERNET_LINK && fcsBytes === 0 && this.#othersAtSight(share, b, at, end))
      return;
    const kind = this.#reader.read(b, at, end, link, fcsBytes, time);
    const v = this.#reader.view;
    if (share !== undefined && share.readers[bucketOf(v, kind, share.seed)] !== share.reader) {
      this.#overheard(v, kind);
      return;
    }
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
        this.#packet(v, TCP, wireBytes);
        break;
      case Kind.udp:
        counters.udp++;
        this.#packet(v, UDP, wireBytes);
        break;
      case Kind.ip:
        counters.otherIp++;
        if (v.fragment) this.#fragment(v, time);
        else this.#packet(v, v.protocol, wireBytes);
        break;
      case Kind.arp:
        counters.arp++;
        this.#arp(v, time);
        break;
      case Kind.ethernet:
        counters.otherEthernet++;
        this.#ethernet(v, wireBytes, time);
        break;
      default:
        break;
    }
  }

  /** A frame that is another sensor's counts in the numbers of those that follow. */
  passedOver(): void {
    this.#moment.frame++;
  }

  /** Latest time of a frame, in microseconds; infinitely long ago until one has come. */
  get lastSeen(): number {
    return this.frames === 0 ? Number.NEGATIVE_INFINITY : Math.max(this.#latestBefore, this.#moment.time);
  }

  /** Time starts, or goes back: another file, or frames out of order. As long as it goes on, nobody need look. */
  #turnBack(time: number): void {
    if (this.frames > 0) this.#latestBefore = this.lastSeen;
    if (time < this.firstSeen) this.firstSeen = time;
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
    const { flows } = this;
    flows.each((flow) => {
      const large = flows.packets(flow, 0) >= BULK_PACKETS || flows.packets(flow, 1) >= BULK_PACKETS;
      if (!large || flows.family(flow) !== Family.ipv4 || !this.#isBulk(flow)) return;
      if (!flows.ignored(flow)) {
        this.#retire(flow); // its stream will have holes of our own making: they must not be told as lost packets
        flows.ignore(flow);
      }
      const [low, high] = [flows.address(flow, 0), flows.address(flow, 1)];
      const [lowPort, highPort] = [flows.port(flow, 0), flows.port(flow, 1)];
      this.#shedding?.mark(low, high, lowPort, highPort);
      this.#shedding?.mark(high, low, highPort, lowPort);
    });
  }

  /** Nothing recognised it, or it is what computers move much by. */
  #isBulk(flow: number): boolean {
    const dialogue = this.flows.dialogue(flow);
    if (dialogue === undefined) return this.flows.ignored(flow);
    return dialogue.carried.length === 0 && BULK_PROTOCOLS.has(dialogue.outer.protocol.name);
  }

  /** Whether a frame is another's, and tells nothing that all must know. */
  #othersAtSight(share: Share, b: Uint8Array, at: number, end: number): boolean {
    if (this.#seenIn !== b) {
      this.#seenIn = b;
      this.#sight = new DataView(b.buffer, b.byteOffset, b.length);
    }
    const bucket = bucketAtSight(this.#sight, at, end, share.seed);
    return bucket !== NO_BUCKET && share.readers[bucket] !== share.reader;
  }

  /** A frame that is another's tells which addresses are used twice, for that decides whose flows are whose. */
  #overheard(v: PacketView, kind: Kind): void {
    if (kind === Kind.arp) {
      if (v.source0 !== 0) this.#overlaps.seen(v, CLAIMED);
    } else if (v.family === 4 && v.vlan !== 0 && v.hasMac && !v.fragment && kind !== Kind.broken) {
      this.#overlaps.seen(v, v.ttl);
    }
  }

  /** Whether it hears what captures say of themselves. */
  get #hearsRemarks(): boolean {
    return this.#share === undefined || this.#share.reader === FIRST_READER;
  }

  dropped(frames: number): void {
    if (this.#hearsRemarks) this.counters.droppedByCapture += frames;
  }

  hostName(address: Uint8Array, name: string): void {
    if (!this.#hearsRemarks) return;
    const host = this.hosts.at(address, 0, address.length === 16 ? 16 : 4, SCOPE);
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
    this.flows.each((flow) => this.#retire(flow));
  }

  /** Its ceilings. */
  get limits(): Limits {
    return this.#limits;
  }

  /** How full its tables are. */
  get load(): Load {
    const { flows, hosts, sightings, conversations } = this;
    const { heldMessages, heldSegments } = this.#context;
    return {
      flows: flows.size,
      dialogues: flows.mostDialogues,
      hosts: hosts.count,
      sightings: sightings.count,
      conversations: conversations.all.length,
      heldMessageBytes: heldMessages.mostBytes,
      heldSegmentBytes: heldSegments.mostBytes,
    };
  }

  /** What is known by now, that of open flows included. The sensor goes on as if nobody had asked. */
  picture(): Picture {
    this.settle();
    const counters = Object.assign(new Counters(), this.counters);
    const conversations = new Conversations(this.#limits, counters, this.conversations);
    const evidence = new EvidenceStore(this.evidence);
    this.flows.each((flow) => this.#tell(flow, conversations, evidence));
    const { hosts, sightings, firstSeen, lastSeen } = this;
    return { counters, hosts, sightings, evidence, conversations: conversations.all, firstSeen, lastSeen };
  }

  /** Works on the packets that were put off; the bytes of the frames so far are no longer needed then. */
  settle(): void {
    this.#backlog.settleAll(this.#reader.view);
  }

  /** The same for one flow. */
  #settle(flow: number): void {
    this.#backlog.settle(this.flows.lane(flow), this.#reader.view);
  }

  #packet(v: PacketView, protocol: number, wireBytes: number): void {
    const { flows } = this;
    const { time } = this.#moment;
    const scope = this.#overlaps.count === 0 ? SCOPE : this.#overlaps.scopeOf(v);
    const flow =
      v.family === 4 ? flows.findIpv4(v, protocol | IPV4_KIND | (scope << SCOPE_SHIFT)) : this.#find6(v, protocol);
    if (flows.created) this.#beginPacket(v, flow, scope);
    else if (this.hosts.crowded) this.#introduce(v, flow);
    const { direction } = flows;
    if (v.hasMac && flows.hop(flow, direction, v.sourceMacHigh, v.sourceMacLow, v.vlan, v.ttl)) {
      if (v.family === 4 && this.#overlaps.seen(v, v.ttl) && this.#overlaps.scopeOf(v) !== scope) {
        this.#packet(v, protocol, wireBytes); // its addresses are other devices' than they seemed: once more, in their scope
        return;
      }
      this.#sighted(v, flows.host(flow, direction));
    }
    const mark = copyMark(v, protocol === TCP);
    if (flows.copied(flow, direction, mark, v.identification !== 0, time, this.#limits.duplicateWindow)) {
      this.counters.duplicates++;
      return;
    }
    if (flows.count(flow, direction, wireBytes, time)) this.#firstSent(v, flow, time);
    if (protocol === TCP || (protocol === UDP && v.payloadEnd > v.payloadAt)) this.#heard(v, flow, direction);
  }

  /** Puts off the packets of a flow under decode; others are looked at now. */
  #heard(v: PacketView, flow: number, direction: 0 | 1): void {
    const { flows } = this;
    const dialogue = flows.dialogue(flow);
    if (flows.firstWaiting(flows.lane(flow)) === 0) {
      if (flows.protocol(flow) === TCP && v.payloadEnd - v.payloadAt + v.missingBytes === 0 && (v.flags & SYN) === 0) {
        if (dialogue === undefined || (dialogue.heardBoth && this.#heldSegments.usedBytes === 0)) return;
      }
      if (dialogue === undefined) {
        this.#backlog.settle(SHARED_LANE, v); // it may turn out to be linked with those
        this.#decode(v, flow, direction);
        return;
      }
    }
    this.#backlog.add(v, flow, direction);
  }

  #decode(v: PacketView, flow: number, direction: 0 | 1): void {
    if (this.flows.protocol(flow) === TCP) this.#tcp(v, flow, direction);
    else this.#udp(v, flow, direction);
  }

  /** A host that has no address yet (DHCP) is known by its MAC address. */
  #firstSent(v: PacketView, flow: number, time: number): void {
    const { hosts, flows } = this;
    hosts.sent(flows.host(flow, flows.direction), time);
    flows.begins(flow, flows.direction, this.#moment.file, this.#moment.frame);
    if (v.family === 4 && v.source0 === 0 && v.hasMac) hosts.sent(hosts.mac(v.sourceMacHigh, v.sourceMacLow), time);
  }

  #find6(v: PacketView, protocol: number): number {
    const { hosts } = this;
    const source = hosts.sourceOf(v, SCOPE);
    const destination = hosts.destinationOf(v, SCOPE);
    return this.flows.find(source, destination, v.sourcePort, v.destinationPort, protocol | IPV6_KIND);
  }

  #sighted(v: PacketView, host: number): void {
    if (host !== NO_HOST) this.sightings.seen(host, v.sourceMacHigh, v.sourceMacLow, v.vlan, v.ttl);
  }

  #beginPacket(v: PacketView, flow: number, scope: number): void {
    const { hosts } = this;
    // a single packet proves nobody: where addresses are many, forged ones must leave room for those of the plant
    const onlyKnown = hosts.crowded && v.family === 4;
    if (onlyKnown) this.#begin(flow, hosts.knownIpv4(v.source0, scope), hosts.knownIpv4(v.destination0, scope));
    else this.#begin(flow, hosts.sourceOf(v, scope), hosts.destinationOf(v, scope));
  }

  /** A flow that goes on gets numbers for its ends, if it has none yet. */
  #introduce(v: PacketView, flow: number): void {
    if (!this.#name(flow)) return;
    if (v.hasMac) this.#sighted(v, this.flows.host(flow, this.flows.direction));
  }

  /** Gives the ends of an IPv4 flow numbers; answers whether one had none. */
  #name(flow: number): boolean {
    const { flows, hosts } = this;
    if (flows.host(flow, 0) !== NO_HOST && flows.host(flow, 1) !== NO_HOST) return false;
    if (flows.family(flow) !== Family.ipv4) return false;
    const scope = flows.scope(flow);
    flows.setHosts(flow, hosts.ipv4(flows.address(flow, 0), scope), hosts.ipv4(flows.address(flow, 1), scope));
    for (const direction of [0, 1] as const) {
      if (flows.packets(flow, direction) > 0) hosts.sent(flows.host(flow, direction), flows.firstSeen(flow, direction));
    }
    return true;
  }

  /** A new flow: who sent first asks, unless the ports say otherwise. */
  #begin(flow: number, source: number, destination: number): void {
    const { flows } = this;
    const { direction } = flows;
    if (direction === 0) flows.setHosts(flow, source, destination);
    else flows.setHosts(flow, destination, source);
    const server = this.#serverByPort(flow);
    if (server === 0) flows.setClient(flow, direction, Proof.firstSeen);
    else flows.setClient(flow, server === 1 ? 1 : 0, Proof.port);
  }

  /** 1 when the end that sends in direction 0 is the server by its port, 2 when the other is, 0 when ports do not tell. */
  #serverByPort(flow: number): 0 | 1 | 2 {
    const { flows } = this;
    const protocol = flows.protocol(flow);
    if (flows.family(flow) === Family.ethernet || (protocol !== TCP && protocol !== UDP)) return 0;
    const { finder } = this.#context;
    const first = finder.registered(flows.port(flow, 0), protocol === TCP) !== undefined;
    const second = finder.registered(flows.port(flow, 1), protocol === TCP) !== undefined;
    if (first !== second) return first ? 1 : 2;
    return serverByPort(flows.port(flow, 0), flows.port(flow, 1));
  }

  #tcp(v: PacketView, flow: number, direction: 0 | 1): void {
    const { flows } = this;
    let dialogue = flows.dialogue(flow);
    if ((v.flags & (SYN | FIN | RST)) === SYN) {
      const client = (v.flags & ACK) === 0 ? direction : ((1 - direction) as 0 | 1);
      const opens = flows.syn(flow, direction, v.sequence);
      if (opens) {
        flows.setClient(flow, client, Proof.syn);
        if (dialogue !== undefined) {
          dialogue.client = client;
          dialogue.proof = Proof.syn;
          dialogue.open(direction, flows.firstSequence(flow, direction));
        } else {
          flows.reconsider(flow);
        }
      }
      return;
    }
    if (dialogue !== undefined && (v.flags & ACK) !== 0) {
      // only where something waits, or is expected, is it news what the other side has got
      if (this.#heldSegments.usedBytes > 0 || !dialogue.heardBoth) dialogue.acknowledged(direction, v.acknowledgment);
    }
    const bytes = v.payloadEnd - v.payloadAt;
    if (bytes + v.missingBytes === 0) return;
    if (dialogue === undefined) {
      if (flows.ignored(flow)) return;
      dialogue = this.#identify(v, flow, true);
      if (dialogue === undefined) return;
      if ((v.flags & ACK) !== 0) dialogue.acknowledged(direction, v.acknowledgment);
    }
    dialogue.segment(direction, v.sequence, v.bytes, v.payloadAt, v.payloadEnd, v.missingBytes);
    this.#weigh(flow, dialogue);
  }

  #udp(v: PacketView, flow: number, direction: 0 | 1): void {
    const { flows } = this;
    let dialogue = flows.dialogue(flow);
    if (dialogue === undefined) {
      if (flows.ignored(flow)) return;
      dialogue = this.#identify(v, flow, false);
      if (dialogue === undefined) return;
    }
    dialogue.datagram(direction, v.bytes, v.payloadAt, v.payloadEnd);
    this.#weigh(flow, dialogue);
  }

  /** Ends a dialogue that turned out to be another protocol's, or that has told all it can. */
  #weigh(flow: number, dialogue: Dialogue): void {
    const { outer } = dialogue;
    if (outer.confirmed && !outer.finished) return;
    if (dialogue.hopeless) {
      dialogue.close();
      this.flows.clearDialogue(flow);
      this.flows.attempt(flow);
    } else if (outer.confirmed && outer.finished) {
      this.flows.setClient(flow, dialogue.client, dialogue.proof);
      this.#retire(flow);
      this.flows.ignore(flow);
    }
  }

  /** Opens a dialogue with the protocol that the payload in view seems to be of. */
  #identify(v: PacketView, flow: number, isTcp: boolean): Dialogue | undefined {
    const { flows } = this;
    const { finder } = this.#context;
    const server = flows.port(flow, (1 - flows.client(flow)) as 0 | 1);
    const client = flows.port(flow, flows.client(flow));
    const registered = finder.registered(server, isTcp) ?? finder.registered(client, isTcp);
    const onPort = registered !== undefined && this.#mayBegin(registered, v, flow, isTcp);
    const atLeast =
      registered !== undefined && flows.attempts(flow) < PATIENCE_ON_PORT ? Recognition.certain : Recognition.possible;
    const protocol = onPort ? registered : finder.byStructure(v.bytes, v.payloadAt, v.payloadEnd, isTcp, atLeast);
    if (protocol === undefined) {
      const { identificationAttempts, identificationAttemptsOnPort } = this.#limits;
      const limit = registered === undefined ? identificationAttempts : identificationAttemptsOnPort;
      if (flows.attempt(flow) >= limit) flows.ignore(flow);
      return undefined;
    }
    if (this.hosts.crowded) this.#name(flow); // what is said must be somebody's
    if (protocol.linked === true && !onLinkedPorts(client, server)) this.astray = true;
    if (flows.dialogues >= this.#limits.dialogues) this.#evictDialogue();
    const ends: [number, number] = [flows.host(flow, 0), flows.host(flow, 1)];
    const dialogue = new Dialogue(protocol, onPort, ends, flows.client(flow), flows.proof(flow), this.#context);
    if (isTcp) {
      for (const direction of [0, 1] as const) {
        if (flows.synSeen(flow, direction)) dialogue.open(direction, flows.firstSequence(flow, direction));
      }
    }
    flows.setDialogue(flow, dialogue);
    return dialogue;
  }

  /** Whether the payload in view may begin a message of `protocol`; the start of a connection may be a mere piece of it. */
  #mayBegin(protocol: Protocol, v: PacketView, flow: number, isTcp: boolean): boolean {
    const { stream } = protocol;
    const { bytes, payloadAt, payloadEnd } = v;
    if (!isTcp) return firstMessage(protocol, bytes, payloadAt, payloadEnd) !== Recognition.no;
    if (stream === undefined) return protocol.recognise(bytes, payloadAt, payloadEnd) !== Recognition.no;
    if (payloadEnd - payloadAt >= stream.headerBytes && stream.frame(bytes, payloadAt) !== NOT_A_PDU) return true;
    const { flows } = this;
    const { direction } = flows;
    // too short to tell, but more than a keep-alive: the stream waits for the rest of the header
    if (!flows.synSeen(flow, direction)) {
      return payloadEnd - payloadAt < stream.headerBytes && payloadEnd - payloadAt > KEEP_ALIVE_BYTES;
    }
    const ahead = (v.sequence - flows.firstSequence(flow, direction)) | 0;
    if (ahead === 0) return payloadEnd - payloadAt < stream.headerBytes;
    // a piece of the first message came before the one it begins with: the stream will put them in order
    return ahead > 0 && ahead < stream.maxPduBytes && flows.attempts(flow) === 0;
  }

  #evictDialogue(): void {
    const { flows } = this;
    const flow = flows.idlestDialogue();
    if (flow === 0) return;
    this.counters.dialoguesEvicted++;
    this.#settle(flow);
    if (flows.dialogue(flow) === undefined) return;
    this.#retire(flow);
    flows.reconsider(flow);
  }

  #fragment(v: PacketView, time: number): void {
    this.counters.fragments++;
    const host = this.hosts.sourceOf(v, SCOPE);
    this.hosts.sent(host, time);
    if (v.hasMac) this.#sighted(v, host);
  }

  /** The sender of an ARP packet says which MAC address is its own (RFC 826); a probe has no address yet (RFC 5227). */
  #arp(v: PacketView, time: number): void {
    const mac = this.hosts.mac(v.sourceMacHigh, v.sourceMacLow);
    this.hosts.sent(mac, time);
    if (v.source0 === 0) return;
    this.#overlaps.seen(v, CLAIMED);
    const scope = this.#overlaps.count === 0 ? SCOPE : this.#overlaps.scopeOf(v);
    const host = this.hosts.ipv4(v.source0, scope);
    if (host === NO_HOST) return;
    this.hosts.sent(host, time);
    this.sightings.claim(host, v.sourceMacHigh, v.sourceMacLow, v.vlan);
  }

  #ethernet(v: PacketView, wireBytes: number, time: number): void {
    if (!v.hasMac) return;
    const { hosts, flows } = this;
    const source = hosts.mac(v.sourceMacHigh, v.sourceMacLow);
    const destination = hosts.mac(v.destinationMacHigh, v.destinationMacLow);
    if (source === NO_HOST || destination === NO_HOST) return;
    const type = v.etherType < FIRST_ETHERTYPE ? 0 : v.etherType;
    const flow = flows.find(source, destination, type, type, ETHERNET_KIND);
    const { direction } = flows;
    if (flows.created) this.#begin(flow, source, destination);
    if (flows.count(flow, direction, wireBytes, time)) {
      hosts.sent(source, time);
      flows.begins(flow, direction, this.#moment.file, this.#moment.frame);
    }
    let dialogue = flows.dialogue(flow);
    if (dialogue === undefined) {
      if (flows.ignored(flow)) return;
      const carrier = ethernetCarrier(type);
      if (!this.#context.finder.carries(carrier.name)) {
        flows.ignore(flow);
        return;
      }
      if (flows.dialogues >= this.#limits.dialogues) this.#evictDialogue();
      const ends: [number, number] = [flows.host(flow, 0), flows.host(flow, 1)];
      dialogue = new Dialogue(carrier, true, ends, flows.client(flow), flows.proof(flow), this.#context);
      flows.setDialogue(flow, dialogue);
    }
    dialogue.message(v.bytes, v.payloadAt, v.payloadEnd, direction);
  }

  /** Takes a flow's packets and facts into its conversation, and the flow starts from nothing. */
  #retire(flow: number): void {
    const { flows } = this;
    flows.dialogue(flow)?.close();
    const [first] = this.#tell(flow, this.conversations, this.evidence);
    if (first !== undefined) flows.setKnownProtocol(flow, this.#protocols.indexOf(first.protocol) + 1);
    flows.clearDialogue(flow);
    flows.resetCounts(flow);
  }

  /** Adds a flow's packets and facts to its conversation and hosts; answers what it spoke. */
  #tell(flow: number, conversations: Conversations, evidence: EvidenceStore): readonly Exchange[] {
    const { flows, hosts } = this;
    const dialogue = flows.dialogue(flow);
    for (const direction of [0, 1] as const) {
      if (flows.packets(flow, direction) > 0) hosts.sent(flows.host(flow, direction), flows.lastSeen(flow, direction));
    }
    const exchanges: Exchange[] = [];
    if (dialogue !== undefined) {
      const carried = dialogue.carried.filter((exchange) => exchange.confirmed);
      // a carrier's own operations (connection upkeep) are told only when nothing it carries is known
      if (carried.length > 0) exchanges.push(...carried);
      else if (dialogue.outer.confirmed && flows.family(flow) !== Family.ethernet) exchanges.push(dialogue.outer);
      if (dialogue.outer.confirmed) keepEvidence(dialogue.outer.ledger, evidence);
      for (const exchange of carried) keepEvidence(exchange.ledger, evidence);
    }
    const known = exchanges[0]?.protocol ?? this.#protocols[flows.knownProtocol(flow) - 1];
    const totals = flowTotals(flows, flow, dialogue);
    if (totals.packetsFromClient + totals.packetsFromServer > 0 || exchanges.length > 0) {
      conversations.add(totals, exchanges, known);
    }
    return exchanges;
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
