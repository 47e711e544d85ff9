/**
 * The frame that nearly all are: Ethernet, at most one VLAN tag, an IPv4 header without options or fragments, TCP or
 * UDP that is no tunnel. Read in one straight line, several times as fast as layer by layer; every other frame, and
 * every broken one, is left to the layers, which would read this one to the same end.
 */
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

/**
 * Fills `v` from the frame that lies at `at` to `end` in `data` and answers its kind; `Kind.broken` when it is not of
 * the common form. A DataView reads four bytes at once, where an array reads and checks one at a time.
 */
export function commonFrame(v: PacketView, data: DataView, at: number, end: number): Kind {
  if (end - at < ETHERNET_BYTES + IPV4_BYTES + UDP_BYTES) return Kind.broken;
  let ip = at + ETHERNET_BYTES;
  let etherType = data.getUint16(at + 12);
  let vlan = 0;
  if (etherType === EtherType.vlan) {
    vlan = data.getUint16(at + 14) & 0x0fff;
    etherType = data.getUint16(at + 16);
    ip += VLAN_BYTES;
  }
  if (etherType !== EtherType.ipv4 || data.getUint8(ip) !== IPV4_WITHOUT_OPTIONS) return Kind.broken;
  const packetEnd = ip + data.getUint16(ip + 2);
  const protocol = data.getUint8(ip + 9);
  const header = protocol === IpProtocol.tcp ? TCP_BYTES : UDP_BYTES;
  const transport = ip + IPV4_BYTES;
  if (packetEnd > end || packetEnd - transport < header || (data.getUint16(ip + 6) & FRAGMENT) !== 0)
    return Kind.broken;

  let payload: number;
  if (protocol === IpProtocol.tcp) {
    payload = transport + ((data.getUint8(transport + 12) >>> 4) << 2);
    if (payload < transport + TCP_BYTES || payload > packetEnd) return Kind.broken;
    v.payloadEnd = packetEnd;
    v.sequence = data.getInt32(transport + 4);
    v.acknowledgment = data.getInt32(transport + 8);
    v.flags = data.getUint8(transport + 13);
    v.checksum = data.getUint16(transport + 16);
  } else if (protocol === IpProtocol.udp) {
    if (carriesTunnel(data.getUint16(transport + 2))) return Kind.broken;
    const udpEnd = transport + data.getUint16(transport + 4);
    payload = transport + UDP_BYTES;
    v.payloadEnd = udpEnd >= payload && udpEnd < packetEnd ? udpEnd : packetEnd;
    v.checksum = data.getUint16(transport + 6);
  } else {
    return Kind.broken;
  }
  v.payloadAt = payload;
  v.sourcePort = data.getUint16(transport);
  v.destinationPort = data.getUint16(transport + 2);
  v.hasMac = true;
  v.destinationMacHigh = data.getUint16(at);
  v.destinationMacLow = data.getInt32(at + 2);
  v.sourceMacHigh = data.getUint16(at + 6);
  v.sourceMacLow = data.getInt32(at + 8);
  v.vlan = vlan;
  v.etherType = etherType;
  v.family = 4;
  v.identification = data.getUint16(ip + 4);
  v.ttl = data.getUint8(ip + 8);
  v.protocol = protocol;
  v.source0 = data.getInt32(ip + 12);
  v.destination0 = data.getInt32(ip + 16);
  return protocol === IpProtocol.tcp ? Kind.tcp : Kind.udp;
}
