/** TCP (RFC 9293) and UDP (RFC 768) headers. */
import { i32be, u8, u16be } from '../bytes.ts';
import { Layer } from './layer.ts';
import { Fault, type PacketView } from './packet-view.ts';

const MIN_TCP_BYTES = 20;
const UDP_BYTES = 8;

const VXLAN_PORT = 4789; // RFC 7348, section 5
const VXLAN_PORT_LINUX = 8472; // what Linux used before the registration, and still does by default
const GENEVE_PORT = 6081; // RFC 8926, section 3.3

/** Whether a UDP port is one that tunnels are sent to. */
export function carriesTunnel(port: number): boolean {
  return port === VXLAN_PORT || port === VXLAN_PORT_LINUX || port === GENEVE_PORT;
}

export function tcp(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < MIN_TCP_BYTES) {
    v.fault = v.missingBytes > 0 ? Fault.cutTransportHeader : Fault.badTransportHeader;
    return Layer.doneIp;
  }
  v.sourcePort = u16be(b, at);
  v.destinationPort = u16be(b, at + 2);
  v.sequence = i32be(b, at + 4);
  v.acknowledgment = i32be(b, at + 8);
  v.flags = u8(b, at + 13);
  v.checksum = u16be(b, at + 16);
  const header = (u8(b, at + 12) >>> 4) << 2;
  if (header < MIN_TCP_BYTES || header > v.payloadEnd - at) {
    v.fault = v.missingBytes > 0 ? Fault.cutTransportHeader : Fault.badTransportHeader;
    v.payloadAt = v.payloadEnd;
    v.missingBytes = 0;
    return Layer.doneTcp;
  }
  v.payloadAt = at + header;
  return Layer.doneTcp;
}

export function udp(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < UDP_BYTES) {
    v.fault = v.missingBytes > 0 ? Fault.cutTransportHeader : Fault.badTransportHeader;
    return Layer.doneIp;
  }
  v.sourcePort = u16be(b, at);
  v.destinationPort = u16be(b, at + 2);
  v.checksum = u16be(b, at + 6);
  v.payloadAt = at + UDP_BYTES;
  const length = u16be(b, at + 4); // 0 in a jumbogram; beyond the packet in a lie
  if (length >= UDP_BYTES && at + length < v.payloadEnd) v.payloadEnd = at + length;
  if (v.destinationPort === VXLAN_PORT || v.destinationPort === VXLAN_PORT_LINUX) return Layer.vxlan;
  if (v.destinationPort === GENEVE_PORT) return Layer.geneve;
  return Layer.doneUdp;
}
