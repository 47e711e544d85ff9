import { isInternet, isOt } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

export const internetIngress: Rule = {
  id: 'internet-ingress',
  title: 'Connections from the internet to plant systems',
  requirement: 'SR 1.13',
  against: ['SR 1.13', 'SR 5.2'],
  measure: 'close-internet',
  technique: 'T0883',
  evaluate({ crossing }) {
    const talks = crossing.filter(
      ({ client, server }) => isInternet(client) && (isOt(server) || server.kind === 'dmz'),
    );
    if (talks.length === 0) return [];
    const answered = talks.filter((talk) => talk.answered);
    const targets = distinct(talks.map(({ server }) => server.scoped));
    return [
      {
        about: null,
        title: `${count(targets.length, 'plant system')} ${targets.length === 1 ? 'is' : 'are'} reached from the internet`,
        why:
          answered.length > 0
            ? 'Whoever finds the address talks to the plant. Such services are listed publicly within days.'
            : 'Packets from the internet reach plant systems. They were not answered, as far as was heard.',
        severity: answered.some(({ server }) => isOt(server)) ? 'critical' : 'high',
        ...ofTalks(talks),
        evidence: pairLines(talks),
        mend: 'Close the way in at the outer firewall; let whoever needs it come over a VPN that ends in the DMZ.',
        disturbs: 'Remote maintenance and cloud services that come in this way.',
      },
    ];
  },
};
