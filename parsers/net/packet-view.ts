/** What a packet's headers say, in one object that is filled anew for each packet. */

/** What a frame turned out to hold. */
export const Kind = {
  /** Its headers are broken, cut too short, or of a link type nobody here knows: see `PacketView.fault`. */
  broken: 0,
  tcp: 1,
  udp: 2,
  /** IP with another transport (ICMP, IGMP, OSPF…), or a fragment whose datagram is not whole (yet). */
  ip: 3,
  arp: 4,
  /** A protocol straight on Ethernet: `etherType` or, below 0x600, an LLC frame. */
  ethernet: 5,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Why a frame could not be read to its transport. Indices of FAULTS. */
export const Fault = {
  none: 0,
  cutLinkHeader: 1,
  cutIpHeader: 2,
  badIpHeader: 3,
  cutTransportHeader: 4,
  badTransportHeader: 5,
  unknownLinkType: 6,
  tooManyLayers: 7,
} as const;
export type Fault = (typeof Fault)[keyof typeof Fault];

/** The faults in words, for counters and reports. */
export const FAULTS = [
  'none',
  'cut within the link layer header',
  'cut within the IP header',
  'bad IP header',
  'cut within the transport header',
  'bad transport header',
  'unknown link type',
  'too many layers',
] as const;

/** TCP flags (RFC 9293, section 3.1). */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

/**
 * One packet's headers, innermost where there are tunnels. Addresses are signed 32-bit words as they stand in the
 * packet: an IPv4 address is `source0` alone, an IPv6 address `source0` to `source3`; a MAC address is its first
 * two bytes (`…High`) and its last four (`…Low`).
 */
export class PacketView {
  /** Where the transport's payload lies; reassembled fragments lie in a buffer of their own. */
  bytes: Uint8Array = new Uint8Array(0);
  payloadAt = 0;
  payloadEnd = 0;
  /** Payload bytes that were on the wire but not in the capture (cut by the snap length). */
  missingBytes = 0;

  /** The frame has MAC addresses that belong to this packet's hop (a tunnel's inner packet may have none). */
  hasMac = false;
  sourceMacHigh = 0;
  sourceMacLow = 0;
  destinationMacHigh = 0;
  destinationMacLow = 0;
  /** Innermost VLAN id, 0 when untagged (or only priority-tagged). */
  vlan = 0;
  /** EtherType, or the length field of an LLC frame (below 0x600). */
  etherType = 0;

  /** 4, 6, or 0 when there is no IP header. */
  family: 0 | 4 | 6 = 0;
  source0 = 0;
  source1 = 0;
  source2 = 0;
  source3 = 0;
  destination0 = 0;
  destination1 = 0;
  destination2 = 0;
  destination3 = 0;
  ttl = 0;
  /** IPv4 identification; 0 for IPv6. */
  identification = 0;
  /** IP protocol number of what the packet carries. */
  protocol = 0;
  /** The packet is a piece of a fragmented datagram that is not whole (yet). */
  fragment = false;

  sourcePort = 0;
  destinationPort = 0;
  sequence = 0;
  acknowledgment = 0;
  flags = 0;
  /** TCP or UDP checksum as it stands in the packet (never verified: offload leaves it unset). */
  checksum = 0;

  /** ARP: 1 request, 2 reply; its sender's and target's addresses are in source and destination. */
  arpOperation = 0;

  /** Tunnels around this packet. */
  tunnels = 0;
  fault: Fault = Fault.none;

  /** Forgets the packet before. */
  reset(): void {
    this.forget();
    this.hasMac = false;
    this.vlan = 0;
    this.etherType = 0;
    this.family = 0;
    this.protocol = 0;
    this.sourcePort = 0;
    this.destinationPort = 0;
  }

  /** Forgets what the common frame never has. */
  forget(): void {
    this.fragment = false;
    this.missingBytes = 0;
    this.tunnels = 0;
    this.fault = Fault.none;
  }
}
