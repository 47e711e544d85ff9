import type { Access } from '../../parsers/protocol.ts';
import { SEVERITIES } from '../severity.ts';
import type { Permission } from '../zones/conduit.ts';
import { ACCESS_ORDER, type Flow } from '../zones/flow.ts';
import type { Zoning } from '../zones/zone.ts';
import type { Policy, PolicyConduit, PolicyZone } from './policy.ts';
import { isOfProtocol } from './protocol-names.ts';
import type { Violation } from './violation.ts';
import { severityOf } from './violation-severity.ts';

export interface PolicyCheck {
  /** The most severe first. */
  readonly violations: readonly Violation[];
  /** Ids of conduits that nothing used. */
  readonly unusedConduits: readonly string[];
  /** Permissions of used conduits that nothing used; accesses that nothing used are named. */
  readonly unusedPermissions: readonly { readonly conduit: string; readonly permission: Permission }[];
}

/** Frames named as samples of one violation. */
const MOST_SAMPLES = 5;

/** A flow that is not allowed. */
interface Breach {
  readonly kind: Violation['kind'];
  readonly flow: Flow;
  /** What of it is not allowed. */
  readonly accesses: readonly Access[];
  readonly from: PolicyZone | null;
  readonly to: PolicyZone | null;
  readonly reason: string;
  /** The protocol is allowed, only not to do this. */
  readonly protocolAllowed: boolean;
}

/** Compares the flows seen with what a policy allows. */
export function checkPolicy(policy: Policy, flows: readonly Flow[], { zoneOfAddress }: Zoning): PolicyCheck {
  const zones = new Map(policy.zones.map((zone) => [zone.id, zone]));
  const uses = usesOf(policy);
  const borders = bordersOf(uses);
  const breaches = new Map<string, Breach[]>();
  for (const flow of flows) {
    const from = zones.get(zoneOfAddress.get(flow.client.scoped) ?? '') ?? null;
    const to = zones.get(zoneOfAddress.get(flow.server.scoped) ?? '') ?? null;
    if (from !== null && from === to) continue;
    const breach = breachOf(flow, from, to, borders);
    if (breach === null) continue;
    const key = idOf(breach);
    const known = breaches.get(key);
    if (known === undefined) breaches.set(key, [breach]);
    else known.push(breach);
  }
  const violations = [...breaches].map(([id, all]) => violationOf(id, all)).sort(bySeverity);
  return { violations, ...unused(uses) };
}

/** A permission, and what of it flows have used. */
interface Use {
  readonly permission: Permission;
  used: boolean;
  readonly accesses: Set<Access>;
}

/** The permissions of each conduit. */
type Uses = ReadonlyMap<PolicyConduit, readonly Use[]>;

function usesOf({ conduits }: Policy): Uses {
  const fresh = (permission: Permission): Use => ({ permission, used: false, accesses: new Set() });
  return new Map(conduits.map((conduit) => [conduit, conduit.allow.map(fresh)]));
}

/** What may pass, by the zones it passes between: conduits between the same zones add up. */
type Borders = ReadonlyMap<string, readonly Use[]>;

function bordersOf(uses: Uses): Borders {
  const borders = new Map<string, Use[]>();
  for (const [{ from, to }, permissions] of uses) {
    const key = borderKey(from, to);
    const known = borders.get(key);
    if (known === undefined) borders.set(key, [...permissions]);
    else for (const permission of permissions) known.push(permission);
  }
  return borders;
}

/** Zone ids hold no line feed. */
function borderKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

/** What is not allowed of a flow between two zones, or null; notes what it uses of the permissions. */
function breachOf(flow: Flow, from: PolicyZone | null, to: PolicyZone | null, borders: Borders): Breach | null {
  const all = { flow, accesses: flow.accesses, from, to, protocolAllowed: false };
  if (from === null || to === null) {
    const strays = [...(from === null ? [flow.client] : []), ...(to === null ? [flow.server] : [])];
    const reason = `${strays.map(({ address }) => address).join(' and ')} ${strays.length > 1 ? 'lie' : 'lies'} in no zone`;
    return { ...all, kind: 'unassigned', reason };
  }
  const uses = borders.get(borderKey(from.id, to.id));
  if (uses === undefined) {
    return { ...all, kind: 'no-conduit', reason: `no conduit leads from ${from.name} to ${to.name}` };
  }
  const fitting = uses.filter(({ permission }) => isOfProtocol(flow.conversation, permission.protocol));
  const { protocol } = flow.conversation;
  if (fitting.length === 0) {
    const allowed = [...new Set(uses.map(({ permission }) => permission.protocol))];
    const instead = allowed.length === 0 ? 'nothing' : `${allowed.join(', ')}, not ${protocol}`;
    return { ...all, kind: 'not-permitted', reason: `from ${from.name} to ${to.name} the policy allows ${instead}` };
  }
  const allows = ({ permission }: Use, access: Access) => permission.access?.includes(access) ?? true;
  for (const use of fitting) {
    const used = flow.accesses.filter((access) => allows(use, access));
    for (const access of used) use.accesses.add(access);
    use.used ||= used.length > 0 || flow.accesses.length === 0;
  }
  const accesses = flow.accesses.filter((access) => !fitting.some((use) => allows(use, access)));
  if (accesses.length === 0) return null;
  const allowed = ACCESS_ORDER.filter((access) => fitting.some((use) => allows(use, access)));
  const reason = `from ${from.name} to ${to.name} the policy allows ${protocol} only for ${allowed.join(', ')}`;
  return { ...all, accesses, kind: 'not-permitted', reason, protocolAllowed: true };
}

