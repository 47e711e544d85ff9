import { isInternet, isOt } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

export const internetEgress: Rule = {
  id: 'internet-egress',
  title: 'Plant systems that talk to the internet',
  requirement: 'SR 5.2',
  against: ['SR 5.2'],
  measure: 'close-internet',
  technique: 'T0869',
  evaluate({ crossing }) {
    const talks = crossing.filter(({ client, server }) => isOt(client) && isInternet(server));
    if (talks.length === 0) return [];
    const answered = talks.some((talk) => talk.answered);
    const hosts = distinct(talks.map(({ client }) => client.scoped));
    const targets = distinct(talks.map(({ server }) => server.scoped));
    return [
      {
        about: null,
        title: `${count(hosts.length, 'plant system')} ${answered ? (hosts.length === 1 ? 'talks' : 'talk') : hosts.length === 1 ? 'tries to talk' : 'try to talk'} to ${count(targets.length, 'address', 'addresses')} on the internet`,
        why: answered
          ? 'The way out is open. It is how malicious code gets its orders and takes data out.'
          : 'Nothing was answered, as far as was heard: the way out may be closed. What calls out is misconfigured, or wants what it should not.',
        severity: answered ? 'high' : 'medium',
        ...ofTalks(talks),
        evidence: pairLines(talks),
        mend: 'Deny plant addresses the internet at the outer firewall; give updates, time and name resolution a relay in the DMZ.',
        disturbs: 'Licences, cloud services and updates that rely on it.',
      },
    ];
  },
};
