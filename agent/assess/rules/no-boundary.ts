import { few } from '../../few.ts';
import type { Rule } from '../rule.ts';
import { spanOf } from '../telling.ts';
import { count, lines } from '../words.ts';

/** Zones between which frames pass untouched. A transparent firewall looks the same, so it is worded as such. */
export const noBoundary: Rule = {
  id: 'no-boundary',
  title: 'Zones with no boundary observed between them',
  requirement: 'SR 5.2',
  against: ['SR 5.2'],
  measure: 'segment',
  technique: null,
  evaluate({ conduits, zoneById, zoning }) {
    const open = conduits.filter(({ boundary, traffic }) => boundary.observed === 'none' && traffic !== null);
    if (open.length === 0) return [];
    const zones = [...new Set(open.flatMap(({ from, to }) => [from, to]))].filter((id) => zoneById.has(id)).sort();
    const nameOf = (id: string) => zoneById.get(id)?.name ?? id;
    const members = zoning.zones.filter(({ id }) => zones.includes(id)).flatMap((zone) => zone.members);
    const used = conduits.filter(({ traffic }) => traffic !== null).length;
    const pairs = new Map<string, { name: string; conversations: number; ports: Set<string> }>();
    for (const { from, to, traffic } of open) {
      const [a, b] = [from, to].sort() as [string, string];
      const pair = pairs.get(`${a} ${b}`) ?? {
        name: `${nameOf(a)} and ${nameOf(b)}`,
        conversations: 0,
        ports: new Set(),
      };
      pair.conversations += traffic?.conversations ?? 0;
      for (const port of traffic?.ports ?? []) pair.ports.add(port);
      pairs.set(`${a} ${b}`, pair);
    }
    return [
      {
        about: null,
        title: `No boundary observed between ${count(pairs.size, 'pair')} of zones`,
        why: `On ${open.length} of ${count(used, 'conduit')} frames pass between the ends’ own addresses with their time to live untouched: no router or firewall that shows itself stands between. A transparent firewall would look the same.`,
        severity: 'medium',
        assets: members.map(({ assetId }) => assetId).sort(),
        zones,
        evidence: lines(
          [...pairs]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(
              ([, { name, conversations, ports }]) =>
                `${name}: ${count(conversations, 'conversation')} (${few([...ports].sort(), 5)})`,
            ),
        ),
        samples: [],
        mend: 'Give each zone its own network, and put a filtering router or a firewall between; name transparent firewalls that stand there already.',
        disturbs: 'Addresses or gateways of the assets that move.',
        ...spanOf(open.flatMap(({ traffic }) => traffic ?? [])),
      },
    ];
  },
};