/** Without characters that mean something in a path of the web. */
function idOf({ kind, flow: { client, server, conversation } }: Breach): string {
  return [kind, client.scoped, server.scoped, conversation.protocol.replace('/', '-')].join('_');
}

/** All breaches of one kind between two ends in one protocol are one violation. */
function violationOf(id: string, breaches: readonly Breach[]): Violation {
  const [first] = breaches as readonly [Breach, ...Breach[]];
  const { kind, from, to } = first;
  const { client, server } = first.flow;
  const accesses = ACCESS_ORDER.filter((access) => breaches.some((breach) => breach.accesses.includes(access)));
  const conversations = breaches.map(({ flow }) => flow.conversation);
  const { protocol, transport, port } = first.flow.conversation;
  const protocolAllowed = breaches.every((breach) => breach.protocolAllowed);
  const operations = conversations
    .flatMap((conversation) => conversation.operations.filter(({ access }) => accesses.includes(access)))
    .sort((a, b) => ACCESS_ORDER.indexOf(b.access) - ACCESS_ORDER.indexOf(a.access) || b.requests - a.requests);
  // where the protocol is allowed, only the operations that are not are of interest
  const deeds = protocolAllowed ? operations : conversations;
  const inOrder = [...deeds].sort((a, b) => a.firstSeen - b.firstSeen);
  const upkeepOnly = protocolAllowed && accesses.every((access) => access === 'session' || access === 'diagnostic');
  const ends = [
    { address: client.address, zone: from },
    { address: server.address, zone: to },
  ] as const;
  const { severity, reasons } = severityOf({ protocol, accesses }, ...ends, upkeepOnly);
  const attempt = conversations.every(({ packetsFromServer }) => packetsFromServer === 0);
  return {
    id,
    kind,
    client: client.address,
    server: server.address,
    clientId: client.assetId,
    serverId: server.assetId,
    protocol,
    transport,
    port,
    fromZone: from?.id ?? null,
    toZone: to?.id ?? null,
    access: accesses.at(-1) ?? null,
    accesses,
    operations: operations.map(({ code, name, access, requests, responses, errors }) => {
      return { code, name, access, requests, responses, errors };
    }),
    severity,
    reasons: [
      ...new Set(breaches.map(({ reason }) => reason)),
      ...reasons,
      ...(attempt ? ['no answer was heard'] : []),
    ],
    firstSeen: (inOrder[0] as (typeof deeds)[number]).firstSeen,
    lastSeen: deeds.reduce((last, { lastSeen }) => Math.max(last, lastSeen), Number.NEGATIVE_INFINITY),
    packets: conversations.reduce((sum, { packets }) => sum + packets, 0),
    bytes: conversations.reduce((sum, { bytes }) => sum + bytes, 0),
    attempt,
    samples: inOrder.flatMap(({ firstFrame }) => (firstFrame === null ? [] : [firstFrame])).slice(0, MOST_SAMPLES),
  };
}

function bySeverity(a: Violation, b: Violation): number {
  if (a.severity !== b.severity) return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  if (a.access !== b.access) return strength(b.access) - strength(a.access);
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Index in ACCESS_ORDER, -1 when no operation is known. */
function strength(access: Access | null): number {
  return access === null ? -1 : ACCESS_ORDER.indexOf(access);
}

/** What of a policy nothing used, in its order. */
function unused(uses: Uses): Omit<PolicyCheck, 'violations'> {
  const all = [...uses];
  const isUsed = ([, permissions]: (typeof all)[number]) => permissions.some(({ used }) => used);
  const unusedPermissions = all.filter(isUsed).flatMap(([conduit, permissions]) =>
    permissions.flatMap(({ permission, used, accesses }) => {
      const { protocol, access } = permission;
      if (!used) return [{ conduit: conduit.id, permission }];
      const left = access?.filter((one) => !accesses.has(one)) ?? [];
      return left.length === 0 ? [] : [{ conduit: conduit.id, permission: { protocol, access: left } }];
    }),
  );
  const unusedConduits = all.filter((entry) => !isUsed(entry)).map(([{ id }]) => id);
  return { unusedConduits, unusedPermissions };
}
