import { protectionsOf } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

/** RFC 8996, RFC 7568 and RFC 7465 forbid what is found here. */
export const obsoleteCryptography: Rule = {
  id: 'obsolete-cryptography',
  title: 'Obsolete versions of TLS, SSH and RDP',
  requirement: 'SR 4.3',
  against: ['SR 4.3'],
  measure: 'renew-systems',
  technique: null,
  evaluate(view) {
    const shown = protectionsOf(view, 'obsolete-crypto');
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `${count(parts.assets.length, 'asset uses', 'assets use')} obsolete encryption`,
        why: 'What was chosen can be broken; a better version of the same protocol exists.',
        severity: 'medium',
        ...parts,
        mend: 'Switch off the old versions: TLS 1.2 or later, SSH 2, RDP with network level authentication.',
        disturbs: 'Old clients, which can no longer connect: list them first.',
      },
    ];
  },
};
