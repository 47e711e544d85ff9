/** Who says by ARP that an address is its own, where several do. */
import { AddressKind } from '../facts/hosts.ts';
import { scopedAddress } from '../model/snapshot.ts';
import type { PlantView } from './plant-view.ts';

export interface Claims {
  /** Addresses that several MAC addresses claim in one VLAN, in order. */
  readonly contested: readonly { readonly scoped: string; readonly macs: readonly string[] }[];
  /** MAC addresses that claim two contested addresses or more, with these. */
  readonly takers: ReadonlyMap<string, readonly string[]>;
}

/** Addresses that move between devices by design: VRRP (RFC 5798), HSRP, GLBP, CARP; locally administered ones of clusters. */
const SHARED = /^(00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:07:b4:00|.[26ae]:)/;
/** From this many contested addresses on a MAC address takes what is others'. */
const TAKES = 2;
/** A MAC address that answers for more is a proxy ARP router. */
const PROXIES = 64;

export function claimsOf({ snapshot, assets }: Pick<PlantView, 'snapshot' | 'assets'>): Claims {
  const contested: { scoped: string; macs: string[] }[] = [];
  const claims = new Map<string, number>();
  for (const { address, scope, kind, sightings } of snapshot.hosts) {
    if (kind !== AddressKind.ipv4) continue;
    const byVlan = new Map<number, Set<string>>();
    for (const { mac, vlan, claimed } of sightings) {
      if (!claimed || SHARED.test(mac)) continue;
      byVlan.set(vlan, (byVlan.get(vlan) ?? new Set()).add(mac));
    }
    for (const mac of new Set([...byVlan.values()].flatMap((macs) => [...macs])))
      claims.set(mac, (claims.get(mac) ?? 0) + 1);
    const macs = [...new Set([...byVlan.values()].filter((all) => all.size > 1).flatMap((all) => [...all]))].sort();
    // two interfaces of one device are no conflict
    const owners = new Set(macs.map((mac) => assets.idOf.get(mac) ?? mac));
    if (owners.size > 1) contested.push({ scoped: scopedAddress(address, scope), macs });
  }
  const honest = contested
    .map(({ scoped, macs }) => ({ scoped, macs: macs.filter((mac) => (claims.get(mac) ?? 0) <= PROXIES) }))
    .filter(({ macs }) => macs.length > 1)
    .sort((a, b) => (a.scoped < b.scoped ? -1 : 1));
  const byMac = new Map<string, string[]>();
  for (const { scoped, macs } of honest) {
    for (const mac of macs) {
      const known = byMac.get(mac);
      if (known === undefined) byMac.set(mac, [scoped]);
      else known.push(scoped);
    }
  }
  return { contested: honest, takers: new Map([...byMac].filter(([, addresses]) => addresses.length >= TAKES)) };
}
