/** The link layers other than Ethernet that captures come with (https://www.tcpdump.org/linktypes.html). */
import { i32be, i32le, u8, u16be, u16le } from '../bytes.ts';
import { EtherType, snap } from './ethernet.ts';
import { Layer } from './layer.ts';
import { Fault, type PacketView } from './packet-view.ts';

/** LINKTYPE_ numbers and the layer each begins with. */
export function layerOfLinkType(link: number): Layer {
  switch (link) {
    case 1: // ETHERNET
      return Layer.ethernet;
    case 0: // NULL
    case 108: // LOOP
      return Layer.loopback;
    case 9: // PPP
    case 50: // PPP_HDLC
    case 204: // PPP_WITH_DIR
      return Layer.ppp;
    case 12: // DLT_RAW on most systems
    case 14: // DLT_RAW on OpenBSD
    case 101: // RAW
    case 228: // IPV4
    case 229: // IPV6
      return Layer.ip;
    case 51: // PPP_ETHER
      return Layer.pppoe;
    case 105: // IEEE802_11
      return Layer.ieee80211;
    case 113: // LINUX_SLL
      return Layer.cooked;
    case 127: // IEEE802_11_RADIOTAP
      return Layer.radiotap;
    case 240: // NETANALYZER
      return Layer.netAnalyzer;
    case 276: // LINUX_SLL2
      return Layer.cookedV2;
    default:
      return Layer.broken;
  }
}

function cut(v: PacketView): Layer {
  v.fault = Fault.cutLinkHeader;
  return Layer.broken;
}

const ARPHRD_ETHER = 1;

/** LINKTYPE_LINUX_SLL: packet type, ARPHRD_, address length, address of the sender (8 bytes), protocol. */
export function cooked(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 16) return cut(v);
  senderOnly(v, b, u16be(b, at + 2), u16be(b, at + 4), at + 6);
  v.etherType = u16be(b, at + 14);
  v.payloadAt = at + 16;
  return Layer.etherType;
}

/** LINKTYPE_LINUX_SLL2: protocol, reserved, interface index, ARPHRD_, packet type, address length, address. */
export function cookedV2(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 20) return cut(v);
  senderOnly(v, b, u16be(b, at + 8), u8(b, at + 11), at + 12);
  v.etherType = u16be(b, at);
  v.payloadAt = at + 20;
  return Layer.etherType;
}

/** Cooked captures keep the sender's address and no receiver's. */
function senderOnly(v: PacketView, b: Uint8Array, hardware: number, length: number, address: number): void {
  v.hasMac = hardware === ARPHRD_ETHER && length === 6;
  v.sourceMacHigh = u16be(b, address);
  v.sourceMacLow = i32be(b, address + 2);
  v.destinationMacHigh = 0;
  v.destinationMacLow = 0;
}

/** LINKTYPE_NULL and LOOP: the address family as 4 bytes in the byte order of either end; IPv6's differs by system. */
export function loopback(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 4) return cut(v);
  v.payloadAt = at + 4;
  const little = i32le(b, at);
  const family = little >= 0 && little < 0x10000 ? little : i32be(b, at);
  if (family === 2) return Layer.ipv4;
  if (family === 10 || family === 24 || family === 28 || family === 30) return Layer.ipv6;
  v.etherType = family & 0xffff;
  return Layer.doneEthernet;
}

