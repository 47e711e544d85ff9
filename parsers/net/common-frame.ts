/**
 * The frame that nearly all are: Ethernet, at most one VLAN tag, an IPv4 header without options or fragments, TCP or
 * UDP that is no tunnel. Read in one straight line, several times as fast as layer by layer; every other frame, and
 * every broken one, is left to the layers, which would read this one to the same end.
 */
import { i32be, u8, u16be } from '../bytes.ts';
import { EtherType } from './ethernet.ts';
import { IpProtocol } from './ip.ts';
import { Kind, type PacketView } from './packet-view.ts';
import { carriesTunnel } from './transport.ts';

const ETHERNET_BYTES = 14;
const VLAN_BYTES = 4;
const IPV4_BYTES = 20;
const TCP_BYTES = 20;
const UDP_BYTES = 8;
const IPV4_WITHOUT_OPTIONS = 0x45;
/** More fragments, or an offset (RFC 791, section 3.1). */
const FRAGMENT = 0x3fff;

/** Fills `v` from the frame `b[at, end)` and answers its kind; `Kind.broken` when it is not of the common form. */
export function commonFrame(v: PacketView, b: Uint8Array, at: number, end: number): Kind {
  if (end - at < ETHERNET_BYTES + IPV4_BYTES + UDP_BYTES) return Kind.broken;
  let ip = at + ETHERNET_BYTES;
  let etherType = u16be(b, at + 12);
  let vlan = 0;
  if (etherType === EtherType.vlan) {
    vlan = u16be(b, at + 14) & 0x0fff;
    etherType = u16be(b, at + 16);
    ip += VLAN_BYTES;
  }
  if (etherType !== EtherType.ipv4 || u8(b, ip) !== IPV4_WITHOUT_OPTIONS) return Kind.broken;
  const packetEnd = ip + u16be(b, ip + 2);
  const protocol = u8(b, ip + 9);
  const header = protocol === IpProtocol.tcp ? TCP_BYTES : UDP_BYTES;
  const transport = ip + IPV4_BYTES;
  if (packetEnd > end || packetEnd - transport < header || (u16be(b, ip + 6) & FRAGMENT) !== 0) return Kind.broken;

  let payload: number;
  if (protocol === IpProtocol.tcp) {
    payload = transport + ((u8(b, transport + 12) >>> 4) << 2);
    if (payload < transport + TCP_BYTES || payload > packetEnd) return Kind.broken;
    v.payloadEnd = packetEnd;
    v.sequence = i32be(b, transport + 4);
    v.acknowledgment = i32be(b, transport + 8);
    v.flags = u8(b, transport + 13);
    v.checksum = u16be(b, transport + 16);
  } else if (protocol === IpProtocol.udp) {
    if (carriesTunnel(u16be(b, transport + 2))) return Kind.broken;
    const udpEnd = transport + u16be(b, transport + 4);
    payload = transport + UDP_BYTES;
    v.payloadEnd = udpEnd >= payload && udpEnd < packetEnd ? udpEnd : packetEnd;
    v.checksum = u16be(b, transport + 6);
  } else {
    return Kind.broken;
  }
  v.payloadAt = payload;
  v.sourcePort = u16be(b, transport);
  v.destinationPort = u16be(b, transport + 2);
  v.hasMac = true;
  v.destinationMacHigh = u16be(b, at);
  v.destinationMacLow = i32be(b, at + 2);
  v.sourceMacHigh = u16be(b, at + 6);
  v.sourceMacLow = i32be(b, at + 8);
  v.vlan = vlan;
  v.etherType = etherType;
  v.family = 4;
  v.identification = u16be(b, ip + 4);
  v.ttl = u8(b, ip + 8);
  v.protocol = protocol;
  v.source0 = i32be(b, ip + 12);
  v.destination0 = i32be(b, ip + 16);
  return protocol === IpProtocol.tcp ? Kind.tcp : Kind.udp;
}
