import { few } from '../../few.ts';
import { isOt, type Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks } from '../telling.ts';
import { count, lines } from '../words.ts';

export const severalProgrammers: Rule = {
  id: 'several-programmers',
  title: 'Controllers that more than one host programs',
  requirement: 'SR 2.1',
  against: [],
  measure: 'restrict-engineering',
  technique: 'T0843',
  evaluate({ talks }) {
    const byServer = new Map<string, Talk[]>();
    for (const talk of talks) {
      if (!talk.accesses.includes('program') || !isOt(talk.server) || !isDevice(talk)) continue;
      const known = byServer.get(talk.server.scoped);
      if (known === undefined) byServer.set(talk.server.scoped, [talk]);
      else known.push(talk);
    }
    const several = [...byServer]
      .filter(([, all]) => new Set(all.map(({ client }) => client.scoped)).size > 1)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (several.length === 0) return [];
    return [
      {
        about: null,
        title: `${count(several.length, 'controller is', 'controllers are')} programmed by more than one host`,
        why: 'With several stations nobody knows whose project is the right one, and each is a way to change the process.',
        severity: 'medium',
        ...ofTalks(
          several.flatMap(([, all]) => all),
          'servers',
        ),
        evidence: lines(
          several.map(([, all]) => {
            const [{ server }] = all as [Talk];
            return `${endName(server)}: ${few([...new Set(all.map(({ client }) => endName(client)))].sort(), 6)}`;
          }),
        ),
        mend: 'Name one engineering station per cell, and deny engineering from all others.',
        disturbs: 'Suppliers who bring their own laptops.',
      },
    ];
  },
};

/** File transfers and databases have accesses too; only what controls a process is meant. */
function isDevice({ server: { asset } }: Talk): boolean {
  return asset !== null && !['server', 'workstation', 'domain-controller', 'printer'].includes(asset.role);
}
