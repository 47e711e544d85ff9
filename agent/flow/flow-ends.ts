import { IpProtocol } from '../../parsers/net/ip.ts';
import type { PacketView } from '../../parsers/net/packet-view.ts';
import { FIRST_SCOPE, type Hosts, NO_HOST } from '../facts/hosts.ts';
import { Proof } from './dialogue.ts';
import { Family, type FlowTable } from './flow-table.ts';
import type { ProtocolFinder } from './identify.ts';

/** Who a flow's two ends are, and which of them is taken for the client until something proves it. */
export class FlowEnds {
  readonly #flows: FlowTable;
  readonly #hosts: Hosts;
  readonly #finder: ProtocolFinder;

  constructor(flows: FlowTable, hosts: Hosts, finder: ProtocolFinder) {
    this.#flows = flows;
    this.#hosts = hosts;
    this.#finder = finder;
  }

  /** A flow begins with the IP packet in view. */
  beginPacket(v: PacketView, flow: number, scope: number): void {
    const hosts = this.#hosts;
    // a single packet proves nobody: where addresses are many, forged ones must leave room for those of the plant
    const onlyKnown = hosts.crowded && v.family === 4;
    if (onlyKnown) this.begin(flow, hosts.knownIpv4(v.source0, scope), hosts.knownIpv4(v.destination0, scope));
    else this.begin(flow, hosts.sourceOf(v, scope), hosts.destinationOf(v, scope));
  }

  /** A flow begins: who sent first asks, unless the ports say otherwise. A group does not ask. */
  begin(flow: number, source: number, destination: number): void {
    const flows = this.#flows;
    const { direction } = flows;
    if (direction === 0) flows.setHosts(flow, source, destination);
    else flows.setHosts(flow, destination, source);
    if (this.#isGroup(flow, (1 - direction) as 0 | 1)) {
      flows.setClient(flow, direction, Proof.port);
      return;
    }
    const server = this.#serverByPort(flow);
    if (server === 0) flows.setClient(flow, direction, Proof.firstSeen);
    else flows.setClient(flow, server === 1 ? 1 : 0, Proof.port);
  }

  /**
   * A flow goes on: gives the end that sends now the number it was not given at first; answers whether it did. Who is
   * only answered (a forger's SYN, again and again) stays without.
   */
  introduce(flow: number): boolean {
    const flows = this.#flows;
    const { direction } = flows;
    if (flows.host(flow, direction) !== NO_HOST || flows.family(flow) !== Family.ipv4) return false;
    this.#name(flow, direction);
    return true;
  }

  /** Gives both ends of an IPv4 flow numbers: what is said in it must be somebody's. */
  name(flow: number): void {
    if (this.#flows.family(flow) !== Family.ipv4) return;
    for (const direction of [0, 1] as const) {
      if (this.#flows.host(flow, direction) === NO_HOST) this.#name(flow, direction);
    }
  }

  #name(flow: number, direction: 0 | 1): void {
    const flows = this.#flows;
    const host = this.#hosts.ipv4(flows.address(flow, direction), flows.scope(flow));
    const other = flows.host(flow, (1 - direction) as 0 | 1);
    if (direction === 0) flows.setHosts(flow, host, other);
    else flows.setHosts(flow, other, host);
    if (flows.packets(flow, direction) > 0) this.#hosts.sent(host, flows.firstSeen(flow, direction));
  }

  /** The flow between the ends of the IPv6 packet in view, `kind` as `flowKind` makes it. */
  find6(v: PacketView, kind: number): number {
    const hosts = this.#hosts;
    const source = hosts.sourceOf(v, FIRST_SCOPE);
    const destination = hosts.destinationOf(v, FIRST_SCOPE);
    return this.#flows.find(source, destination, v.sourcePort, v.destinationPort, kind);
  }

  /**
   * Whether the end that would send in `direction` is a group (RFC 5771, RFC 4291 section 2.7) or a broadcast address; by
   * TCP nobody talks to all (RFC 9293, section 3.9.2.3).
   */
  #isGroup(flow: number, direction: 0 | 1): boolean {
    const flows = this.#flows;
    const address = flows.address(flow, direction);
    if (flows.family(flow) === Family.ipv4)
      return address >>> 28 >= 0xe || ((address & 0xff) === 0xff && flows.protocol(flow) !== IpProtocol.tcp);
    return flows.family(flow) === Family.ipv6 && address !== NO_HOST && this.#hosts.word(address, 0) >>> 24 === 0xff;
  }

  /** 1 when the end that sends in direction 0 is the server by its port, 2 when the other is, 0 when ports do not tell. */
  #serverByPort(flow: number): 0 | 1 | 2 {
    const flows = this.#flows;
    const protocol = flows.protocol(flow);
    const isTcp = protocol === IpProtocol.tcp;
    if (flows.family(flow) === Family.ethernet || !(isTcp || protocol === IpProtocol.udp)) return 0;
    return this.#finder.serverByPort(flows.port(flow, 0), flows.port(flow, 1), isTcp);
  }
}
