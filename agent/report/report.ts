/** The report `fieldmark.report/1`: what other programs read. Field names are a contract. */

import { type Assets, assetsOf } from '../model/assets.ts';
import { hearingFindings } from '../model/capture-quality.ts';
import { plantCompleteness } from '../model/completeness.ts';
import { type ConversationSnapshot, type EvidenceSnapshot, type Snapshot, scopedAddress } from '../model/snapshot.ts';
import { isoTime } from './time.ts';

/** Makes the report of a snapshot: plain values for JSON. Absent knowledge is `null`. */
export function reportOf(snapshot: Snapshot, assets: Assets = assetsOf(snapshot)) {
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
    assets: assets.all.map((asset) => ({
      ...asset,
      firstSeen: isoTime(asset.firstSeen),
      lastSeen: isoTime(asset.lastSeen),
      evidence: asset.evidence.map(evidence),
    })),
    conversations: snapshot.conversations.map((entry) => conversation(entry, assets)),
    zones: [],
    conduits: [],
    violations: [],
    findings: [],
  };
}

export type Report = ReturnType<typeof reportOf>;

function evidence(entry: EvidenceSnapshot) {
  return { ...entry, firstSeen: isoTime(entry.firstSeen), lastSeen: isoTime(entry.lastSeen) };
}

function conversation(entry: ConversationSnapshot, { idOf }: Assets) {
  const { client, server, operations, ...rest } = entry;
  return {
    client,
    server,
    clientId: idOf.get(scopedAddress(client, entry.scope)) ?? null,
    serverId: idOf.get(scopedAddress(server, entry.scope)) ?? null,
    ...rest,
    firstSeen: isoTime(entry.firstSeen),
    lastSeen: isoTime(entry.lastSeen),
    operations: operations.map((operation) => ({
      ...operation,
      firstSeen: isoTime(operation.firstSeen),
      lastSeen: isoTime(operation.lastSeen),
    })),
  };
}
