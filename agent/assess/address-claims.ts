/** Who says by ARP that an address is its own, where several do. */
import { AddressKind } from '../facts/hosts.ts';
import { leasesOf } from '../model/leases.ts';
import { scopedAddress } from '../model/snapshot.ts';
import type { PlantView } from './plant-view.ts';

export interface Contested {
  /** See scopedAddress. */
  readonly scoped: string;
  /** Who claims it, in order. */
  readonly macs: readonly string[];
}

export interface Claims {
  /** Addresses that several devices claim in one VLAN, in order. */
  readonly contested: readonly Contested[];
  /** MAC addresses that claim what is claimed by two other devices or more, with these addresses. */
  readonly takers: ReadonlyMap<string, readonly string[]>;
}

/** MAC addresses that move between devices by design: VRRP (RFC 5798), HSRP, GLBP; locally administered ones of clusters. */
const SHARED = /^(00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:07:b4:00|.[26ae]:)/;
/** Who stands between two stations claims the addresses of two others at least; a pair that fails over contests with each other. */
const TAKEN_FROM = 2;
/** A MAC address that answers for more addresses is a router's with proxy ARP. */
const PROXIES = 64;
/** Interfaces of one device have addresses this near to each other. */
const INTERFACES = 16;

export function claimsOf({ snapshot }: Pick<PlantView, 'snapshot'>): Claims {
  const claims = new Map<string, number>();
  const several: Contested[] = [];
  for (const host of snapshot.hosts) {
    const { address, scope, kind, sightings } = host;
    if (kind !== AddressKind.ipv4) continue;
    const { former } = leasesOf(host);
    const byVlan = new Map<number, Set<string>>();
    for (const { mac, vlan, claimed } of sightings) {
      if (claimed && !SHARED.test(mac) && !former.has(mac)) byVlan.set(vlan, (byVlan.get(vlan) ?? new Set()).add(mac));
    }
    const all = new Set([...byVlan.values()].flatMap((macs) => [...macs]));
    for (const mac of all) claims.set(mac, (claims.get(mac) ?? 0) + 1);
    const macs = [...byVlan.values()].filter(({ size }) => size > 1).flatMap((macs) => [...macs]);
    if (macs.length > 0) several.push({ scoped: scopedAddress(address, scope), macs: [...new Set(macs)].sort() });
  }
  const contested = several
    .map(({ scoped, macs }) => ({ scoped, macs: macs.filter((mac) => (claims.get(mac) ?? 0) <= PROXIES) }))
    .filter(({ macs }) => !areOneDevice(macs))
    .sort((a, b) => (a.scoped < b.scoped ? -1 : 1));
  return { contested, takers: takersOf(contested) };
}

function takersOf(contested: readonly Contested[]): Map<string, string[]> {
  const taken = new Map<string, { readonly addresses: string[]; readonly others: Set<string> }>();
  for (const { scoped, macs } of contested) {
    for (const mac of macs) {
      const known = taken.get(mac) ?? { addresses: [], others: new Set() };
      known.addresses.push(scoped);
      for (const other of macs) if (other !== mac) known.others.add(other);
      taken.set(mac, known);
    }
  }
  return new Map(
    [...taken].flatMap(([mac, { addresses, others }]) =>
      addresses.length >= 2 && others.size >= TAKEN_FROM ? [[mac, addresses] as const] : [],
    ),
  );
}

/** One MAC address, or several in a row: the interfaces of one device. `macs` are in order. */
function areOneDevice(macs: readonly string[]): boolean {
  const numbers = macs.map((mac) => Number.parseInt(mac.replaceAll(':', ''), 16));
  return (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) < INTERFACES;
}
