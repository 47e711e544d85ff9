import type { PacketView } from '../../parsers/net/packet-view.ts';

/**
 * Payload bytes that tell one datagram from the next where neither identification nor checksum does: counters stand
 * near the start (CIP's at 10, DNS's and SNMP's before 16), what changes with the values near the end.
 */
const SAMPLED_AT_START = 16;
const SAMPLED_AT_END = 4;

/**
 * What a packet and its copy have in common, and no other packet of its flow sent about the same time: a mirror port
 * shows packets twice (copied at ingress and at egress, in two VLANs, before and behind a router), where TTL, MAC
 * addresses and VLAN may differ, but identification, checksum, sequence number and payload do not.
 */
export function copyMark(v: PacketView, isTcp: boolean): number {
  const fields = (v.identification << 16) | v.checksum;
  if (isTcp) return fields ^ Math.imul(v.sequence ^ (v.flags << 24) ^ (v.payloadEnd - v.payloadAt), 0x9e3779b1);
  if (v.identification !== 0 && v.checksum !== 0) return fields;
  const b = v.bytes;
  let h = Math.imul(fields ^ (v.payloadEnd - v.payloadAt), 0x9e3779b1);
  const stop = Math.min(v.payloadEnd, v.payloadAt + SAMPLED_AT_START);
  for (let at = v.payloadAt; at < stop; at++) h = Math.imul(h ^ (b[at] as number), 0x01000193);
  for (let at = Math.max(stop, v.payloadEnd - SAMPLED_AT_END); at < v.payloadEnd; at++) {
    h = Math.imul(h ^ (b[at] as number), 0x01000193);
  }
  return h;
}
