import { protectionsOf } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

export const snmpCommunity: Rule = {
  id: 'snmp-community',
  title: 'SNMP v1 and v2c',
  requirement: 'SR 1.5',
  against: ['SR 1.5'],
  measure: 'protect-logins',
  technique: 'T0859',
  evaluate(view) {
    const shown = protectionsOf(view, 'community');
    if (shown.length === 0) return [];
    const writes = view.talks.some(
      ({ conversation, accesses }) => conversation.protocol === 'snmp' && accesses.includes('write'),
    );
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `SNMP communities pass in clear at ${count(parts.assets.length, 'asset')}`,
        why: writes
          ? 'The community is a password, and it was used to change settings: whoever reads it can do the same.'
          : 'The community is a password. Whoever reads it learns the network, and may change it where it also permits writing.',
        severity: writes ? 'high' : 'medium',
        ...parts,
        mend: 'Use SNMPv3 with authentication and encryption; until then, read-only communities and access lists.',
        disturbs: 'Network management, until its credentials are changed too.',
      },
    ];
  },
};
