/** Where a host's frames were seen: on links of its own, or carried by a router. */
import { blockOf } from '../model/blocks.ts';
import type { HostSnapshot } from '../model/snapshot.ts';

export interface Sight {
  /** See blockOf. */
  readonly block: string | null;
  /** VLANs in which it sends from a MAC address of its own; 0 for untagged. */
  readonly links: ReadonlySet<number>;
  /** The same for people: `VLAN 11 and VLAN 12`. */
  readonly linkNames: string;
  /** MAC addresses, not its own, that carried its packets, with the VLAN in which they did. */
  readonly carriers: readonly { readonly mac: string; readonly vlan: number }[];
  /** By how much its TTL is lower behind the carriers. */
  readonly steps: number;
}

/** @param own the MAC addresses of the asset that has the address */
export function sightOf({ address, sightings }: HostSnapshot, own: readonly string[]): Sight {
  const near = sightings.filter(({ mac }) => own.includes(mac));
  const far = sightings.filter(({ mac }) => !own.includes(mac));
  const ownTtl = near.reduce((top, { highestTtl }) => Math.max(top, highestTtl), 0);
  const farTtl = far.reduce((top, { highestTtl }) => Math.max(top, highestTtl), 0);
  const links = new Set(near.map(({ vlan }) => vlan));
  return {
    block: blockOf(address),
    links,
    linkNames: [...links]
      .sort((a, b) => a - b)
      .map((vlan) => (vlan === 0 ? 'untagged' : `VLAN ${vlan}`))
      .join(' and '),
    carriers: far,
    steps: ownTtl > 0 && farTtl > 0 ? Math.max(0, ownTtl - farTtl) : 0,
  };
}

/**
 * Whether what two hosts exchange passes no router: they are attached to one link, and are of one block or are not seen
 * behind a router there.
 */
export function isDirect(a: Sight, b: Sight): boolean {
  if (!haveLinkInCommon(a, b)) return false;
  const isCarried = ({ carriers }: Sight) => carriers.some(({ vlan }) => a.links.has(vlan) && b.links.has(vlan));
  return (a.block !== null && a.block === b.block) || !(isCarried(a) || isCarried(b));
}

/** Whether two hosts are attached to one link. */
export function haveLinkInCommon(a: Sight, b: Sight): boolean {
  for (const vlan of a.links) if (b.links.has(vlan)) return true;
  return false;
}
