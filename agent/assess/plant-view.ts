/** A plant as rules look at it: who stands where, and who talks to whom across which border. Made once for all rules. */
import type { Access } from '../../parsers/protocol.ts';
import { isGlobal } from '../model/address.ts';
import type { Asset } from '../model/asset.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import type { FlowEnd } from '../zones/flow.ts';
import type { Zone, ZoneKind } from '../zones/zone.ts';
import { type Protection, protectionsShown } from './protections.ts';

/** One end of a talk. */
export interface End {
  readonly address: string;
  /** See scopedAddress. */
  readonly scoped: string;
  /** Null for an address that never sent. */
  readonly asset: Asset | null;
  /** Null: in no zone. */
  readonly zone: Zone | null;
  /** The kind of its zone; of an end in no zone, what its role or its address says; null when nothing does. */
  readonly kind: ZoneKind | null;
}

/** A flow with its ends placed. */
export interface Talk {
  readonly client: End;
  readonly server: End;
  readonly conversation: ConversationSnapshot;
  /** From what leaves a process as it is to what changes it most. */
  readonly accesses: readonly Access[];
  /** More came back than a refusal. */
  readonly answered: boolean;
}

export interface PlantView extends Omit<Plant, 'findings'> {
  /** Assets that are devices, not parts behind one. */
  readonly devices: readonly Asset[];
  /** What is said of how they are protected. */
  readonly protections: readonly Protection[];
  readonly talks: readonly Talk[];
  /** Those whose ends lie in different zones, or of which an end lies in none. */
  readonly crossing: readonly Talk[];
  readonly zoneById: ReadonlyMap<string, Zone>;
  /** Microseconds from the first packet to the last. */
  readonly span: number;
  /** Where an asset stands, as for an End. */
  readonly kindOf: (asset: Asset) => ZoneKind | null;
  /** With a policy: it does not violate it. Without one nothing was decided. */
  readonly isAllowed: (talk: Talk) => boolean;
  /** Ids of the zones of assets, in order. */
  readonly zonesOf: (assetIds: Iterable<string>) => string[];
}

/** Kinds of zone in which the process is controlled or watched. */
const OT_KINDS: ReadonlySet<ZoneKind | null> = new Set(['supervisory', 'control', 'safety', 'field']);
/** Kinds in which the process is controlled directly. */
const PROCESS_KINDS: ReadonlySet<ZoneKind | null> = new Set(['control', 'safety', 'field']);
/** Kinds outside the plant's own control network and its DMZ. */
const OUTSIDE_KINDS: ReadonlySet<ZoneKind | null> = new Set(['enterprise', 'remote', 'external']);

export function isOt({ kind }: Pick<End, 'kind'>): boolean {
  return OT_KINDS.has(kind);
}

export function isProcess({ kind }: Pick<End, 'kind'>): boolean {
  return PROCESS_KINDS.has(kind);
}

export function isOutside({ kind }: Pick<End, 'kind'>): boolean {
  return OUTSIDE_KINDS.has(kind);
}

/** Somebody on the internet; an address of the internet on the plant's own segment is somebody's bad choice of addresses. */
export function isInternet({ kind, asset }: Pick<End, 'kind' | 'asset'>): boolean {
  return kind === 'external' && (asset === null || asset.mac.length === 0);
}

/** Accesses that change a process or what controls it. */
const CHANGING: ReadonlySet<Access> = new Set(['write', 'control', 'program']);

/** Whether a talk changes a process or what controls it. */
export function changes({ accesses }: Pick<Talk, 'accesses'>): boolean {
  return accesses.some((access) => CHANGING.has(access));
}

/** The view of a plant. */
export function viewOf(plant: Omit<Plant, 'findings'>): PlantView {
  const { snapshot, assets, zoning, flows } = plant;
  const zoneById = new Map(zoning.zones.map((zone) => [zone.id, zone]));
  const zoneOf = (id: string | undefined) => (id === undefined ? null : (zoneById.get(id) ?? null));
  const kindOf = (asset: Asset) => zoneOf(zoning.zoneOfAsset.get(asset.id))?.kind ?? kindByRole(asset);

  const ends = new Map<string, End>();
  const endOf = ({ address, scoped, assetId }: FlowEnd): End => {
    const known = ends.get(scoped);
    if (known !== undefined) return known;
    const asset = assetId === null ? null : (assets.byId.get(assetId) ?? null);
    const zone = zoneOf(
      (assetId === null ? undefined : zoning.zoneOfAsset.get(assetId)) ?? zoning.zoneOfAddress.get(scoped),
    );
    const kind = zone?.kind ?? (asset !== null ? kindByRole(asset) : isGlobal(address) ? 'external' : null);
    const end = { address, scoped, asset, zone, kind };
    ends.set(scoped, end);
    return end;
  };
  const talks = flows.map(({ client, server, accesses, conversation }): Talk => {
    return { client: endOf(client), server: endOf(server), accesses, conversation, answered: isAnswered(conversation) };
  });
  const violating = new Set(
    plant.check?.violations.map(({ client, server, protocol }) => `${client} ${server} ${protocol}`),
  );
  const isAllowed = ({ client, server, conversation: { protocol } }: Talk) =>
    plant.check !== null &&
    !violating.has(`${client.address} ${server.address} ${protocol}`) &&
    !violating.has(`${client.scoped} ${server.scoped} ${protocol}`);
  const devices = assets.all.filter(({ parent }) => parent === null);
  const { firstSeen, lastSeen } = snapshot.capture;
  return {
    ...plant,
    devices,
    protections: protectionsShown(devices, kindOf),
    talks,
    crossing: talks.filter(({ client, server }) => client.zone === null || client.zone !== server.zone),
    zoneById,
    span: firstSeen === null || lastSeen === null ? 0 : lastSeen - firstSeen,
    kindOf,
    isAllowed,
    zonesOf: (assetIds) => {
      const found = [...assetIds].flatMap((id) => zoning.zoneOfAsset.get(id) ?? []);
      return [...new Set(found)].sort();
    },
  };
}

/** A TCP service that refuses sends one packet per attempt. */
function isAnswered({ transport, flows, packetsFromServer }: ConversationSnapshot): boolean {
  return transport === 'tcp' ? packetsFromServer > flows : packetsFromServer > 0;
}

function kindByRole({ role, purdueLevel }: Asset): ZoneKind | null {
  if (role === 'external-host') return 'external';
  if (role === 'safety-controller') return 'safety';
  if (purdueLevel === null) return null;
  if (purdueLevel <= 1) return 'control';
  return purdueLevel <= 3 ? 'supervisory' : 'enterprise';
}
