/** ARP for IPv4 over Ethernet (RFC 826). */
import { i32be, u16be } from '../bytes.ts';
import { Layer } from './layer.ts';
import { Fault, type PacketView } from './packet-view.ts';

const BYTES = 28;

/** ar$op */
export const ArpOperation = { request: 1, reply: 2 } as const;

/** Leaves the sender's addresses in source and sourceMac, and the target's IP address in destination. */
export function arp(v: PacketView, b: Uint8Array): Layer {
  const at = v.payloadAt;
  if (v.payloadEnd - at < BYTES) {
    v.fault = Fault.cutIpHeader;
    return Layer.broken;
  }
  // hardware type Ethernet (1) or IEEE 802 (6), protocol IPv4, lengths 6 and 4
  const hardware = u16be(b, at);
  if ((hardware !== 1 && hardware !== 6) || u16be(b, at + 2) !== 0x0800 || u16be(b, at + 4) !== 0x0604) {
    v.fault = Fault.badIpHeader;
    return Layer.broken;
  }
  v.arpOperation = u16be(b, at + 6);
  v.hasMac = true;
  v.sourceMacHigh = u16be(b, at + 8);
  v.sourceMacLow = i32be(b, at + 10);
  v.source0 = i32be(b, at + 14);
  v.destination0 = i32be(b, at + 24);
  return Layer.doneArp;
}
