/** What a reader's view says of a frame, in words. */
import { addressText } from '../agent/model/address.ts';
import { macText } from '../parsers/addresses.ts';
import { FAULTS, Kind, type PacketView } from '../parsers/net/packet-view.ts';

const KINDS = ['broken', 'tcp', 'udp', 'ip', 'arp', 'ethernet'] as const;

/** Addresses, ports and payload of the innermost packet: `"udp 10.0.0.1:40000 > 10.0.0.2:502 0102 vlan 5"`. */
export function summary(kind: Kind, v: PacketView): string {
  const words: string[] = [KINDS[kind]];
  if (v.fault !== 0) words.push(`(${FAULTS[v.fault]})`);
  if (v.family !== 0 || kind === Kind.arp) {
    const ports = kind === Kind.tcp || kind === Kind.udp;
    const text = (words: readonly [number, number, number, number], port: number) => {
      const address = addressText(v.family === 6 ? 6 : 4, ...words);
      return ports ? `${v.family === 6 ? `[${address}]` : address}:${port}` : address;
    };
    const source = text([v.source0, v.source1, v.source2, v.source3], v.sourcePort);
    const destination = text([v.destination0, v.destination1, v.destination2, v.destination3], v.destinationPort);
    words.push(source, '>', destination);
  }
  if (v.fragment) words.push('fragment');
  if (kind === Kind.ip && !v.fragment) words.push(`protocol ${v.protocol}`);
  if (kind === Kind.ethernet) words.push(`type 0x${v.etherType.toString(16).padStart(4, '0')}`);
  if (kind === Kind.tcp || kind === Kind.udp || kind === Kind.ethernet) {
    words.push(Buffer.from(v.bytes.subarray(v.payloadAt, v.payloadEnd)).toString('hex'));
  }
  if (v.missingBytes > 0) words.push(`and ${v.missingBytes} more`);
  if (v.vlan !== 0) words.push(`vlan ${v.vlan}`);
  if (v.hasMac) words.push(`from ${macText(v.sourceMacHigh, v.sourceMacLow)}`);
  if (v.tunnels > 0) words.push(`in ${v.tunnels} tunnels`);
  return words.join(' ').replace('1 tunnels', '1 tunnel');
}

/** All that the view holds of a frame of this kind: what is left from frames before is not part of it. */
export function everything(kind: Kind, v: PacketView): object {
  const isTcp = kind === Kind.tcp;
  const transport = isTcp || kind === Kind.udp;
  return {
    summary: summary(kind, v),
    destinationMac: v.hasMac ? macText(v.destinationMacHigh, v.destinationMacLow) : null,
    etherType: v.etherType,
    protocol: v.protocol,
    ip: v.family === 0 ? null : { ttl: v.ttl, identification: v.identification },
    checksum: transport && v.fault === 0 ? v.checksum : null,
    tcp: isTcp && { sequence: v.sequence, acknowledgment: v.acknowledgment, flags: v.flags },
  };
}
