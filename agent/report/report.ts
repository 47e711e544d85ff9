/** The report `fieldmark.report/1`: what other programs read. Field names are a contract. */
import type { Finding } from '../assess/finding.ts';
import type { PlantEvent } from '../baseline/event.ts';
import type { Asset } from '../model/asset.ts';
import { hearingFindings } from '../model/capture-quality.ts';
import { plantCompleteness } from '../model/completeness.ts';
import { type ConversationSnapshot, type EvidenceSnapshot, scopedAddress } from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import type { Violation } from '../policy/violation.ts';
import type { Conduit } from '../zones/conduit.ts';
import type { Zone } from '../zones/zone.ts';
import { isoTime } from './time.ts';

/** A list whose entries are made one by one, as they are asked for, and again for who asks again. */
class Entries<From, Entry> implements Iterable<Entry> {
  readonly #all: readonly From[];
  readonly #entryOf: (one: From) => Entry;

  constructor(all: readonly From[], entryOf: (one: From) => Entry) {
    this.#all = all;
    this.#entryOf = entryOf;
  }

  *[Symbol.iterator](): Generator<Entry> {
    for (const one of this.#all) yield this.#entryOf(one);
  }

  toArray(): Entry[] {
    return this.#all.map(this.#entryOf);
  }
}

/** The report of a plant, its long lists to be gone through: a large plant need not be in memory a second time. */
export function reportInParts(plant: Plant) {
  const { snapshot, assets, zoning, conduits, check, events, findings } = plant;
  const { capture } = snapshot;
  return {
    format: 'fieldmark.report/1',
    capture: {
      ...capture,
      firstSeen: isoTime(capture.firstSeen),
      lastSeen: isoTime(capture.lastSeen),
      quality: { ...capture.quality, findings: hearingFindings(snapshot) },
    },
    completeness: plantCompleteness(assets.all),
    assets: new Entries(assets.all, (asset) => reportedAsset(asset, plant)),
    conversations: new Entries(snapshot.conversations, (entry) => reportedConversation(entry, plant)),
    zones: new Entries(zoning.zones, reportedZone),
    conduits: new Entries(conduits, reportedConduit),
    violations: new Entries(check?.violations ?? [], reportedViolation),
    unusedConduits: check?.unusedConduits ?? [],
    unusedPermissions: check?.unusedPermissions ?? [],
    events: new Entries(events, reportedEvent),
    findings: new Entries(findings, reportedFinding),
  };
}

/** The report of a plant: plain values for JSON. Absent knowledge is `null`. */
export function reportOf(plant: Plant) {
  const parts = reportInParts(plant);
  return {
    ...parts,
    assets: parts.assets.toArray(),
    conversations: parts.conversations.toArray(),
    zones: parts.zones.toArray(),
    conduits: parts.conduits.toArray(),
    violations: parts.violations.toArray(),
    events: parts.events.toArray(),
    findings: parts.findings.toArray(),
  };
}

export type Report = ReturnType<typeof reportOf>;

function times(of: { readonly firstSeen: number | null; readonly lastSeen: number | null }) {
  return { firstSeen: isoTime(of.firstSeen), lastSeen: isoTime(of.lastSeen) };
}

function evidence(entry: EvidenceSnapshot) {
  return { ...entry, ...times(entry) };
}

/** An asset as reports write it. */
export function reportedAsset(asset: Asset, { zoning }: Plant) {
  const { id, ...rest } = asset;
  return {
    id,
    ...rest,
    zone: zoning.zoneOfAsset.get(asset.id) ?? null,
    ...times(asset),
    evidence: asset.evidence.map(evidence),
  };
}

/** A conversation as reports write it. */
export function reportedConversation(entry: ConversationSnapshot, { assets: { idOf } }: Plant) {
  const { client, server, operations, ...rest } = entry;
  return {
    client,
    server,
    clientId: idOf.get(scopedAddress(client, entry.scope)) ?? null,
    serverId: idOf.get(scopedAddress(server, entry.scope)) ?? null,
    ...rest,
    ...times(entry),
    operations: operations.map((operation) => ({
      ...operation,
      ...times(operation),
      ranges: operation.ranges.map(({ rhythm: _, ...range }) => range),
    })),
  };
}

/** A zone as reports write it. */
export function reportedZone(entry: Zone) {
  const { members, ...rest } = entry;
  return { ...rest, assets: members.map(({ assetId }) => assetId), members };
}

/** A conduit as reports write it. */
export function reportedConduit({ traffic, decision, ...rest }: Conduit) {
  return {
    ...rest,
    // any access is written as in a policy: by saying nothing of access
    allow: rest.allow.map(({ protocol, access }) => (access === null ? { protocol } : { protocol, access })),
    traffic: traffic && { ...traffic, ...times(traffic) },
    decision: decision && { ...decision, at: isoTime(decision.at), until: isoTime(decision.until) },
  };
}

/** A violation as reports write it. */
export function reportedViolation(entry: Violation) {
  return { ...entry, ...times(entry) };
}

/** An event as reports write it. */
export function reportedEvent({ suppressed, ...rest }: PlantEvent) {
  return {
    ...rest,
    ...times(rest),
    suppressed: suppressed && { ...suppressed, at: isoTime(suppressed.at), until: isoTime(suppressed.until) },
  };
}

/** A finding as reports write it. */
export function reportedFinding(entry: Finding) {
  return { ...entry, ...times(entry) };
}
