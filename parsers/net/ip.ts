/** IPv4 (RFC 791) and IPv6 (RFC 8200) headers. Header checksums are not looked at: offload leaves them unset. */
import { i32be, u8, u16be } from '../bytes.ts';
import type { FragmentTable } from './fragments.ts';
import { Layer } from './layer.ts';
import { Fault, type PacketView } from './packet-view.ts';

/** IANA protocol numbers. */
export const IpProtocol = {
  hopByHop: 0,
  icmp: 1,
  igmp: 2,
  ipv4: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  routing: 43,
  fragment: 44,
  gre: 47,
  esp: 50,
  authentication: 51,
  icmpV6: 58,
  noNextHeader: 59,
  destinationOptions: 60,
  mobility: 135,
  mpls: 137,
} as const;

/** TTLs that systems start with (RFC 1700 and practice); a packet that was routed has less. */
export const INITIAL_TTLS: ReadonlySet<number> = new Set([30, 32, 60, 64, 128, 255]);

const MIN_IPV4_BYTES = 20;
const IPV6_BYTES = 40;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

/** Raw IP: the version nibble tells which. */
export function ip(v: PacketView, b: Uint8Array): Layer {
  if (v.payloadEnd === v.payloadAt) {
    v.fault = Fault.cutIpHeader;
    return Layer.broken;
  }
  return u8(b, v.payloadAt) >>> 4 === 6 ? Layer.ipv6 : Layer.ipv4;
}

export function ipv4(v: PacketView, b: Uint8Array, time: number, fragments: FragmentTable): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < MIN_IPV4_BYTES) {
    v.fault = Fault.cutIpHeader;
    return Layer.broken;
  }
  const first = u8(b, at);
  const header = (first & 0x0f) << 2;
  if (first >>> 4 !== 4 || header < MIN_IPV4_BYTES) {
    v.fault = Fault.badIpHeader;
    return Layer.broken;
  }
  v.family = 4;
  v.identification = u16be(b, at + 4);
  v.ttl = u8(b, at + 8);
  v.protocol = u8(b, at + 9);
  v.source0 = i32be(b, at + 12);
  v.destination0 = i32be(b, at + 16);

  const total = u16be(b, at + 2);
  if (total >= header) {
    const end = at + total;
    if (end <= v.payloadEnd) v.payloadEnd = end;
    else v.missingBytes = end - v.payloadEnd;
  } else if (total !== 0) {
    v.fault = Fault.badIpHeader; // 0 is what segmentation offload leaves: the frame's end counts
    return Layer.broken;
  }
  if (v.payloadEnd - at < header) {
    v.fault = Fault.cutIpHeader;
    return Layer.broken;
  }
  v.payloadAt = at + header;

  const fragment = u16be(b, at + 6);
  if ((fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) !== 0) {
    const offset = (fragment & FRAGMENT_OFFSET) * 8;
    return reassembled(v, b, v.identification, offset, (fragment & MORE_FRAGMENTS) !== 0, time, fragments);
  }
  return Layer.ipProtocol;
}

export function ipv6(v: PacketView, b: Uint8Array, time: number, fragments: FragmentTable): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < IPV6_BYTES) {
    v.fault = Fault.cutIpHeader;
    return Layer.broken;
  }
  if (u8(b, at) >>> 4 !== 6) {
    v.fault = Fault.badIpHeader;
    return Layer.broken;
  }
  v.family = 6;
  v.identification = 0;
  v.protocol = u8(b, at + 6);
  v.ttl = u8(b, at + 7);
  v.source0 = i32be(b, at + 8);
  v.source1 = i32be(b, at + 12);
  v.source2 = i32be(b, at + 16);
  v.source3 = i32be(b, at + 20);
  v.destination0 = i32be(b, at + 24);
  v.destination1 = i32be(b, at + 28);
  v.destination2 = i32be(b, at + 32);
  v.destination3 = i32be(b, at + 36);

  const length = u16be(b, at + 4);
  if (length !== 0) {
    const end = at + IPV6_BYTES + length; // 0: a jumbogram (RFC 2675), or offload
    if (end <= v.payloadEnd) v.payloadEnd = end;
    else v.missingBytes = end - v.payloadEnd;
  }
  v.payloadAt = at + IPV6_BYTES;
  return extensionHeaders(v, b, time, fragments);
}

/** RFC 8200, section 4. Each header is at least 8 bytes, so the chain ends with the packet. */
function extensionHeaders(v: PacketView, b: Uint8Array, time: number, fragments: FragmentTable): Layer {
  for (;;) {
    const at = v.payloadAt;
    switch (v.protocol) {
      case IpProtocol.hopByHop:
      case IpProtocol.routing:
      case IpProtocol.destinationOptions:
      case IpProtocol.mobility:
      case IpProtocol.authentication: {
        if (v.payloadEnd - at < 8) break;
        // the authentication header counts in units of 4 bytes (RFC 4302, section 2.2), the others in 8
        const bytes = v.protocol === IpProtocol.authentication ? (u8(b, at + 1) + 2) * 4 : (u8(b, at + 1) + 1) * 8;
        if (v.payloadEnd - at < bytes) break;
        v.protocol = u8(b, at);
        v.payloadAt = at + bytes;
        continue;
      }
      case IpProtocol.fragment: {
        if (v.payloadEnd - at < 8) break;
        const offset = u16be(b, at + 2) & ~7;
        const more = (u8(b, at + 3) & 1) !== 0;
        const identification = i32be(b, at + 4);
        v.protocol = u8(b, at);
        v.payloadAt = at + 8;
        if (offset === 0 && !more) continue; // an atomic fragment (RFC 6946)
        const next = reassembled(v, b, identification, offset, more, time, fragments);
        if (next !== Layer.ipProtocol) return next;
        return extensionHeaders(v, v.bytes, time, fragments);
      }
      default:
        return Layer.ipProtocol;
    }
    v.fault = Fault.cutIpHeader;
    return Layer.broken;
  }
}

/** Hands a fragment to the table; goes on with the whole datagram once it is whole. */
function reassembled(
  v: PacketView,
  b: Uint8Array,
  identification: number,
  offset: number,
  more: boolean,
  time: number,
  fragments: FragmentTable,
): Layer {
  if (v.missingBytes > 0 || !fragments.add(v, b, identification, offset, more, time)) {
    v.fragment = true;
    return Layer.doneIp;
  }
  v.bytes = fragments.datagram;
  v.payloadAt = 0;
  v.payloadEnd = fragments.datagramBytes;
  return Layer.ipProtocol;
}
