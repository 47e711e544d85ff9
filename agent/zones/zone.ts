/** Zones as IEC 62443-3-2 means them: assets that share security requirements. */

export const ZONE_KINDS = [
  'enterprise',
  'dmz',
  'supervisory',
  'control',
  'safety',
  'field',
  'remote',
  'external',
] as const;

export type ZoneKind = (typeof ZONE_KINDS)[number];

/** 0 (no requirement) to 4 (state-sponsored): IEC 62443-1-1, security levels. */
export type SecurityLevel = 0 | 1 | 2 | 3 | 4;

/** An asset in a zone, and why. */
export interface ZoneMember {
  readonly assetId: string;
  readonly reasons: readonly string[];
  /** The zone it would be in otherwise; null when nothing speaks for another. */
  readonly runnerUp: { readonly zoneId: string; readonly reasons: readonly string[] } | null;
  /** By how much its zone beats the runner-up, as a share of what speaks for its zone: 0 (a draw) to 1. */
  readonly margin: number;
  readonly placedBy: 'proposal' | 'policy' | 'operator';
}

export interface Zone {
  /** Stable: the same traffic in another order, or a little more of it, gives the same id. Lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly name: string;
  readonly kind: ZoneKind;
  readonly securityLevelTarget: SecurityLevel;
  /** Why that security level target. */
  readonly rationale: readonly string[];
  /** Why these assets are one zone. */
  readonly reasons: readonly string[];
  readonly members: readonly ZoneMember[];
  /** Addresses (scoped: see scopedAddress) that were only addressed and are no assets, but lie in the zone. */
  readonly addresses: readonly string[];
  /** An operator forbade changes by proposals. */
  readonly locked: boolean;
}

/** The zones of a plant. Every asset is in one zone at most. */
export interface Zoning {
  readonly zones: readonly Zone[];
  /** Id of the zone of each asset, by the asset's id; absent for assets in no zone. */
  readonly zoneOfAsset: ReadonlyMap<string, string>;
  /** Id of the zone of each address that was met (scoped: see scopedAddress), assets' own and merely addressed ones. */
  readonly zoneOfAddress: ReadonlyMap<string, string>;
}

/**
 * What an operator decided of zones. Decisions are keyed by addresses, so that they survive new traffic: an asset's
 * zone by one of its addresses, a zone by its id.
 */
export type ZoneDecision =
  | {
      readonly kind: 'zone';
      readonly zoneId: string;
      /** Null leaves what is proposed. */
      readonly name: string | null;
      readonly zoneKind: ZoneKind | null;
      readonly securityLevelTarget: SecurityLevel | null;
      /** Members stay and nobody joins, whatever the traffic proposes. */
      readonly locked: boolean;
      /** With `locked`: an address of each member at that time. */
      readonly members: readonly string[];
      readonly by: string;
      /** Microseconds since 1970. */
      readonly at: number;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'move';
      /** An address of the asset (IP, scoped where used twice, or MAC). */
      readonly address: string;
      readonly zoneId: string;
      readonly by: string;
      readonly at: number;
      readonly reason: string | null;
    };
