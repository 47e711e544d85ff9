/** Whose a MAC address is, and which MAC addresses are routers': pure functions of what was seen on the link. */
import { INITIAL_TTLS } from '../../parsers/net/ip.ts';
import { AddressKind } from '../facts/hosts.ts';
import { leasesOf } from './leases.ts';
import { isSharedMac } from './shared-macs.ts';
import type { HostSnapshot } from './snapshot.ts';

/** A MAC address and the IP addresses seen behind it. */
export interface Link {
  readonly mac: string;
  /** Addresses that are the device's own: claimed by ARP, leased to it by DHCP, or the only one behind it. */
  readonly own: readonly HostSnapshot[];
  /** Addresses that it only forwards for: they lie behind it. */
  readonly behind: readonly HostSnapshot[];
}

/** An address that answers ARP for more than this is a proxy: they are not its own. */
const MOST_OWN_ADDRESSES = 16;

/** The links of all senders, by MAC address. */
export function linksOf(senders: readonly HostSnapshot[]): ReadonlyMap<string, Link> {
  const seen = new Map<string, { host: HostSnapshot; claimed: boolean; routed: boolean }[]>();
  for (const host of senders) {
    if (host.kind === AddressKind.mac) continue;
    const { holder, former } = leasesOf(host);
    for (const { mac, claimed: byArp, highestTtl } of host.sightings) {
      if (mac === '00:00:00:00:00:00') continue; // loopback
      if (former.has(mac)) continue; // the address is another device's now
      const claimed = byArp || mac === holder;
      const entry = { host, claimed, routed: highestTtl !== 0 && !INITIAL_TTLS.has(highestTtl) };
      const known = seen.get(mac);
      if (known === undefined) seen.set(mac, [entry]);
      else if (known.at(-1)?.host !== host) known.push(entry);
      else if (claimed) known[known.length - 1] = entry; // a host's sightings come together: it is the last
    }
  }
  return new Map([...seen].map(([mac, entries]) => [mac, linkOf(mac, entries)]));
}

function linkOf(mac: string, entries: readonly { host: HostSnapshot; claimed: boolean; routed: boolean }[]): Link {
  const claimed = entries.filter((entry) => entry.claimed).map(({ host }) => host);
  const linkLocal = entries.map(({ host }) => host).filter(({ address }) => address.startsWith('fe80:'));
  const rest = entries.filter(({ host }) => !claimed.includes(host) && !linkLocal.includes(host));
  if (claimed.length > MOST_OWN_ADDRESSES) return { mac, own: linkLocal, behind: rest.map(({ host }) => host) };
  if (isSharedMac(mac)) return { mac, own: claimed, behind: rest.map(({ host }) => host) };
  const v4 = rest.filter(({ host }) => host.kind === AddressKind.ipv4);
  const v6 = rest.filter(({ host }) => host.kind === AddressKind.ipv6);
  // without ARP: the only address of its family, if it starts with a TTL that systems start with, whatever its scopes
  const isOne = (family: typeof v4) => new Set(family.map(({ host }) => host.address)).size <= 1;
  const alone = (family: typeof v4) =>
    isOne(family) && !family.some(({ routed }) => routed) ? family.map(({ host }) => host) : [];
  const own = claimed.length > 0 ? [...claimed, ...alone(v6)] : [...alone(v4), ...(isOne(v4) ? alone(v6) : [])];
  const behind = rest.map(({ host }) => host).filter((host) => !own.includes(host));
  return { mac, own: [...own, ...linkLocal], behind };
}
