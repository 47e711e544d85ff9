/**
 * A baseline: what was normal when it was learned. Plain data that survives as JSON, so that it can be kept and compared
 * with whatever is heard later. Times are microseconds since 1970.
 */
import type { Access } from '../../parsers/protocol.ts';
import type { Asset } from '../model/asset.ts';
import { SINGULAR, WELL_FOUNDED } from '../model/identity.ts';
import type { Role } from '../model/roles/role.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import {
  clientAddress,
  durationOf,
  isOutside,
  isWatched,
  type Picture,
  type PictureAsset,
  serverAddress,
} from './picture.ts';
import type { KnownRange } from './ranges.ts';
import { type Rhythm, rhythmsOf } from './rhythm.ts';
import { assetLabel } from './words.ts';

export const BASELINE_FORMAT = 'fieldmark.baseline/1';

/** What one source said of one attribute of a device. */
export interface IdentityValue {
  readonly field: string;
  readonly unit: number | null;
  readonly source: string;
  readonly value: string;
}

export interface BaselineAsset {
  readonly id: string;
  /** For sentences. */
  readonly label: string;
  readonly role: Role;
  /** All its addresses: IP (scoped) and MAC. */
  readonly addresses: readonly string[];
  readonly mac: readonly string[];
  readonly serial: string | null;
  readonly names: Asset['names'];
  readonly identity: readonly IdentityValue[];
  /** A host out in the internet: one is as good as another. */
  readonly outside: boolean;
  /** Null where it did not speak regularly. */
  readonly rhythm: Rhythm | null;
}

export interface BaselineOperation {
  readonly code: string;
  readonly name: string;
  readonly access: Access;
  readonly units: readonly number[];
  readonly ranges: readonly (KnownRange & { readonly period: number | null })[];
}

export interface BaselineConversation {
  /** Scoped addresses. */
  readonly client: string;
  readonly server: string;
  readonly transport: string;
  readonly port: number | null;
  readonly protocol: string;
  readonly recognised: boolean;
  /** Which end is the client was proved. */
  readonly directed: boolean;
  readonly answered: boolean;
  readonly operations: readonly BaselineOperation[];
}

export interface Baseline {
  readonly format: typeof BASELINE_FORMAT;
  /** What it was learned from. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  /** Ceilings were hit: it does not know all that was touched. */
  readonly rangesIncomplete: boolean;
  readonly assets: readonly BaselineAsset[];
  readonly conversations: readonly BaselineConversation[];
  /** Ids of the occurrences that were part of it. */
  readonly occurrences: readonly string[];
}

/** Learns what is normal from what was heard. */
export function baselineOf(picture: Picture): Baseline {
  const rhythms = rhythmsOf(picture, durationOf(picture));
  const { rangesMerged = 0, operationsRefused = 0 } = picture.capture.quality.limitsHit;
  return {
    format: BASELINE_FORMAT,
    firstSeen: picture.capture.firstSeen,
    lastSeen: picture.capture.lastSeen,
    rangesIncomplete: rangesMerged + operationsRefused > 0,
    assets: picture.assets
      .filter(({ parent }) => parent === null)
      .map((asset) => assetOf(asset, rhythms.get(asset.id) ?? null)),
    conversations: picture.conversations.filter(isWatched).map(conversationOf),
    occurrences: picture.occurrences.map(({ id }) => id),
  };
}

function assetOf(asset: PictureAsset, rhythm: Rhythm | null): BaselineAsset {
  const { id, role, addresses, mac, serial, names } = asset;
  return {
    ...{ id, role, addresses, mac, serial, names },
    label: assetLabel(asset),
    identity: identityOf(asset),
    outside: isOutside(asset),
    rhythm,
  };
}

/** What well-founded sources say of the attributes that a device has one value of. */
export function identityOf({ evidence }: Pick<PictureAsset, 'evidence'>): IdentityValue[] {
  return evidence
    .filter(({ field, confidence }) => confidence >= WELL_FOUNDED && IDENTITY.has(field))
    .map(({ field, unit, source, value }) => ({ field, unit, source, value }));
}

const IDENTITY: ReadonlySet<string> = new Set(SINGULAR);

function conversationOf(conversation: ConversationSnapshot): BaselineConversation {
  const { transport, port, protocol, recognised, initiator, operations, packetsFromServer } = conversation;
  return {
    client: clientAddress(conversation),
    server: serverAddress(conversation),
    ...{ transport, port, protocol, recognised },
    directed: initiator !== 'first-seen',
    answered: packetsFromServer > 0,
    operations: operations.map(({ code, name, access, units, ranges }) => ({
      ...{ code, name, access, units },
      ranges: ranges.map(({ unit, space, name, first, last, period }) => ({ unit, space, name, first, last, period })),
    })),
  };
}
