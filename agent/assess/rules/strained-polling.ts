import { decimal } from '../../decimal.ts';
import type { RangeSnapshot } from '../../model/snapshot.ts';
import type { Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks } from '../telling.ts';
import { count, lines } from '../words.ts';

/** A poll is fast below this many seconds, and known after this many times. */
const FAST = 0.25;
const LEAST_TIMES = 100;
/** Standard deviation of the period as a share of it from which on the rhythm is lost. */
const LOST_RHYTHM = 1;

/** Fast polls that come as they can, not as they should: the client, the network or the device is at its limit. */
export const strainedPolling: Rule = {
  id: 'strained-polling',
  title: 'Fast polls that do not keep their rhythm',
  requirement: 'SR 7.1',
  against: [],
  measure: 'calm-the-network',
  technique: null,
  evaluate({ talks }) {
    const found = talks.flatMap((talk) => {
      const range = strained(talk);
      return range === undefined ? [] : [{ talk, range }];
    });
    if (found.length === 0) return [];
    return [
      {
        about: null,
        title: `${count(found.length, 'fast poll does', 'fast polls do')} not keep ${found.length === 1 ? 'its' : 'their'} rhythm`,
        why: 'A poll that is faster than the device or the network leaves no reserve: the next disturbance delays control.',
        severity: 'low',
        ...ofTalks(found.map(({ talk }) => talk)),
        evidence: lines(
          found
            .map(({ talk: { client, server, conversation }, range: { period, jitter, space } }) => {
              const rhythm = `every ${decimal(1000 * (period ?? 0))} ms ± ${decimal(1000 * (jitter ?? 0))} ms`;
              return `${endName(client)} → ${endName(server)}: ${conversation.protocol} ${space} ${rhythm}`;
            })
            .sort(),
        ),
        mend: 'Poll slower, or less; let the device report changes by itself where it can.',
        disturbs: 'The client restarts its communication.',
      },
    ];
  },
};

function strained({ conversation: { operations } }: Talk): RangeSnapshot | undefined {
  for (const { access, ranges } of operations) {
    const lost = access === 'read' ? ranges.find(isStrained) : undefined;
    if (lost !== undefined) return lost;
  }
  return undefined;
}

function isStrained({ times, period, jitter }: RangeSnapshot): boolean {
  if (period === null || jitter === null) return false;
  return times >= LEAST_TIMES && period <= FAST && jitter >= LOST_RHYTHM * period;
}
