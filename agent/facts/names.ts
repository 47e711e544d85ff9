/** Names of what is not decoded: EtherTypes and IP protocols (IANA), as reports and policies write them. */

const ETHER_TYPES: ReadonlyMap<number, string> = new Map([
  [0x0842, 'wake-on-lan'],
  [0x22e3, 'homeplug'],
  [0x22f0, 'avtp'],
  [0x6002, 'mop'],
  [0x8137, 'ipx'],
  [0x8809, 'slow-protocols'],
  [0x886d, 'intel-ans'],
  [0x887b, 'homeplug'],
  [0x888e, 'eapol'],
  [0x8892, 'profinet'],
  [0x8899, 'realtek'],
  [0x88a4, 'ethercat'],
  [0x88ab, 'powerlink'],
  [0x88b8, 'goose'],
  [0x88b9, 'gse-management'],
  [0x88ba, 'sampled-values'],
  [0x88cc, 'lldp'],
  [0x88cd, 'sercos-iii'],
  [0x88e1, 'homeplug-av'],
  [0x88e3, 'mrp'],
  [0x88f7, 'ptp'],
  [0x88fb, 'prp'],
  [0x8902, 'cfm'],
  [0x892f, 'hsr'],
  [0x8100, 'vlan'],
  [0x9000, 'loopback'],
]);

const IP_PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [2, 'igmp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [88, 'eigrp'],
  [89, 'ospf'],
  [103, 'pim'],
  [112, 'vrrp'],
  [132, 'sctp'],
]);

/** The IP protocols that have a name. */
export const IP_PROTOCOL_NAMES: readonly string[] = [...IP_PROTOCOLS.values()];

/** The name of a protocol straight on Ethernet by its EtherType; below 0x600 it is a length and LLC follows. */
export function etherTypeName(type: number): string {
  if (type < 0x600) return 'llc';
  return ETHER_TYPES.get(type) ?? `eth/0x${type.toString(16).padStart(4, '0')}`;
}

/** The name of an IP protocol other than TCP and UDP by its number. */
export function ipProtocolName(protocol: number): string {
  return IP_PROTOCOLS.get(protocol) ?? `ip/${protocol}`;
}
