/** Annotated headers of every link type and tunnel around one datagram, and what must be found in each. */
import { ipv4, udp } from '../fixtures/plant/frames.ts';
import { hex } from './support.ts';

const UDP = 17;
const DATAGRAM = udp('10.0.0.1', '10.0.0.2', 40_000, 502, hex('6669656c64'));
export const PACKET = ipv4('10.0.0.1', '10.0.0.2', 64, 7, UDP, DATAGRAM);
const FOUND = 'udp 10.0.0.1:40000 > 10.0.0.2:502 6669656c64';

/** fd00::1 and fd00::2 */
const V6_ENDS = 'fd000000000000000000000000000001 fd000000000000000000000000000002';
const FOUND_V6 = 'udp [fd00::1]:40000 > [fd00::2]:502 6669656c64';

export const MACS = '020000000002 020000000001 ; destination, source';
export const FROM = ' from 02:00:00:00:00:01';
const OUTER_MACS = '020000000004 020000000003';

/** Bytes of annotated hexadecimal digits and of packets. */
export function bytes(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts.map((part) => (typeof part === 'string' ? hex(part) : part))));
}

export const u16 = (value: number) => value.toString(16).padStart(4, '0');

/** An IPv6 packet, its payload length set. */
export const ipv6 = (nextHeader: string, ...payload: readonly (string | Uint8Array)[]): Uint8Array => {
  const body = bytes(...payload);
  return bytes(`60000000 ${u16(body.length)} ${nextHeader} 40 ${V6_ENDS}`, body);
};
const PACKET_V6 = ipv6('11', DATAGRAM);

/** An IPv4 packet from 192.0.2.1 to 192.0.2.2 around another, as tunnels have it. */
export const outer = (protocol: number, ...payload: readonly (string | Uint8Array)[]) =>
  ipv4('192.0.2.1', '192.0.2.2', 64, 9, protocol, bytes(...payload));
const outerUdp = (port: number, ...payload: readonly (string | Uint8Array)[]) =>
  outer(UDP, udp('192.0.2.1', '192.0.2.2', 50_000, port, bytes(...payload)));

const GRE = 47;
export const FRAME = bytes(MACS, '0800', PACKET);

