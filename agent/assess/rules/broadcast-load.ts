import { decimal } from '../../decimal.ts';
import { AddressKind } from '../../facts/hosts.ts';
import type { Rule } from '../rule.ts';
import { count, lines } from '../words.ts';

/** Broadcasts a second, on average, that load every device; suppliers of controllers name a few hundred to a thousand. */
const LEAST_RATE = 200;
const LEAST_SPAN = 10e6;

/** Broadcasts to all. Multicast groups of GOOSE, PROFINET or implicit I/O are somebody's process, not counted here. */
export const broadcastLoad: Rule = {
  id: 'broadcast-load',
  title: 'Broadcasts that load every device',
  requirement: 'SR 7.1',
  against: [],
  measure: 'calm-the-network',
  technique: 'T0814',
  evaluate({ snapshot, span, assets, zonesOf }) {
    if (span < LEAST_SPAN) return [];
    const groups = new Set(
      snapshot.hosts
        .filter(
          ({ unicast, kind, address }) =>
            !unicast && (kind === AddressKind.mac ? address === 'ff:ff:ff:ff:ff:ff' : true),
        )
        .filter(({ address }) => /^(ff:ff:ff:ff:ff:ff|255\.255\.255\.255)$/.test(address))
        .map(({ address }) => address),
    );
    const senders = new Map<string, number>();
    let packets = 0;
    for (const { client, server, packetsFromClient } of snapshot.conversations) {
      if (!groups.has(server) && !(server.endsWith('.255') && !server.includes(':'))) continue;
      packets += packetsFromClient;
      senders.set(client, (senders.get(client) ?? 0) + packetsFromClient);
    }
    const perSecond = packets / (span / 1e6);
    if (perSecond < LEAST_RATE) return [];
    const loudest = [...senders].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 10);
    const ids = [...new Set(loudest.flatMap(([address]) => assets.idOf.get(address) ?? []))].sort();
    return [
      {
        about: null,
        title: `${decimal(Math.round(perSecond))} broadcasts a second reach every device`,
        why: 'Every device has to look at every broadcast. Controllers with small processors lose time for their work, or their connections.',
        severity: perSecond >= 5 * LEAST_RATE ? 'high' : 'medium',
        assets: ids,
        zones: zonesOf(ids),
        evidence: lines([
          `${count(packets, 'broadcast')} by ${count(senders.size, 'sender')}`,
          ...loudest.map(([address, many]) => `${address}: ${decimal(many)}`),
        ]),
        samples: [],
        mend: 'Look for a loop first, then at the loudest senders; limit broadcasts at the switches, divide the segment.',
        disturbs: 'Discovery protocols, where the limit is too low.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
