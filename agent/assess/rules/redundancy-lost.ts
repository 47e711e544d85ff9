import type { Shown } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';

/** A ring that is open has no second way left: IEC 62439-2. */
export const redundancyLost: Rule = {
  id: 'redundancy-lost',
  title: 'Network rings that are open',
  requirement: 'SR 7.1',
  against: [],
  measure: 'calm-the-network',
  technique: null,
  evaluate(view) {
    const shown = view.devices.flatMap((asset): Shown[] => {
      const states = asset.evidence.filter(({ source }) => source === 'mrp.test.ring-state');
      const last = states.reduce<Shown['entry'] | null>(
        (a, b) => (a === null || b.lastSeen > a.lastSeen ? b : a),
        null,
      );
      return last?.value === 'MRP ring open' ? [{ asset, entry: last }] : [];
    });
    if (shown.length === 0) return [];
    return [
      {
        about: null,
        title: 'A network ring is open: its redundancy is lost',
        why: 'The next broken link divides the network.',
        severity: 'medium',
        ...ofShown(shown, view),
        mend: 'Find the broken link at the ring manager, and mend it.',
        disturbs: 'Nothing: the ring carries traffic by the other way meanwhile.',
      },
    ];
  },
};
