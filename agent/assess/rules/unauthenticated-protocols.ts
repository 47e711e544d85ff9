import { few } from '../../few.ts';
import { UNAUTHENTICATED } from '../industrial-protocols.ts';
import { changes, isOt, type Talk } from '../plant-view.ts';
import { kindOfProtection } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofTalks } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** Commands that carry no proof of who sends them. What reads only is left out: it changes nothing. */
export const unauthenticatedProtocols: Rule = {
  id: 'unauthenticated-protocols',
  title: 'Commands to controllers by protocols that authenticate nobody',
  requirement: 'SR 1.2',
  against: ['SR 1.2', 'SR 3.1 RE 1'],
  measure: 'secure-protocols',
  technique: 'T0855',
  evaluate({ talks, devices }) {
    const secured = new Set(devices.filter(({ evidence }) => evidence.some(secures)).map(({ id }) => id));
    const found = talks.filter(
      (talk) =>
        UNAUTHENTICATED.has(talk.conversation.protocol) &&
        changes(talk) &&
        isOt(talk.server) &&
        !(talk.server.asset !== null && secured.has(talk.server.asset.id)),
    );
    if (found.length === 0) return [];
    const servers = distinct(found.map(({ server }) => server.scoped));
    return [
      {
        about: null,
        title: `${count(servers.length, 'controller or device is', 'controllers and devices are')} commanded by protocols that authenticate nobody`,
        why: 'The device obeys whoever reaches it, and nobody can tell a forged or changed command from a real one. What protects it is the boundary of its zone alone.',
        severity: 'medium',
        ...ofTalks(found, 'servers'),
        evidence: byProtocol(found),
        mend: 'Switch on authentication where devices have it; else let only the named clients reach them.',
        disturbs: 'Both ends have to change together; many devices need new firmware.',
      },
    ];
  },
};

/** DNP3 with Secure Authentication, CIP Security, IEC 60870-5-7: the device proves to know better. */
function secures(entry: { readonly field: string; readonly value: string; readonly source: string }): boolean {
  return (
    entry.field === 'protection' &&
    kindOfProtection(entry) === 'secured' &&
    /^(dnp3|enip|iec104|codesys|knx|bacnet|cotp|s7comm)/.test(entry.source)
  );
}

function byProtocol(talks: readonly Talk[]): string[] {
  const names = distinct(talks.map(({ conversation }) => conversation.protocol));
  return names.map((protocol) => {
    const spoken = talks.filter(({ conversation }) => conversation.protocol === protocol);
    const clients = new Set(spoken.map(({ client }) => client.scoped)).size;
    const servers = new Set(spoken.map(({ server }) => server.scoped)).size;
    const accesses = distinct(
      spoken.flatMap((talk) => talk.accesses.filter((access) => ['write', 'control', 'program'].includes(access))),
    );
    return `${UNAUTHENTICATED.get(protocol)}: ${few(accesses)} by ${count(clients, 'client')} at ${count(servers, 'device')}`;
  });
}
