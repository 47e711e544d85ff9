import { changes, isProcess } from '../plant-view.ts';
import { isRemoteAccess } from '../remote-access.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** The supervisory level is skipped. Remote sessions are left out: a jump host is there for them. */
export const dmzToControl: Rule = {
  id: 'dmz-to-control',
  title: 'Flows between the DMZ and controllers',
  requirement: 'SR 5.2',
  against: [],
  measure: 'build-dmz',
  technique: 'T0886',
  evaluate({ crossing }) {
    const talks = crossing.filter(
      ({ client, server, conversation }) => client.kind === 'dmz' && isProcess(server) && !isRemoteAccess(conversation),
    );
    if (talks.length === 0) return [];
    const hosts = distinct(talks.map(({ client }) => client.scoped));
    const targets = distinct(talks.map(({ server }) => server.scoped));
    return [
      {
        about: null,
        title: `${count(hosts.length, 'DMZ host reaches', 'DMZ hosts reach')} ${count(targets.length, 'controller or field device', 'controllers and field devices')} directly`,
        why: 'The DMZ is reached from the office. From there the next step should be the supervisory level, not the process.',
        severity: talks.some(changes) ? 'high' : 'medium',
        ...ofTalks(talks),
        evidence: pairLines(talks),
        mend: 'Let the supervisory level hand on what the DMZ needs.',
        disturbs: 'Whoever uses the data, while its way is changed.',
      },
    ];
  },
};
