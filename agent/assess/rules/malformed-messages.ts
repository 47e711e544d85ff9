import { decimal } from '../../decimal.ts';
import type { Rule } from '../rule.ts';
import { count, percent } from '../words.ts';

/** Below these nothing is said: a cut connection leaves a broken message or two. */
const LEAST = 20;
const SHARE = 0.005;

/** Messages that contradict their protocol: bad checksums, lengths and fields. Only the plant as a whole is counted. */
export const malformedMessages: Rule = {
  id: 'malformed-messages',
  title: 'Messages that contradict their protocol',
  requirement: 'SR 3.5',
  against: [],
  measure: 'investigate',
  technique: 'T0814',
  evaluate({ snapshot }) {
    const { ok, malformed, truncated } = snapshot.capture.quality.messages;
    const all = ok + malformed + truncated;
    if (malformed < LEAST || malformed / all < SHARE) return [];
    return [
      {
        about: null,
        title: `${percent(malformed / all)} of the messages contradict their protocol`,
        why: 'Bad checksums and impossible fields come from faulty devices and cables, from a protocol that is spoken in a dialect, or from somebody who tries what a device does with them.',
        severity: 'low',
        assets: [],
        zones: [],
        evidence: [
          `${decimal(malformed)} of ${count(all, 'message')} contradict the specification`,
          ...(truncated > 0 ? [`${decimal(truncated)} more point past their own end`] : []),
        ],
        samples: [],
        mend: 'Find the senders; let a protocol-aware firewall drop what is malformed.',
        disturbs: 'Devices that speak a dialect are cut off by a strict firewall.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
