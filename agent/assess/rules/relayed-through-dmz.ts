import { few } from '../../few.ts';
import { changes, isOt, isOutside, isProcess, type Talk } from '../plant-view.ts';
import { isRemoteAccess } from '../remote-access.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks, pairLines } from '../telling.ts';
import { count } from '../words.ts';

/** Services that are handed down level by level on purpose. */
const HANDED_DOWN: ReadonlySet<string> = new Set([
  ...[
    'dns',
    'ntp',
    'ptp',
    'dhcp',
    'syslog',
    'snmp',
    'kerberos',
    'ldap',
    'radius',
    'netbios-ns',
    'netbios-dgm',
    'dcerpc',
  ],
]);

/**
 * A DMZ in which sessions do not end: the same protocol comes in from outside and goes on to the plant by the same host
 * at the same time, or somebody works on a host there that commands controllers.
 */
export const relayedThroughDmz: Rule = {
  id: 'relayed-through-dmz',
  title: 'DMZ hosts that pass a protocol on between enterprise and plant',
  requirement: 'SR 5.2',
  against: [],
  measure: 'build-dmz',
  technique: 'T0886',
  evaluate({ crossing }) {
    const coming = new Map<string, Talk[]>();
    for (const talk of crossing) {
      if (talk.server.kind === 'dmz' && isOutside(talk.client) && talk.answered) {
        const known = coming.get(talk.server.scoped);
        if (known === undefined) coming.set(talk.server.scoped, [talk]);
        else known.push(talk);
      }
    }
    const relays = new Map<string, { readonly in: Set<Talk>; readonly out: Set<Talk> }>();
    for (const out of crossing) {
      if (out.client.kind !== 'dmz' || !isOt(out.server) || !out.answered) continue;
      const sources = (coming.get(out.client.scoped) ?? []).filter((into) => relayed(into, out));
      if (sources.length === 0) continue;
      const relay = relays.get(out.client.scoped) ?? { in: new Set(), out: new Set() };
      for (const source of sources) relay.in.add(source);
      relay.out.add(out);
      relays.set(out.client.scoped, relay);
    }
    if (relays.size === 0) return [];
    const all = [...relays.values()];
    const talks = all.flatMap((relay) => [...relay.in, ...relay.out]);
    const names = all.map((relay) => endName(([...relay.out] as [Talk])[0].client)).sort();
    return [
      {
        about: null,
        title: `${count(relays.size, 'DMZ host')} passes on what comes from outside: ${few(names, 3)}`,
        why: 'A DMZ protects because no session reaches through it. Here the same protocol comes in and goes on, or a person on the host commands controllers: the chain is as open as a direct flow.',
        severity: talks.some((talk) => isProcess(talk.server) && changes(talk)) ? 'high' : 'medium',
        ...ofTalks(talks),
        evidence: pairLines(talks),
        mend: 'Let different protocols serve the two sides of a DMZ host, or inspect and record the sessions on it.',
        disturbs: 'The service that is relayed, while its way is changed.',
      },
    ];
  },
};

function relayed(into: Talk, out: Talk): boolean {
  const a = into.conversation;
  const b = out.conversation;
  if (a.firstSeen > b.lastSeen || b.firstSeen > a.lastSeen) return false;
  if (isRemoteAccess(a)) return changes(out) && isProcess(out.server);
  return a.protocol === b.protocol && !HANDED_DOWN.has(a.protocol);
}
