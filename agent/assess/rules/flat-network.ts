import { FLAT, flatnessOf, LEAST_ASSETS } from '../flatness.ts';
import type { Rule } from '../rule.ts';
import { count, lines, percent } from '../words.ts';

export const flatNetwork: Rule = {
  id: 'flat-network',
  title: 'One flat network',
  requirement: 'SR 5.1',
  against: ['SR 5.1'],
  measure: 'segment',
  technique: null,
  evaluate(view) {
    const { share, segments, assets } = flatnessOf(view);
    if (share === null || share < FLAT || assets.length < LEAST_ASSETS) return [];
    const ids = assets.map(({ id }) => id);
    return [
      {
        about: null,
        title: `${percent(share)} of the pairs of control systems could talk without passing a boundary`,
        why: 'On a flat network a single computer that is taken over reaches every controller, and a fault of one device reaches all.',
        severity: share >= 0.9 ? 'high' : 'medium',
        assets: ids,
        zones: view.zonesOf(ids),
        evidence: lines(
          segments.map(({ name, assets }) => `${name}: ${count(assets.length, 'control system')} side by side`),
        ),
        samples: [],
        mend: 'Divide it by function and criticality, as the proposed zones do, with a boundary between them.',
        disturbs: 'A maintenance window per zone that is moved.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
