import type { Role } from '../../model/roles/role.ts';
import { UNAUTHENTICATED } from '../industrial-protocols.ts';
import { changes, type End, isOt, isOutside } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** Roles to which no commanding of controllers belongs, wherever they stand. */
const DO_NOT_WRITE: ReadonlySet<Role> = new Set([
  ...([
    'historian',
    'printer',
    'camera',
    'clock',
    'switch',
    'domain-controller',
    'external-host',
    'router',
    'firewall',
  ] as const),
]);

/** A computer in a plant zone may well be an operator's, though nothing calls it so; one elsewhere is not. */
function mayWrite({ asset, kind }: End): boolean {
  return asset === null || !(DO_NOT_WRITE.has(asset.role) || kind === 'dmz' || isOutside({ kind }));
}

export const unexpectedWriter: Rule = {
  id: 'unexpected-writer',
  title: 'Writes and commands from hosts to whose role they do not belong',
  requirement: 'SR 2.1',
  against: ['SR 2.1'],
  measure: 'restrict-engineering',
  technique: 'T0855',
  evaluate({ talks }) {
    const found = talks.filter(
      (talk) =>
        changes(talk) &&
        isOt(talk.server) &&
        (UNAUTHENTICATED.has(talk.conversation.protocol) ||
          ['opcua', 's7comm-plus'].includes(talk.conversation.protocol)) &&
        !mayWrite(talk.client),
    );
    if (found.length === 0) return [];
    const clients = distinct(found.map(({ client }) => client.scoped));
    const targets = distinct(found.map(({ server }) => server.scoped));
    const who = distinct(found.map(({ client }) => `${endName(client)} (${client.asset?.role})`));
    return [
      {
        about: null,
        title: `${clients.length === 1 ? who[0] : count(clients.length, 'host')} ${clients.length === 1 ? 'commands' : 'that should only read command'} ${count(targets.length, 'controller')}`,
        why: 'Controllers obey whoever writes to them. These hosts do other work; that they write is a mistake, a workaround, or somebody else at their keyboard.',
        severity: 'high',
        ...ofTalks(found, 'servers'),
        evidence: pairLines(found),
        mend: 'Ask the owner of each; take the right to write from those that need none, at the controller or at the boundary of its zone.',
        disturbs: 'A recipe or a setpoint that really comes this way: give it a place of its own.',
      },
    ];
  },
};
