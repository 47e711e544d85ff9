/** Zones while they are being drawn. */
import type { ZoneKind } from './zone.ts';

export interface DraftZone {
  readonly id: string;
  readonly name: string;
  readonly kind: ZoneKind;
  /** Hosts that program controllers stand in it. */
  readonly programs: boolean;
  readonly reasons: readonly string[];
  /** Why each member is in it, by the asset's id. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Scoped addresses that were only addressed. */
  readonly addresses: readonly string[];
}

/** One zone of two drafts that go by the same id. */
export function united(a: DraftZone, b: DraftZone): DraftZone {
  return {
    ...a,
    programs: a.programs || b.programs,
    reasons: [...new Set([...a.reasons, ...b.reasons])],
    members: new Map([...a.members, ...b.members]),
    addresses: [...a.addresses, ...b.addresses],
  };
}
