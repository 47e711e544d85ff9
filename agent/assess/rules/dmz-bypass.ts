import { changes, isOutside } from '../plant-view.ts';
import { isRemoteAccess } from '../remote-access.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** Sessions between the enterprise and plant operations that do not end in a DMZ. */
export const dmzBypass: Rule = {
  id: 'dmz-bypass',
  title: 'Flows between enterprise and supervisory systems that pass no DMZ',
  requirement: 'SR 5.2',
  against: ['SR 5.2'],
  measure: 'build-dmz',
  technique: 'T0886',
  evaluate({ crossing, zoning, isAllowed }) {
    const talks = crossing.filter(
      (talk) =>
        ((talk.client.kind === 'enterprise' && talk.server.kind === 'supervisory') ||
          (talk.client.kind === 'supervisory' && isOutside(talk.server) && talk.server.kind !== 'external')) &&
        !isRemoteAccess(talk.conversation),
    );
    if (talks.length === 0) return [];
    const decided = talks.every(isAllowed);
    const hasDmz = zoning.zones.some(({ kind }) => kind === 'dmz');
    const hosts = distinct(talks.map(({ client, server }) => (isOutside(client) ? client : server).scoped));
    return [
      {
        about: null,
        title: `${count(hosts.length, 'host')} of outside networks and supervisory systems talk directly${hasDmz ? ', past the DMZ' : ''}`,
        why: hasDmz
          ? 'There is a DMZ, but these sessions go around it: what breaks into the office reaches the plant in one step.'
          : 'No DMZ was seen. Sessions between office and plant end in the plant: what breaks into the office reaches it in one step.',
        severity: decided ? 'medium' : talks.some(changes) ? 'critical' : 'high',
        ...ofTalks(talks),
        evidence: decided ? [...pairLines(talks), 'The policy allows all of them'] : pairLines(talks),
        mend: 'Let sessions from both sides end in a DMZ: a historian replica, a file relay, a jump host.',
        disturbs: 'The applications named, while each is moved to its relay.',
      },
    ];
  },
};
