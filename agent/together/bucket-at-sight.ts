/** Whose a frame is, told from a few of its bytes, as most frames do: their headers are read by the thread that works on them. */
import { EtherType } from '../../parsers/net/ethernet.ts';
import { IpProtocol } from '../../parsers/net/ip.ts';
import { carriesTunnel } from '../../parsers/net/transport.ts';
import type { Overlaps } from '../flow/overlaps.ts';
import { LINKED_BUCKET, onLinkedPorts, pairBucketIpv4 } from './share.ts';

/** Only reading the frame whole tells. */
export const NO_BUCKET = -1;

const ETHERNET_BYTES = 14;
const VLAN_BYTES = 4;
const IPV4_BYTES = 20;
const UDP_BYTES = 8;
const TCP_BYTES = 20;
const IPV4_WITHOUT_OPTIONS = 0x45;
/** More fragments, or an offset (RFC 791, section 3.1). */
const FRAGMENT = 0x3fff;

/**
 * The bucket of an Ethernet frame that tells it at a glance: as `commonFrame` takes it, so that reading it whole would
 * tell the same. NO_BUCKET of any other, and of one from which all must learn where its sender's address is at home.
 * @param overlaps what is known of that
 */
export function bucketAtSight(data: DataView, at: number, end: number, seed: number, overlaps: Overlaps): number {
  if (end - at < ETHERNET_BYTES) return NO_BUCKET;
  const tagged = data.getUint16(at + 12) === EtherType.vlan;
  const ip = at + ETHERNET_BYTES + (tagged ? VLAN_BYTES : 0);
  const transport = ip + IPV4_BYTES;
  if (end - transport < UDP_BYTES || data.getUint16(ip - 2) !== EtherType.ipv4) return NO_BUCKET;
  if (data.getUint8(ip) !== IPV4_WITHOUT_OPTIONS || (data.getUint16(ip + 6) & FRAGMENT) !== 0) return NO_BUCKET;
  const packetEnd = ip + data.getUint16(ip + 2);
  if (packetEnd > end || packetEnd - transport < UDP_BYTES) return NO_BUCKET;
  const protocol = data.getUint8(ip + 9);
  if (protocol === IpProtocol.tcp) {
    const header = packetEnd - transport < TCP_BYTES ? 0 : (data.getUint8(transport + 12) >>> 4) << 2;
    if (header < TCP_BYTES || header > packetEnd - transport) return NO_BUCKET;
  } else if (protocol !== IpProtocol.udp || carriesTunnel(data.getUint16(transport + 2))) {
    return NO_BUCKET;
  }
  if (tagged && isNews(data, at, ip, overlaps)) return NO_BUCKET;
  if (onLinkedPorts(data.getUint16(transport), data.getUint16(transport + 2))) return LINKED_BUCKET;
  return pairBucketIpv4(data.getInt32(ip + 12), data.getInt32(ip + 16), seed);
}

/** Whether a tagged frame shows its sender's address at a place that is not known of it. */
function isNews(data: DataView, at: number, ip: number, overlaps: Overlaps): boolean {
  const vlan = data.getUint16(at + ETHERNET_BYTES) & 0x0fff;
  const macHigh = data.getUint16(at + 6);
  const macLow = data.getInt32(at + 8);
  return vlan !== 0 && overlaps.learns(data.getInt32(ip + 12), macHigh, macLow, vlan, data.getUint8(ip + 8));
}
