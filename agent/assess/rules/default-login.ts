import { protectionsOf, type Shown } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { inPlant, ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

/** A login, as against a community, which mostly lets read only. */
function isUser({ entry }: Shown): boolean {
  return !/community/.test(entry.value);
}

export const defaultLogin: Rule = {
  id: 'default-login',
  title: 'Default passwords and communities in use',
  requirement: 'SR 1.5',
  against: ['SR 1.5'],
  measure: 'protect-logins',
  technique: 'T0812',
  evaluate(view) {
    const shown = protectionsOf(view, 'default-login');
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `Default passwords or communities are in use at ${count(parts.assets.length, 'asset')}`,
        why: 'Defaults stand in manuals and in every attacker’s list; they are tried first.',
        severity: inPlant(shown.filter(isUser), view) ? 'high' : 'medium',
        ...parts,
        mend: 'Change them, device by device.',
        disturbs: 'Clients that use them: change both ends together.',
      },
    ];
  },
};
