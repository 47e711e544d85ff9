/** IP addresses that several MAC addresses claim as their own: two devices with one address, or one that poses as others. */
import { AddressKind } from '../facts/hosts.ts';
import { grouped } from '../grouping.ts';
import { leasesOf } from '../model/leases.ts';
import { compareText } from '../model/order.ts';
import { isSharedMac } from '../model/shared-macs.ts';
import { type HostSnapshot, scopedAddress } from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import { eventOf, type PlantEvent } from './event.ts';

/** Addresses that one MAC address contests, from which on it is taken for a spoofer: a mistake is made with one. */
const CONTESTED_BY_A_SPOOFER = 2;

interface Conflict {
  readonly host: HostSnapshot;
  readonly address: string;
  readonly macs: readonly string[];
}

export function addressConflicts({
  snapshot: { hosts },
  assets: { idOf },
}: Pick<Plant, 'snapshot' | 'assets'>): PlantEvent[] {
  const conflicts = hosts.filter(({ kind, unicast }) => unicast && kind === AddressKind.ipv4).flatMap(conflictOf);
  const contested = grouped(
    conflicts.flatMap((conflict) => conflict.macs.map((mac) => ({ mac, conflict }))),
    ({ mac }) => mac,
  );
  // of two spoofed addresses, the spoofer contests both, and each owner its own
  const spoofers = [...contested].filter(([, of]) => of.length >= CONTESTED_BY_A_SPOOFER);
  const explained = new Set(spoofers.flatMap(([, of]) => of.map(({ conflict }) => conflict)));
  const about = (all: readonly Conflict[], macs: readonly string[]) => ({
    assets: [...all.map(({ address }) => address), ...macs]
      .map((address) => idOf.get(address))
      .filter((id) => id !== undefined),
    ...timesOf(all),
  });
  return [
    ...spoofers.map(([mac, of]) => {
      const all = of.map(({ conflict }) => conflict);
      const owners = all.map(({ address, macs }) => `${address} is claimed by ${macs.join(' and by ')}`);
      return eventOf('arp-spoofing', {
        about: mac,
        title: `${mac} claims ${all.length} addresses of others: ${all.map(({ address }) => address).join(', ')}`,
        reasons: owners,
        ...about(all, [mac]),
        after: [mac],
      });
    }),
    ...conflicts
      .filter((conflict) => !explained.has(conflict))
      .map((conflict) =>
        eventOf('address-conflict', {
          about: conflict.address,
          title: `${conflict.address} is used by two devices: ${conflict.macs.join(' and ')}`,
          reasons: conflict.macs.map((mac) => `${mac} said by ARP that ${conflict.address} is its own`),
          ...about([conflict], conflict.macs),
          after: conflict.macs,
        }),
      ),
  ];
}

/** The MAC addresses that claim the host's address in one VLAN, where there are several. */
function conflictOf(host: HostSnapshot): Conflict[] {
  const { former } = leasesOf(host); // who had it by DHCP before does not contest it
  const claims = host.sightings.filter(({ claimed, mac }) => claimed && !isSharedMac(mac) && !former.has(mac));
  const several = [...grouped(claims, ({ vlan }) => vlan).values()].filter((of) => of.length > 1);
  const macs = [...new Set(several.flatMap((of) => of.map(({ mac }) => mac)))].sort(compareText);
  return macs.length > 1 ? [{ host, address: scopedAddress(host.address, host.scope), macs }] : [];
}

function timesOf(conflicts: readonly Conflict[]) {
  const times = conflicts
    .flatMap(({ host: { firstSent, lastSent } }) => [firstSent, lastSent])
    .filter((time) => time !== null);
  return times.length === 0 ? {} : { firstSeen: Math.min(...times), lastSeen: Math.max(...times) };
}