export const ETHERNET_FRAMES: readonly (readonly [title: string, frame: Uint8Array, found: string])[] = [
  ['Ethernet II', FRAME, FOUND + FROM],
  ['padding', bytes(FRAME, '00'.repeat(13)), FOUND + FROM],
  ['802.1Q', bytes(MACS, '8100 a064 ; priority 5, VLAN 100', '0800', PACKET), `${FOUND} vlan 100${FROM}`],
  ['a priority tag', bytes(MACS, '8100 e000 0800', PACKET), FOUND + FROM],
  ['QinQ by 802.1ad', bytes(MACS, '88a8 0064 8100 00c8 0800', PACKET), `${FOUND} vlan 200${FROM}`],
  ['QinQ by 0x9100', bytes(MACS, '9100 0064 8100 00c8 0800', PACKET), `${FOUND} vlan 200${FROM}`],
  ['QinQ by 0x9200', bytes(MACS, '9200 0064 8100 00c8 0800', PACKET), `${FOUND} vlan 200${FROM}`],
  ['QinQ by 0x8100 twice', bytes(MACS, '8100 0064 8100 00c8 0800', PACKET), `${FOUND} vlan 200${FROM}`],
  ['SNAP', bytes(MACS, '0029 ; length', 'aaaa03 000000 0800', PACKET), FOUND + FROM],
  ['other LLC, its padding', bytes(MACS, '0004 42420300 0000'), `ethernet type 0x0004 42420300${FROM}`],
  ['a protocol of its own', bytes(MACS, '88cc 0207'), `ethernet type 0x88cc 0207${FROM}`],
  ['IPv6', bytes(MACS, '86dd', PACKET_V6), FOUND_V6 + FROM],
  ['PPPoE', bytes(MACS, `8864 11 00 0001 ${u16(PACKET.length + 2)} 0021`, PACKET), FOUND + FROM],
  ['PPPoE, padded', bytes(MACS, `8864 11 00 0001 ${u16(PACKET.length + 2)} 0021`, PACKET, '000000'), FOUND + FROM],
  ['MPLS', bytes(MACS, '8847 00064140 ; label 100, bottom of the stack', PACKET), FOUND + FROM],
  ['MPLS, two labels', bytes(MACS, '8847 00064040 00065140', PACKET), FOUND + FROM],
  ['MPLS, IPv6 below', bytes(MACS, '8848 00064140', PACKET_V6), FOUND_V6 + FROM],
  [
    'an Ethernet pseudowire with control word',
    bytes(OUTER_MACS, '8847 00064140 00000000 ; control word', FRAME),
    FOUND + FROM,
  ],
  [
    'IPv4 options',
    bytes(MACS, `0800 46 00 ${u16(DATAGRAM.length + 24)} 0007 4000 40 11 0000 0a000001 0a000002 01010100`, DATAGRAM),
    FOUND + FROM,
  ],
  [
    'a total length of 0, as offload leaves it',
    bytes(MACS, '0800 45 00 0000 0007 4000 40 11 0000 0a000001 0a000002', DATAGRAM),
    FOUND + FROM,
  ],
  ['GRE', bytes(OUTER_MACS, '0800', outer(GRE, '0000 0800', PACKET)), `${FOUND} in 1 tunnel`],
  [
    'GRE with checksum, key and sequence number',
    bytes(OUTER_MACS, '0800', outer(GRE, 'b000 0800 00000000 00000001 00000002', PACKET)),
    `${FOUND} in 1 tunnel`,
  ],
  [
    'GRE with an Ethernet frame',
    bytes(OUTER_MACS, '0800', outer(GRE, '0000 6558', FRAME)),
    `${FOUND}${FROM} in 1 tunnel`,
  ],
  [
    'PPTP',
    bytes(OUTER_MACS, '0800', outer(GRE, '3081 880b 0025 0001 00000001 00000002 ff03 0021', PACKET)),
    `${FOUND} in 1 tunnel`,
  ],
  ['GRE with MPLS', bytes(OUTER_MACS, '0800', outer(GRE, '0000 8847 00064140', PACKET)), `${FOUND} in 1 tunnel`],
  ['ERSPAN I', bytes(OUTER_MACS, '0800', outer(GRE, '0000 88be', FRAME)), `${FOUND}${FROM} in 1 tunnel`],
  [
    'ERSPAN II',
    bytes(OUTER_MACS, '0800', outer(GRE, '1000 88be 00000001 1064 0001 00000000', FRAME)),
    `${FOUND}${FROM} in 1 tunnel`,
  ],
  [
    'ERSPAN III',
    bytes(OUTER_MACS, '0800', outer(GRE, '1000 22eb 00000001 20640001 00000000 00000000', FRAME)),
    `${FOUND}${FROM} in 1 tunnel`,
  ],
  [
    'ERSPAN III with subheader',
    bytes(OUTER_MACS, '0800', outer(GRE, '1000 22eb 00000001 20640001 00000000 00000001 0000000000000000', FRAME)),
    `${FOUND}${FROM} in 1 tunnel`,
  ],
  ['VXLAN', bytes(OUTER_MACS, '0800', outerUdp(4789, '08 000000 00000a 00', FRAME)), `${FOUND}${FROM} in 1 tunnel`],
  [
    'VXLAN on the port of Linux, a VLAN inside',
    bytes(OUTER_MACS, '0800', outerUdp(8472, '08 000000 00000a 00', MACS, '8100 0005 0800', PACKET)),
    `${FOUND} vlan 5${FROM} in 1 tunnel`,
  ],
  [
    'what is no VXLAN on its port',
    bytes(OUTER_MACS, '0800', outerUdp(4789, '00'.repeat(22))),
    `udp 192.0.2.1:50000 > 192.0.2.2:4789 ${'00'.repeat(22)} from 02:00:00:00:00:03`,
  ],
  ['Geneve', bytes(OUTER_MACS, '0800', outerUdp(6081, '00 00 6558 000001 00', FRAME)), `${FOUND}${FROM} in 1 tunnel`],
  [
    'Geneve with an option, IPv4 inside',
    bytes(OUTER_MACS, '0800', outerUdp(6081, '01 00 0800 000001 00 00000000', PACKET)),
    `${FOUND} in 1 tunnel`,
  ],
  ['IP in IP', bytes(OUTER_MACS, '0800', outer(4, PACKET)), `${FOUND} in 1 tunnel`],
  ['IPv6 in IPv4', bytes(OUTER_MACS, '0800', outer(41, PACKET_V6)), `${FOUND_V6} in 1 tunnel`],
  ['IPv4 in IPv6', bytes(OUTER_MACS, '86dd', ipv6('04', PACKET)), `${FOUND} in 1 tunnel`],
  ['MPLS in IP', bytes(OUTER_MACS, '0800', outer(137, '00064140', PACKET)), `${FOUND} in 1 tunnel`],
  [
    'GRE in VXLAN in IP in IP',
    bytes(
      OUTER_MACS,
      '0800',
      outer(4, outerUdp(4789, '08 000000 00000a 00', OUTER_MACS, '0800', outer(GRE, '0000 0800', PACKET))),
    ),
    `${FOUND} in 3 tunnels`,
  ],
  ['hop-by-hop options', bytes(MACS, '86dd', ipv6('00', '11 00 050200000100', DATAGRAM)), FOUND_V6 + FROM],
  ['a routing header', bytes(MACS, '86dd', ipv6('2b', '11 00 04 00 00000000', DATAGRAM)), FOUND_V6 + FROM],
  [
    'destination options of 16 bytes',
    bytes(MACS, '86dd', ipv6('3c', `11 01 010c ${'00'.repeat(12)}`, DATAGRAM)),
    FOUND_V6 + FROM,
  ],
  [
    'an authentication header',
    bytes(MACS, '86dd', ipv6('33', '11 02 0000 00000001 00000001 00000000', DATAGRAM)),
    FOUND_V6 + FROM,
  ],
  ['an atomic fragment', bytes(MACS, '86dd', ipv6('2c', '11 00 0000 00000007', DATAGRAM)), FOUND_V6 + FROM],
  [
    'several extension headers',
    bytes(MACS, '86dd', ipv6('00', '3c 00 050200000100', '2b 00 010400000000', '11 00 04 00 00000000', DATAGRAM)),
    FOUND_V6 + FROM,
  ],
  [
    'an ARP request',
    bytes(MACS, '0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002'),
    `arp 10.0.0.1 > 10.0.0.2${FROM}`,
  ],
  [
    'ICMP',
    bytes(MACS, '0800', ipv4('10.0.0.1', '10.0.0.2', 64, 7, 1, hex('0800f7ff00000000'))),
    `ip 10.0.0.1 > 10.0.0.2 protocol 1${FROM}`,
  ],
];

