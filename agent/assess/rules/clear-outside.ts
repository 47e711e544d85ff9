import { clearShareOf, isClear } from '../clear-traffic.ts';
import { isOt, isOutside, type Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { ofTalks } from '../telling.ts';
import { count, lines, percent } from '../words.ts';

/** Traffic in clear between plant zones and networks outside: SR 4.1 RE 1 asks for its protection from SL 2 on. */
export const clearOutside: Rule = {
  id: 'clear-outside',
  title: 'Traffic in clear between the plant and outside networks',
  requirement: 'SR 4.1',
  against: ['SR 4.1 RE 1'],
  measure: 'secure-protocols',
  technique: 'T0842',
  evaluate({ crossing }) {
    const outwards = crossing.filter(
      ({ client, server, answered }) =>
        answered && ((isOt(client) && isOutside(server)) || (isOutside(client) && isOt(server))),
    );
    const clear = outwards.filter(({ conversation }) => isClear(conversation) === true);
    if (clear.length === 0) return [];
    const conduits = new Map<string, Talk[]>();
    for (const talk of outwards) {
      const key = `${talk.client.zone?.name ?? talk.client.kind} → ${talk.server.zone?.name ?? talk.server.kind}`;
      const known = conduits.get(key);
      if (known === undefined) conduits.set(key, [talk]);
      else known.push(talk);
    }
    const told = [...conduits]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, talks]) => {
        const share = clearShareOf(talks.map(({ conversation }) => conversation));
        return share === null || share === 0 ? [] : [`${name}: ${percent(share)} of the bytes in clear`];
      });
    return [
      {
        about: null,
        title: `${count(clear.length, 'conversation')} between the plant and outside networks ${clear.length === 1 ? 'passes' : 'pass'} in clear`,
        why: 'What leaves the plant’s own network can be read, and learned from, by whoever sits on the way.',
        severity: 'medium',
        ...ofTalks(clear),
        evidence: lines(told),
        mend: 'Use the encrypted form of the protocols, or a VPN between the sites.',
        disturbs: 'Both ends of each conversation have to change together.',
      },
    ];
  },
};
