/** Where a host's frames were seen: on links of its own, or carried by a router. */
import { blockOf } from '../model/blocks.ts';
import type { HostSnapshot } from '../model/snapshot.ts';

export interface Sight {
  /** See blockOf. */
  readonly block: string | null;
  /** VLANs in which it sends from a MAC address of its own; 0 for untagged. */
  readonly links: ReadonlySet<number>;
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
  return {
    block: blockOf(address),
    links: new Set(near.map(({ vlan }) => vlan)),
    carriers: far,
    steps: ownTtl > 0 && farTtl > 0 ? Math.max(0, ownTtl - farTtl) : 0,
  };
}

/**
 * Whether what two hosts exchange passes no router: they are attached to one link, and are of one block or are not seen
 * behind a router there.
 */
export function isDirect(a: Sight, b: Sight): boolean {
  const shared = [...a.links].filter((vlan) => b.links.has(vlan));
  const isCarried = ({ carriers }: Sight) => carriers.some(({ vlan }) => shared.includes(vlan));
  return shared.length > 0 && ((a.block !== null && a.block === b.block) || !(isCarried(a) || isCarried(b)));
}