export const LINK_FRAMES: readonly (readonly [title: string, link: number, frame: Uint8Array, found: string])[] = [
  ['Linux cooked', 113, bytes('0000 0001 0006 020000000001 0000 0800', PACKET), FOUND + FROM],
  [
    'Linux cooked, a VLAN inside',
    113,
    bytes('0000 0001 0006 020000000001 0000 8100 0064 0800', PACKET),
    `${FOUND} vlan 100${FROM}`,
  ],
  ['Linux cooked, loopback', 113, bytes('0000 0304 0006 000000000000 0000 0800', PACKET), FOUND],
  ['Linux cooked, no Ethernet', 113, bytes('0004 0200 0000 0000000000000000 0800', PACKET), FOUND],
  ['Linux cooked 2', 276, bytes('0800 0000 00000003 0001 00 06 020000000001 0000', PACKET), FOUND + FROM],
  ['raw IP', 101, PACKET, FOUND],
  ['raw IPv6', 101, PACKET_V6, FOUND_V6],
  ['raw IP by its old number', 12, PACKET, FOUND],
  ['raw IP of OpenBSD', 14, PACKET, FOUND],
  ['IPv4', 228, PACKET, FOUND],
  ['IPv6', 229, PACKET_V6, FOUND_V6],
  ['BSD loopback, little-endian', 0, bytes('02000000', PACKET), FOUND],
  ['BSD loopback, big-endian', 0, bytes('00000002', PACKET), FOUND],
  ['OpenBSD loopback', 108, bytes('00000002', PACKET), FOUND],
  ...(['18', '1c', '1e', '0a'] as const).flatMap(
    (family) =>
      [
        [`BSD loopback, IPv6 as 0x${family}, little-endian`, 0, bytes(`${family}000000`, PACKET_V6), FOUND_V6],
        [`BSD loopback, IPv6 as 0x${family}, big-endian`, 0, bytes(`000000${family}`, PACKET_V6), FOUND_V6],
      ] as const,
  ),
  ['PPP', 9, bytes('ff03 0021', PACKET), FOUND],
  ['PPP without address and control', 9, bytes('0021', PACKET), FOUND],
  ['PPP with a short protocol field', 9, bytes('ff03 21', PACKET), FOUND],
  ['PPP with IPv6', 9, bytes('ff03 0057', PACKET_V6), FOUND_V6],
  ['PPP with MPLS', 9, bytes('ff03 0281 00064140', PACKET), FOUND],
  ['PPP in HDLC framing', 50, bytes('ff03 0021', PACKET), FOUND],
  ['Cisco HDLC', 50, bytes('0f00 0800', PACKET), FOUND],
  ['PPP with direction', 204, bytes('01 ff03 0021', PACKET), FOUND],
  ['PPPoE', 51, bytes(`11 00 0001 ${u16(PACKET.length + 2)} 0021`, PACKET), FOUND],
  [
    '802.11 to the access point',
    105,
    bytes('08 01 0000 020000000009 020000000001 020000000002 0000 aaaa03 000000 0800', PACKET),
    FOUND + FROM,
  ],
  [
    '802.11 from the access point',
    105,
    bytes('08 02 0000 020000000002 020000000009 020000000001 0000 aaaa03 000000 0800', PACKET),
    FOUND + FROM,
  ],
  [
    '802.11 between stations',
    105,
    bytes('08 00 0000 020000000002 020000000001 020000000009 0000 aaaa03 000000 0800', PACKET),
    FOUND + FROM,
  ],
  [
    '802.11 between access points',
    105,
    bytes('08 03 0000 020000000008 020000000009 020000000002 0000 020000000001 aaaa03 000000 0800', PACKET),
    FOUND + FROM,
  ],
  [
    '802.11 with quality of service',
    105,
    bytes('88 01 0000 020000000009 020000000001 020000000002 0000 0000 aaaa03 000000 0800', PACKET),
    FOUND + FROM,
  ],
  [
    '802.11, encrypted',
    105,
    bytes('08 41 0000 020000000009 020000000001 020000000002 0000 00112233'),
    'ethernet type 0x0000 0841000002000000000902000000000102000000000200000011' + '2233',
  ],
  [
    'radiotap',
    127,
    bytes('00 00 0800 00000000 08 01 0000 020000000009 020000000001 020000000002 0000 aaaa03 000000 0800', PACKET),
    FOUND + FROM,
  ],
  ['netANALYZER', 240, bytes('00000000', FRAME, 'deadbeef'), FOUND + FROM],
  ['a link type nobody here knows', 147, FRAME, 'broken (unknown link type)'],
];
