/** Ethernet II and IEEE 802.3, with 802.1Q, 802.1ad and older QinQ tags. */
import { i32be, u16be } from '../bytes.ts';
import { Layer } from './layer.ts';
import { Fault, type PacketView } from './packet-view.ts';

export const EtherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  transparentBridging: 0x6558,
  vlan: 0x8100,
  ipv6: 0x86dd,
  mplsUnicast: 0x8847,
  mplsMulticast: 0x8848,
  pppoeSession: 0x8864,
  providerBridge: 0x88a8,
  erspan: 0x88be,
  erspanIII: 0x22eb,
  qinq9100: 0x9100,
  qinq9200: 0x9200,
} as const;

/** Below this the field is a length and an LLC header follows (IEEE 802.3, clause 3.2.6). */
export const FIRST_ETHERTYPE = 0x600;

const HEADER_BYTES = 14;

export function ethernet(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < HEADER_BYTES) {
    v.fault = Fault.cutLinkHeader;
    return Layer.broken;
  }
  v.hasMac = true;
  v.destinationMacHigh = u16be(b, at);
  v.destinationMacLow = i32be(b, at + 2);
  v.sourceMacHigh = u16be(b, at + 6);
  v.sourceMacLow = i32be(b, at + 8);
  v.etherType = u16be(b, at + 12);
  v.payloadAt = at + HEADER_BYTES;
  return Layer.etherType;
}

/** Follows VLAN tags to the type behind them, then says which layer that is. */
export function etherTypeLayer(v: PacketView, b: Uint8Array): Layer {
  for (;;) {
    switch (v.etherType) {
      case EtherType.ipv4:
        return Layer.ipv4;
      case EtherType.ipv6:
        return Layer.ipv6;
      case EtherType.arp:
        return Layer.arp;
      case EtherType.mplsUnicast:
      case EtherType.mplsMulticast:
        return Layer.mpls;
      case EtherType.pppoeSession:
        return Layer.pppoe;
      case EtherType.vlan:
      case EtherType.providerBridge:
      case EtherType.qinq9100:
      case EtherType.qinq9200: {
        const at = v.payloadAt;
        if (v.payloadEnd - at < 4) {
          v.fault = Fault.cutLinkHeader;
          return Layer.broken;
        }
        v.vlan = u16be(b, at) & 0x0fff;
        v.etherType = u16be(b, at + 2);
        v.payloadAt = at + 4;
        break;
      }
      default:
        return v.etherType < FIRST_ETHERTYPE ? llc(v, b) : Layer.doneEthernet;
    }
  }
}

/** LLC with SNAP and the zero organisation code carries an EtherType (IEEE 802, clause 9.2); any other LLC is itself. */
function llc(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.etherType > 0 && v.payloadEnd - at > v.etherType) v.payloadEnd = at + v.etherType; // drop the padding
  return snap(v, b);
}

/** A SNAP header at `view.payloadAt`, where there is one. */
export function snap(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  const isSnap = v.payloadEnd - at >= 8 && u16be(b, at) === 0xaaaa && i32be(b, at + 2) === 0x03000000;
  if (!isSnap || u16be(b, at + 6) < FIRST_ETHERTYPE) return Layer.doneEthernet;
  v.etherType = u16be(b, at + 6);
  v.payloadAt = at + 8;
  return Layer.etherType;
}
