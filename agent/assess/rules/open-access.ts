import { protectionsOf, type Shown } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { inPlant, ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

/** What is merely offered may be offered for reading only. */
function isUsed({ entry }: Shown): boolean {
  return !/offers/.test(entry.value);
}

export const openAccess: Rule = {
  id: 'open-access',
  title: 'Services and controllers that say they ask for no password',
  requirement: 'SR 1.1',
  against: ['SR 1.1'],
  measure: 'protect-logins',
  technique: null,
  evaluate(view) {
    const shown = protectionsOf(view, 'unprotected');
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `${count(parts.assets.length, 'asset says it lets', 'assets say they let')} anybody in`,
        why: 'These devices have a protection that is switched off: whoever reaches them is in.',
        severity: inPlant(shown.filter(isUsed), view) ? 'high' : 'medium',
        ...parts,
        mend: 'Set passwords and protection levels where the devices have them.',
        disturbs: 'Clients that connect without a password: they need it too.',
      },
    ];
  },
};
