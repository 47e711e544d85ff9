/** Tunnels that mirrored traffic comes in, or that plants run across their WAN. */
import { u8, u16be } from '../bytes.ts';
import { EtherType } from './ethernet.ts';
import { Layer } from './layer.ts';
import type { PacketView } from './packet-view.ts';

const ERSPAN_I_BYTES = 0;
const ERSPAN_II_BYTES = 8;
const ERSPAN_III_BYTES = 12;
const ERSPAN_SUBHEADER_BYTES = 8;

/**
 * GRE (RFC 2784, RFC 2890; version 1 of RFC 2637 for PPTP) and ERSPAN within it
 * (draft-foschiano-erspan-03, section 4). ERSPAN type I has no header, and GRE without a sequence number.
 */
export function gre(v: PacketView, b: Uint8Array): Layer {
  let at = v.payloadAt;
  if (v.payloadEnd - at < 4) return Layer.doneIp;
  const flags = u16be(b, at);
  const type = u16be(b, at + 2);
  const version = flags & 7;
  const sequenced = (flags & 0x1000) !== 0;
  at += 4;
  if ((flags & 0xc000) !== 0 && version === 0) at += 4; // checksum and reserved (offset with source routing)
  if ((flags & 0x2000) !== 0) at += 4; // key
  if (sequenced) at += 4;
  if (version === 1 && (flags & 0x0080) !== 0) at += 4; // PPTP's acknowledgment number
  if (v.payloadEnd - at < 1) return Layer.doneIp;

  switch (type) {
    case EtherType.erspan:
      at += sequenced ? ERSPAN_II_BYTES : ERSPAN_I_BYTES;
      return inner(v, at, Layer.ethernet);
    case EtherType.erspanIII: {
      if (v.payloadEnd - at < ERSPAN_III_BYTES) return Layer.doneIp;
      const subheader = (u8(b, at + 11) & 1) === 1;
      at += ERSPAN_III_BYTES + (subheader ? ERSPAN_SUBHEADER_BYTES : 0);
      return inner(v, at, Layer.ethernet);
    }
    case EtherType.transparentBridging:
      return inner(v, at, Layer.ethernet);
    case EtherType.ipv4:
      return inner(v, at, Layer.ipv4);
    case EtherType.ipv6:
      return inner(v, at, Layer.ipv6);
    case EtherType.mplsUnicast:
      return inner(v, at, Layer.mpls);
    case 0x880b:
      return inner(v, at, Layer.ppp);
    default:
      return Layer.doneIp;
  }
}

/** VXLAN (RFC 7348, section 5): flags with the I bit, VNI, then an Ethernet frame. Anything else is plain UDP. */
export function vxlan(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 8 + 14 || u8(b, at) !== 0x08 || u8(b, at + 7) !== 0) return Layer.doneUdp;
  return inner(v, at + 8, Layer.ethernet);
}

/** Geneve (RFC 8926, section 3.4): version and option length, flags, protocol type, VNI, options. */
export function geneve(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < 8 || u8(b, at) >>> 6 !== 0) return Layer.doneUdp;
  const next = at + 8 + (u8(b, at) & 0x3f) * 4;
  if (next >= v.payloadEnd) return Layer.doneUdp;
  switch (u16be(b, at + 2)) {
    case EtherType.transparentBridging:
      return inner(v, next, Layer.ethernet);
    case EtherType.ipv4:
      return inner(v, next, Layer.ipv4);
    case EtherType.ipv6:
      return inner(v, next, Layer.ipv6);
    default:
      return Layer.doneUdp;
  }
}

/** Steps into the packet a tunnel carries: the outer frame's addresses are the tunnel's, not its. */
export function inner(v: PacketView, at: number, layer: Layer): Layer {
  v.payloadAt = Math.min(at, v.payloadEnd);
  v.hasMac = false;
  v.vlan = 0;
  v.tunnels++;
  return layer;
}
