/** The least that must be permitted for flows to pass. */
import type { Access } from '../../parsers/protocol.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import type { Permission } from './conduit.ts';
import { ACCESS_ORDER, type Flow } from './flow.ts';
import { byText } from './grouping.ts';

/** Protocols that hide what they carry: a border can hold them to their port only. */
const OPAQUE: ReadonlySet<string> = new Set(['tls', 'dtls', 'quic']);

/** The name by which a policy permits a conversation: its protocol, or the port of what nothing recognised. */
export function permittedName({ protocol, recognised, transport, port }: ConversationSnapshot): string {
  const hasPort = port !== null && (transport === 'tcp' || transport === 'udp');
  return hasPort && port > 0 && (!recognised || OPAQUE.has(protocol)) ? `${transport}/${port}` : protocol;
}

/** Protocols that keep a session up: a connection opened before the capture has to be opened anew one day. */
export function protocolsWithSessions(flows: readonly Flow[]): ReadonlySet<string> {
  const sessions = flows.filter(({ accesses }) => accesses.includes('session'));
  return new Set(sessions.map(({ conversation }) => conversation.protocol));
}

/**
 * What `flows` need, in order of the protocols' names: of each protocol the accesses that were used, or any where no
 * operation is known.
 */
export function permissionsFor(flows: readonly Flow[], withSessions: ReadonlySet<string>): Permission[] {
  const used = new Map<string, Set<Access>>();
  for (const { accesses, conversation } of flows) {
    const name = permittedName(conversation);
    const known = used.get(name) ?? new Set<Access>();
    used.set(name, known);
    for (const access of accesses) known.add(access);
    if (accesses.length > 0 && withSessions.has(conversation.protocol)) known.add('session');
  }
  return [...used]
    .sort(([a], [b]) => byText(a, b))
    .map(([protocol, accesses]) => ({
      protocol,
      access:
        accesses.size === 0 || protocol.includes('/') ? null : ACCESS_ORDER.filter((access) => accesses.has(access)),
    }));
}
