import { few } from '../../few.ts';
import { claimsOf } from '../address-claims.ts';
import type { Rule } from '../rule.ts';
import { count, lines } from '../words.ts';

/** A MAC address that claims what belongs to several others: how somebody gets between two stations. */
export const arpSpoofing: Rule = {
  id: 'arp-spoofing',
  title: 'A device that claims other devices’ addresses',
  requirement: 'SR 3.1',
  against: ['SR 3.1'],
  measure: 'investigate',
  technique: 'T0830',
  evaluate(view) {
    const { takers } = claimsOf(view);
    if (takers.size === 0) return [];
    const taken = [...takers].sort(([a], [b]) => (a < b ? -1 : 1));
    const ids = [
      ...new Set(
        taken.flatMap(([mac, addresses]) => [mac, ...addresses].flatMap((entry) => view.assets.idOf.get(entry) ?? [])),
      ),
    ].sort();
    return [
      {
        about: null,
        title: `${count(takers.size, 'device claims', 'devices claim')} the addresses of others`,
        why: 'By ARP it says that several stations’ addresses are its own. That is how an attacker gets between them, to read and change what they say; a failover of redundant devices looks alike.',
        severity: 'critical',
        assets: ids,
        zones: view.zonesOf(ids),
        evidence: lines(
          taken.map(([mac, addresses]) => `${mac} claims ${few(addresses, 6)}, which other devices claim too`),
        ),
        samples: [],
        mend: 'Find the port of that MAC address at the switch and what is behind it; let switches check ARP (dynamic ARP inspection).',
        disturbs: 'Nothing, until the device is disconnected.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
