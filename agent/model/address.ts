/** Addresses as people write them. */
import { ipv4Text, ipv6Text, macText } from '../../parsers/addresses.ts';
import { AddressKind } from '../facts/hosts.ts';

/** An address from its words, as `Hosts` keeps them: dotted IPv4, RFC 5952 IPv6, or colon-separated MAC. */
export function addressText(kind: AddressKind, w0: number, w1: number, w2: number, w3: number): string {
  if (kind === AddressKind.ipv4) return ipv4Text(w0);
  if (kind === AddressKind.mac) return macText(w0, w1);
  return ipv6Text(w0, w1, w2, w3);
}

/** Whether an address names one station, and not all, many or none: only such a one can be a sender. */
export function isUnicast(kind: AddressKind, w0: number, w1: number, w2: number, w3: number): boolean {
  if (kind === AddressKind.mac) return (w0 & 0x0100) === 0 && (w0 !== 0 || w1 !== 0); // IEEE 802, clause 8.2.2: the I/G bit
  if (kind === AddressKind.ipv4) {
    const first = w0 >>> 24;
    return first !== 0 && first < 224; // RFC 1122, section 3.2.1.3; RFC 5771; 240/4 is reserved
  }
  return w0 >>> 24 !== 0xff && (w0 !== 0 || w1 !== 0 || w2 !== 0 || w3 !== 0); // RFC 4291, sections 2.5.2 and 2.7
}

/** Whether an IPv4 or IPv6 address is meant to be reached from everywhere: not private, link-local or for documentation. */
export function isGlobal(address: string): boolean {
  if (address.includes(':')) return /^[23]/.test(address) && !address.startsWith('2001:db8:');
  const a = Number.parseInt(address, 10);
  const b = Number.parseInt(address.slice(address.indexOf('.') + 1), 10);
  return !(
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}

/**
 * Whether an address, as text, names a group of stations or all of them: multicast, broadcast.
 * @param sends whether it was heard to send: then what looks like a directed broadcast is a station in a larger network
 */
export function isGroup(address: string, sends = false): boolean {
  // asked of every conversation: the number ends at the dot, and nothing is made to read it
  if (!address.includes(':')) {
    return Number.parseInt(address, 10) >= 224 || (!sends && isDirectedBroadcast(address)); // RFC 5771
  }
  if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(address)) return (Number.parseInt(address.slice(0, 2), 16) & 1) === 1;
  return address.startsWith('ff'); // RFC 4291, section 2.7
}

/** A directed broadcast of the usual networks: nobody's own address. */
export function isDirectedBroadcast(address: string): boolean {
  return !address.includes(':') && address.endsWith('.255');
}

/** Whether an IP address means something on its own link only (RFC 3927; RFC 4291, section 2.5.6): fe80::/10 and 169.254/16. */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/.test(address) || address.startsWith('169.254.');
}
