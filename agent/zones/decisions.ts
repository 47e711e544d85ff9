/** What operators decided of zones, applied to what is proposed: names, kinds, targets, moves and locks survive new traffic. */
import type { Assets } from '../model/assets.ts';
import { byText } from './grouping.ts';
import { SECURITY_LEVEL_OF_KIND } from './security-level.ts';
import type { Zone, ZoneDecision, ZoneMember, Zoning } from './zone.ts';

type ZoneKept = Extract<ZoneDecision, { kind: 'zone' }>;
type Move = Extract<ZoneDecision, { kind: 'move' }>;

/** The zoning that proposals and decisions make; of several decisions on the same the newest counts. */
export function withDecisions(proposed: readonly Zone[], assets: Assets, decisions: readonly ZoneDecision[]): Zoning {
  const oldestFirst = [...decisions].sort((a, b) => a.at - b.at);
  const kept = new Map(oldestFirst.flatMap((d) => (d.kind === 'zone' ? [[d.zoneId, d] as const] : [])));
  const moves = oldestFirst.filter((decision): decision is Move => decision.kind === 'move');
  const placed = placements(assets, kept, moves);
  const zones = new Map(proposed.map((zone) => [zone.id, { ...zone, members: [] as ZoneMember[] }]));
  const zoneFor = (id: string, like: Zone | undefined) => {
    let zone = zones.get(id);
    if (zone === undefined) {
      zone = { ...newZone(id, like), members: [] };
      zones.set(id, zone);
    }
    return zone;
  };
  const addresses = new Map<string, string[]>();
  for (const from of proposed) {
    const locked = kept.get(from.id)?.locked ?? false;
    for (const member of from.members) {
      const decision = placed.get(member.assetId);
      if (decision !== undefined) {
        const reason = decision.reason === null ? '' : `: ${decision.reason}`;
        const reasons = [`put here by ${decision.by}${reason}`];
        zoneFor(decision.zoneId, from).members.push({
          ...member,
          reasons,
          placedBy: 'operator',
          ...instead(from, decision.zoneId, member),
        });
      } else if (locked) {
        const reasons = [...member.reasons, `would be in ${from.id}, which is locked`];
        zoneFor(`${from.id}-newcomers`, from).members.push({ ...member, reasons });
      } else zoneFor(from.id, from).members.push(member);
    }
    addresses.set(from.id, [...from.addresses]);
  }
  const all = [...zones.values()]
    .map((zone) => decided({ ...zone, addresses: addresses.get(zone.id) ?? [] }, kept.get(zone.id)))
    .filter(({ members, addresses: { length } }) => members.length > 0 || length > 0)
    .sort((a, b) => byText(a.id, b.id));
  return zoningOf(all, assets);
}

/** The zone that decisions give each asset, by the asset's id: a move, or the lock under which it stood. */
function placements(
  assets: Assets,
  kept: ReadonlyMap<string, ZoneKept>,
  moves: readonly Move[],
): Map<string, Pick<Move, 'zoneId' | 'by' | 'reason'>> {
  const placed = new Map<string, Pick<Move, 'zoneId' | 'by' | 'reason' | 'at'>>();
  const put = (address: string, decision: Pick<Move, 'zoneId' | 'by' | 'reason' | 'at'>) => {
    const id = assets.idOf.get(address);
    const known = id === undefined ? undefined : placed.get(id);
    if (id !== undefined && (known === undefined || known.at <= decision.at)) placed.set(id, decision);
  };
  for (const decision of kept.values()) {
    if (decision.locked) for (const address of decision.members) put(address, decision);
  }
  for (const move of moves) put(move.address, move);
  for (const { id, parent } of assets.all) {
    const decision = parent === null ? undefined : placed.get(parent);
    if (decision !== undefined) placed.set(id, decision);
  }
  return placed;
}

/** What would be without the operator is the runner-up of whom the operator moved. */
function instead(
  from: Zone,
  to: string,
  { reasons, runnerUp, margin }: ZoneMember,
): Pick<ZoneMember, 'runnerUp' | 'margin'> {
  return from.id === to ? { runnerUp, margin } : { runnerUp: { zoneId: from.id, reasons }, margin: 1 };
}

/** A zone that nothing proposes (any more): as that from which its first member comes. */
function newZone(id: string, like: Zone | undefined): Zone {
  const kind = like?.kind ?? 'control';
  const isNewcomers = like !== undefined && id === `${like.id}-newcomers`;
  return {
    id,
    kind,
    name: isNewcomers ? `Newcomers to ${like.name}` : id,
    securityLevelTarget: like?.securityLevelTarget ?? SECURITY_LEVEL_OF_KIND[kind],
    rationale: [...(like?.rationale ?? [])],
    reasons: [
      isNewcomers
        ? `${like.id} is locked: whoever is new stands here until an operator decides`
        : 'made by an operator',
    ],
    members: [],
    addresses: [],
    locked: false,
  };
}

function decided(zone: Zone, decision: ZoneKept | undefined): Zone {
  const members = [...zone.members].sort((a, b) => byText(a.assetId, b.assetId));
  if (decision === undefined) return { ...zone, members };
  const kind = decision.zoneKind ?? zone.kind;
  const target =
    decision.securityLevelTarget ?? (kind === zone.kind ? zone.securityLevelTarget : SECURITY_LEVEL_OF_KIND[kind]);
  const because = decision.reason === null ? '' : `: ${decision.reason}`;
  return {
    ...zone,
    members,
    kind,
    name: decision.name ?? zone.name,
    securityLevelTarget: target,
    rationale: decision.securityLevelTarget === null ? zone.rationale : [`set by ${decision.by}${because}`],
    locked: decision.locked,
  };
}

function zoningOf(zones: readonly Zone[], assets: Assets): Zoning {
  const zoneOfAsset = new Map(zones.flatMap(({ id, members }) => members.map(({ assetId }) => [assetId, id] as const)));
  const zoneOfAddress = new Map(
    zones.flatMap(({ id, addresses }) => addresses.map((address) => [address, id] as const)),
  );
  for (const [address, assetId] of assets.idOf) {
    const zone = zoneOfAsset.get(assetId);
    if (zone !== undefined) zoneOfAddress.set(address, zone);
  }
  return { zones, zoneOfAsset, zoneOfAddress };
}
