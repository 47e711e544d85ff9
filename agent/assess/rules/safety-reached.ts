import { isOt, isOutside, isProcess, type Talk } from '../plant-view.ts';
import { isRemoteAccess } from '../remote-access.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** What a safety asset may be asked for from outside its zone. */
const PERMITTED = new Set(['read', 'session', 'diagnostic']);

/** IEC 62443-3-2, ZCR 3.3; what is permitted is told by access, or by a protocol that has none (a clock, a log). */
export const safetyReached: Rule = {
  id: 'safety-reached',
  title: 'Safety systems reached by more than a read',
  requirement: 'ZCR 3.3',
  against: ['SR 2.1', 'SR 5.2'],
  measure: 'separate-safety',
  technique: 'T0836',
  evaluate({ talks }) {
    const into = talks.filter(
      ({ client, server }) =>
        server.kind === 'safety' && (client.zone === null || client.zone !== server.zone) && client.kind !== 'safety',
    );
    const reached = into.filter((talk) => isOutside(talk.client) || !isPermitted(talk));
    if (reached.length === 0) return [];
    const changing = reached.filter(({ accesses }) => accesses.some((access) => !PERMITTED.has(access)));
    const programmed = changing.some(({ accesses }) => accesses.includes('program'));
    const hosts = distinct(reached.map(({ client }) => client.scoped));
    const targets = distinct(reached.map(({ server }) => server.scoped));
    return [
      {
        about: null,
        title: `${count(hosts.length, 'host')} outside the safety zone ${changing.length > 0 ? (programmed ? 'program or write to' : 'write to or command') : 'reach'} ${count(targets.length, 'safety system')}`,
        why:
          changing.length > 0
            ? 'A safety system that others can change does not protect from them. This is how attacks on safety systems were made.'
            : 'Only reads that are permitted should reach a safety system. These are remote sessions, flows of which it is not known what they do, or flows from outside the plant.',
        severity: changing.length > 0 || reached.some(({ client }) => isOutside(client)) ? 'critical' : 'high',
        ...ofTalks(reached, 'servers'),
        technique: programmed ? 'T0843' : 'T0836',
        evidence: pairLines(reached),
        mend: 'Let only named reads through to the safety zone; do engineering from a station inside it, with the key switch turned for as long as it takes.',
        disturbs:
          'Overrides and resets that operators give from the control system: move them to hard wires or a certified gateway.',
      },
    ];
  },
};

function isPermitted({ accesses, conversation, client, answered }: Talk): boolean {
  if (isRemoteAccess(conversation)) return false;
  if (accesses.length > 0) return accesses.every((access) => PERMITTED.has(access));
  // a recognised protocol that was asked for nothing; something unknown that nobody answered
  return conversation.recognised || (!answered && (isOt(client) || isProcess(client)));
}
