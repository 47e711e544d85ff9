import { protectionsOf } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

/** It is told, but contradicts nothing by itself: what has to be confidential, the plant decides. */
export const unusedEncryption: Rule = {
  id: 'unused-encryption',
  title: 'Protocols that could encrypt, and do not',
  requirement: 'SR 4.1',
  against: [],
  measure: 'secure-protocols',
  technique: 'T0842',
  evaluate(view) {
    const shown = protectionsOf(view, 'unencrypted');
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `${count(parts.assets.length, 'asset leaves its protocol’s encryption', 'assets leave their protocols’ encryption')} unused`,
        why: 'The protocol has an encryption that is switched off: what passes can be read on its way.',
        severity: 'low',
        ...parts,
        mend: 'Switch it on: SNMPv3 with privacy, SQL Server with encryption.',
        disturbs: 'Clients that cannot encrypt: list them first.',
      },
    ];
  },
};
