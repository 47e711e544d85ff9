import { hearingFindings } from '../../model/capture-quality.ts';
import type { Rule } from '../rule.ts';
import { lines } from '../words.ts';

/** The listener itself hears badly: what it does not find says less. */
export const impairedListening: Rule = {
  id: 'impaired-listening',
  title: 'Traffic that this listener did not hear whole',
  requirement: 'SR 6.2',
  against: [],
  measure: 'complete-monitoring',
  technique: null,
  evaluate({ snapshot }) {
    const hearing = hearingFindings(snapshot).filter(({ id }) => id !== 'duplicates');
    if (hearing.length === 0) return [];
    return [
      {
        about: null,
        title: 'The listener did not hear the plant whole',
        why: 'Monitoring that misses traffic misses what happens in it, and this assessment with it.',
        severity: 'low',
        assets: [],
        zones: [],
        evidence: lines(hearing.map(({ what, source }) => (source === null ? what : `${source}: ${what}`))),
        samples: [],
        mend: [...new Set(hearing.map(({ mend }) => mend))].join(' '),
        disturbs: 'Nothing.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
