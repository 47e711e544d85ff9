import type { Assets } from '../model/assets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Policy, PolicyConduit } from '../policy/policy.ts';
import { isOfProtocol } from '../policy/protocol-names.ts';
import { boundaryOf, type Sights, sightsOf } from './boundary.ts';
import type { Conduit, ConduitDecision, ConduitTraffic } from './conduit.ts';
import type { Flow } from './flow.ts';
import { appended, byText } from './grouping.ts';
import { permissionsFor, protocolsWithSessions } from './permissions.ts';
import type { Zoning } from './zone.ts';

/**
 * The conduits of a policy with what used them, or, without a policy, the least that the flows seen need. One decision
 * holds for all conduits between its zones in its direction; of several the newest counts.
 */
export function proposeConduits(
  snapshot: Snapshot,
  assets: Assets,
  flows: readonly Flow[],
  zoning: Zoning,
  { policy, decisions }: { readonly policy: Policy | null; readonly decisions: readonly ConduitDecision[] },
): Conduit[] {
  const borders = bordersOf(flows, zoning);
  const sights = sightsOf(snapshot, assets);
  const decided = new Map([...decisions].sort((a, b) => a.at - b.at).map((d) => [borderKey(d.from, d.to), d]));
  const now = snapshot.capture.lastSeen;
  const judged = (from: string, to: string, otherwise: Conduit['status']) =>
    statusOf(decided.get(borderKey(from, to)) ?? null, now, otherwise);
  if (policy !== null) {
    return policy.conduits.map((conduit) => {
      const used = usersOf(conduit, borders.get(conduit.from)?.get(conduit.to) ?? []);
      const { id, from, to, allow } = conduit;
      return { id, from, to, ...judged(from, to, 'approved'), allow, ...heard(used, sights) };
    });
  }
  const sessions = protocolsWithSessions(flows);
  return [...borders]
    .flatMap(([from, passing]) =>
      [...passing].map(([to, flows]): Conduit => {
        const allow = permissionsFor(flows, sessions);
        return { id: `${from}--${to}`, from, to, ...judged(from, to, 'proposed'), allow, ...heard(flows, sights) };
      }),
    )
    .sort((a, b) => byText(a.id, b.id));
}

/** The flows between two different zones, by the clients' zone and the servers'. */
function bordersOf(flows: readonly Flow[], { zoneOfAddress }: Zoning): Map<string, Map<string, Flow[]>> {
  const borders = new Map<string, Map<string, Flow[]>>();
  for (const flow of flows) {
    const from = zoneOfAddress.get(flow.client.scoped);
    const to = zoneOfAddress.get(flow.server.scoped);
    if (from === undefined || to === undefined || from === to) continue;
    let passing = borders.get(from);
    if (passing === undefined) {
      passing = new Map();
      borders.set(from, passing);
    }
    appended(passing, to, flow);
  }
  return borders;
}

/** Zone ids hold no line feed. */
function borderKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

/** The flows of a border that use a conduit: of a protocol it names, in a way it allows. */
function usersOf({ allow }: PolicyConduit, flows: readonly Flow[]): Flow[] {
  return flows.filter(({ conversation, accesses }) =>
    allow.some(
      ({ protocol, access }) =>
        isOfProtocol(conversation, protocol) &&
        (access === null || accesses.length === 0 || accesses.some((used) => access.includes(used))),
    ),
  );
}

/** A decision counts until its end, by the capture's own clock. */
function statusOf(
  decision: ConduitDecision | null,
  now: number | null,
  otherwise: Conduit['status'],
): Pick<Conduit, 'status' | 'decision'> {
  if (decision === null) return { status: otherwise, decision };
  const expired = decision.until !== null && now !== null && now >= decision.until;
  return { status: expired ? 'proposed' : decision.status, decision };
}

function heard(flows: readonly Flow[], sights: Sights): Pick<Conduit, 'boundary' | 'traffic'> {
  if (flows.length === 0) {
    return { boundary: { observed: 'unknown', macs: [], reasons: ['nothing was heard of it'] }, traffic: null };
  }
  return { boundary: boundaryOf(flows, sights), traffic: trafficOf(flows) };
}

function trafficOf(flows: readonly Flow[]): ConduitTraffic {
  const traffic = { packets: 0, bytes: 0, firstSeen: Number.POSITIVE_INFINITY, lastSeen: Number.NEGATIVE_INFINITY };
  const ports = new Set<string>();
  for (const { conversation } of flows) {
    traffic.packets += conversation.packets;
    traffic.bytes += conversation.bytes;
    traffic.firstSeen = Math.min(traffic.firstSeen, conversation.firstSeen);
    traffic.lastSeen = Math.max(traffic.lastSeen, conversation.lastSeen);
    if (conversation.port !== null) ports.add(`${conversation.transport}/${conversation.port}`);
  }
  return { conversations: flows.length, ...traffic, ports: [...ports].sort(byPort) };
}

/** By transport, then by number. */
function byPort(a: string, b: string): number {
  const [first = '', port = ''] = a.split('/');
  const [second = '', other = ''] = b.split('/');
  return byText(first, second) || Number(port) - Number(other);
}
