import { decimal } from '../../decimal.ts';
import type { Rule } from '../rule.ts';
import { percent } from '../words.ts';

const LEAST = 100;
const SHARE = 0.01;

/** Counted of the plant as a whole. */
export const retransmissions: Rule = {
  id: 'retransmissions',
  title: 'TCP segments that had to be sent again',
  requirement: 'SR 7.1',
  against: [],
  measure: 'calm-the-network',
  technique: null,
  evaluate({ snapshot }) {
    const { quality, files } = snapshot.capture;
    const tcp = files.reduce((sum, { hearing }) => sum + (hearing?.tcp ?? 0), 0);
    if (tcp === 0 || quality.retransmissions < LEAST || quality.retransmissions / tcp < SHARE) return [];
    return [
      {
        about: null,
        title: `${percent(quality.retransmissions / tcp)} of the TCP packets were sent again`,
        why: 'Something loses packets: a bad cable, a duplex mismatch, a full link, a device that cannot keep up. Control that waits for a second try reacts late.',
        severity: 'low',
        assets: [],
        zones: [],
        evidence: [`${decimal(quality.retransmissions)} of ${decimal(tcp)} TCP packets repeat what was sent before`],
        samples: [],
        mend: 'Read the error counters of the switch ports, and mend the worst.',
        disturbs: 'A device is off the network while its cable is changed.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
