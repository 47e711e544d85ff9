import { isInternet, isOt, isOutside, type Talk } from '../plant-view.ts';
import { isRemoteAccess, isSession } from '../remote-access.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks, serviceOf } from '../telling.ts';
import { count, distinct, duration, lines } from '../words.ts';

/** Remote desktops, shells and tunnels into plant zones that do not come from a DMZ. */
export const remoteAccess: Rule = {
  id: 'remote-access',
  title: 'Remote access into plant zones from outside, past any jump host',
  requirement: 'SR 1.13',
  against: ['SR 1.13'],
  measure: 'control-remote-access',
  technique: 'T0822',
  evaluate({ crossing }) {
    const talks = crossing.filter(({ client, server, conversation }) => {
      const inwards = isOutside(client) && isOt(server);
      // whoever accepts connections from outside by calling out: remote desktop services and tunnels
      const outwards = isOt(client) && isInternet(server) && !isServedShell(conversation.protocol);
      return (inwards || outwards) && isRemoteAccess(conversation);
    });
    if (talks.length === 0) return [];
    const targets = distinct(talks.map(({ client, server }) => (isOt(server) ? server : client).scoped));
    const fromOutside = talks.some(
      ({ client, server, answered }) => answered && (client.kind !== 'enterprise' || server.kind === 'external'),
    );
    return [
      {
        about: null,
        title: `${count(targets.length, 'plant system is', 'plant systems are')} worked on from outside, without a jump host`,
        why: 'Sessions from outside end in the plant itself: no place in between asks who it is, records it, or can cut it off.',
        severity: fromOutside ? 'critical' : 'high',
        ...ofTalks(talks),
        evidence: lines(talks.map(sessionLine).sort()),
        mend: 'Let remote sessions end on a jump host in the DMZ, with a second factor and an approval each.',
        disturbs: 'Remote maintenance, until it uses the new way.',
      },
    ];
  },
};

/** A shell or desktop asked for from inside is work on something outside, not access to the plant. */
function isServedShell(protocol: string): boolean {
  return protocol !== 'teamviewer' && isSession({ protocol });
}

/** Who, to what, how long, how often. */
function sessionLine(talk: Talk): string {
  const { client, server, conversation, answered } = talk;
  const { flows, firstSeen, lastSeen } = conversation;
  const often = count(flows, 'connection');
  return `${endName(client)} → ${endName(server)}: ${serviceOf(talk)}, ${often}${answered ? ` within ${duration(lastSeen - firstSeen)}` : ', not answered'}`;
}