/** PPP, with or without HDLC's address and control bytes (RFC 1661, RFC 1662, sections 2 and 3). */
export function ppp(v: PacketView, b: Uint8Array): Layer {
  let at = v.payloadAt;
  const end = v.payloadEnd;
  if (end - at >= 2 && (u8(b, at) === 0xff || u8(b, at) === 0x0f || u8(b, at) === 0x8f)) {
    if (u8(b, at) !== 0xff) {
      // Cisco HDLC: address 0x0F (unicast) or 0x8F (broadcast), control 0, then an EtherType
      if (end - at < 4) return cut(v);
      v.etherType = u16be(b, at + 2);
      v.payloadAt = at + 4;
      return Layer.etherType;
    }
    at += 2;
  } else if (end - at >= 3 && u8(b, at) <= 1 && u8(b, at + 1) === 0xff) {
    at += 3; // PPP_WITH_DIR: one byte of direction in front
  }
  if (end - at < 2) return cut(v);
  const compressed = (u8(b, at) & 1) === 1; // a one-byte protocol field (RFC 1661, section 6.5)
  const protocol = compressed ? u8(b, at) : u16be(b, at);
  v.payloadAt = at + (compressed ? 1 : 2);
  switch (protocol) {
    case 0x0021:
      return Layer.ipv4;
    case 0x0057:
      return Layer.ipv6;
    case 0x0281:
      return Layer.mpls;
    default:
      v.etherType = protocol;
      return Layer.doneEthernet;
  }
}

/** PPPoE session (RFC 2516, section 4): version and type, code, session, length, then PPP. */
export function pppoe(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 8) return cut(v);
  v.payloadEnd = Math.min(v.payloadEnd, at + 6 + u16be(b, at + 4));
  v.payloadAt = at + 6;
  return Layer.ppp;
}

/** MPLS label stack (RFC 3032, section 2.1); below the last label the first nibble tells IP from anything else. */
export function mpls(v: PacketView, b: Uint8Array): Layer {
  let at = v.payloadAt;
  for (;;) {
    if (v.payloadEnd - at < 4) return cut(v);
    const last = (u8(b, at + 2) & 1) === 1;
    at += 4;
    if (last) break;
  }
  v.payloadAt = at;
  if (v.payloadEnd === at) return cut(v);
  const nibble = u8(b, at) >>> 4;
  if (nibble === 4 || nibble === 6) return Layer.ip;
  if (nibble === 0 && v.payloadEnd - at >= 18) {
    v.payloadAt = at + 4; // the control word of an Ethernet pseudowire (RFC 4448, section 4.6)
    return Layer.ethernet;
  }
  return Layer.ethernet;
}

/** Hilscher netANALYZER: 4 bytes of its own, an Ethernet frame, and the frame check sequence. */
export function netAnalyzer(v: PacketView): Layer {
  if (v.payloadEnd - v.payloadAt < 8) return cut(v);
  v.payloadAt += 4;
  v.payloadEnd -= 4;
  return Layer.ethernet;
}

/** Radiotap: version, pad, length (little-endian), then the 802.11 frame. */
export function radiotap(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 8 || u16le(b, at + 2) > v.payloadEnd - at) return cut(v);
  v.payloadAt = at + u16le(b, at + 2);
  return Layer.ieee80211;
}

/** IEEE 802.11 data frames that are not encrypted; everything else is told by its missing EtherType. */
export function ieee80211(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 24) return cut(v);
  const frameControl = u8(b, at);
  const flags = u8(b, at + 1);
  const isData = (frameControl & 0x0c) === 0x08 && (frameControl & 0x40) === 0; // type 2, with a body
  if (!isData || (flags & 0x40) !== 0) return Layer.doneEthernet;
  const toDs = (flags & 0x01) !== 0;
  const fromDs = (flags & 0x02) !== 0;
  const header = 24 + (toDs && fromDs ? 6 : 0) + ((frameControl & 0x80) !== 0 ? 2 : 0); // address 4, QoS control
  if (v.payloadEnd - at < header + 8) return cut(v);
  const source = at + (fromDs ? (toDs ? 24 : 16) : 10);
  const destination = at + (toDs ? 16 : 4);
  v.hasMac = true;
  v.sourceMacHigh = u16be(b, source);
  v.sourceMacLow = i32be(b, source + 2);
  v.destinationMacHigh = u16be(b, destination);
  v.destinationMacLow = i32be(b, destination + 2);
  v.payloadAt = at + header;
  v.etherType = 0;
  const next = snap(v, b);
  return next === Layer.etherType && v.etherType !== EtherType.vlan ? next : Layer.doneEthernet;
}
