import { protectionsOf } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { inPlant, ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

export const cleartextLogin: Rule = {
  id: 'cleartext-login',
  title: 'Passwords sent in clear',
  requirement: 'SR 1.5',
  against: ['SR 1.5', 'SR 4.1'],
  measure: 'protect-logins',
  technique: 'T0859',
  evaluate(view) {
    const shown = protectionsOf(view, 'cleartext-login', 'weak-password');
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `Passwords pass in clear or hardly hidden at ${count(parts.assets.length, 'asset')}`,
        why: 'Everybody on the path can read the password and log in with it. This listener has seen them and kept none.',
        severity: inPlant(shown, view) ? 'high' : 'medium',
        ...parts,
        mend: 'Replace the service by its protected form, then change the passwords that were in use.',
        disturbs: 'Scripts and clients that log in automatically.',
      },
    ];
  },
};
