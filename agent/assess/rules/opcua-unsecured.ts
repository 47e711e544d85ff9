import { protectionsOf } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

export const opcuaUnsecured: Rule = {
  id: 'opcua-unsecured',
  title: 'OPC UA without security',
  requirement: 'SR 1.2',
  against: ['SR 1.2', 'SR 3.1 RE 1'],
  measure: 'secure-protocols',
  technique: 'T0830',
  evaluate(view) {
    const shown = protectionsOf(view, 'opcua-none');
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `OPC UA runs or is offered without security at ${count(parts.assets.length, 'asset')}`,
        why: 'OPC UA can authenticate and encrypt; with the policy None it does neither, and a server that offers it accepts it.',
        severity: 'medium',
        ...parts,
        mend: 'Use Sign and Encrypt with Basic256Sha256 or a later policy, and remove the endpoint None once clients have certificates.',
        disturbs: 'Clients have to be given certificates first; the change itself restarts their sessions.',
      },
    ];
  },
};
