import { changes, isOutside, isProcess } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** A level of the Purdue model is skipped: nothing between the office and the controller had a say. */
export const enterpriseToControl: Rule = {
  id: 'enterprise-to-control',
  title: 'Flows between outside networks and controllers',
  requirement: 'SR 5.2',
  against: ['SR 5.2'],
  measure: 'build-dmz',
  technique: 'T0886',
  evaluate({ crossing, isAllowed }) {
    const talks = crossing.filter(
      ({ client, server }) =>
        (isOutside(client) && client.kind !== 'external' && isProcess(server)) ||
        (isProcess(client) && isOutside(server) && server.kind !== 'external'),
    );
    if (talks.length === 0) return [];
    const decided = talks.every(isAllowed);
    const commanding = talks.filter(changes);
    const outside = distinct(
      talks.flatMap(({ client, server }) => (isOutside(client) ? client.scoped : server.scoped)),
    );
    const inside = distinct(talks.flatMap(({ client, server }) => (isOutside(client) ? server.scoped : client.scoped)));
    return [
      {
        about: null,
        title: `${count(outside.length, 'host')} of outside networks and ${count(inside.length, 'controller or field device', 'controllers and field devices')} talk directly`,
        why:
          commanding.length > 0
            ? 'Hosts outside the plant change what controllers do. Whoever takes over one of them has the process in hand.'
            : 'The flow jumps the levels between the office and the process, where it should be checked.',
        severity: decided ? 'medium' : commanding.length > 0 ? 'critical' : 'high',
        ...ofTalks(talks),
        evidence: decided ? [...pairLines(talks), 'The policy allows all of them'] : pairLines(talks),
        mend: 'End these flows in the supervisory zone or the DMZ; let controllers be reached from their own level and the one above.',
        disturbs: 'Whoever uses the data: move each reader to a replica before its flow is closed.',
      },
    ];
  },
};
