import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** Connections that nobody answered, to one service. */
const LEAST_CONNECTIONS = 500;
/** Packets a second in one direction, without answers, for a second or more. */
const LEAST_RATE = 5000;

/** One service that is asked far more than it answers. */
export const flood: Rule = {
  id: 'flood',
  title: 'Floods of packets or connections',
  requirement: 'SR 7.1',
  against: [],
  measure: 'investigate',
  technique: 'T0814',
  evaluate({ talks }) {
    const found = talks.filter(({ conversation: c, answered }) => {
      if (answered || c.packetsFromClient < LEAST_CONNECTIONS) return false;
      const seconds = Math.max(1, (c.lastSeen - c.firstSeen) / 1e6);
      return (c.transport === 'tcp' && c.flows >= LEAST_CONNECTIONS) || c.packetsFromClient / seconds >= LEAST_RATE;
    });
    if (found.length === 0) return [];
    const targets = distinct(found.map(({ server }) => server.scoped));
    return [
      {
        about: null,
        title: `${count(targets.length, 'host is', 'hosts are')} flooded with packets they do not answer`,
        why: 'Small controllers stop answering, or stop, under a load that an office computer does not notice.',
        severity: 'high',
        ...ofTalks(found),
        evidence: pairLines(found),
        mend: 'Stop the sender; limit the rate of new connections at the boundary of the cell.',
        disturbs: 'Nothing, unless the sender is a client gone wild.',
      },
    ];
  },
};
