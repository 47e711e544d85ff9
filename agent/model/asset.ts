import type { Completeness } from './completeness.ts';
import type { Conflict } from './identity.ts';
import type { Role } from './roles/role.ts';
import type { EvidenceSnapshot } from './snapshot.ts';

/** A protocol an asset speaks, and on which side. */
export interface SpokenProtocol {
  readonly name: string;
  readonly as: 'client' | 'server' | 'peer';
}

/** A device, as far as the traffic tells. Absent knowledge is null; times are microseconds. */
export interface Asset {
  readonly id: string;
  readonly mac: readonly string[];
  readonly ip: readonly string[];
  readonly vlan: readonly number[];
  readonly names: readonly string[];
  readonly vendor: string | null;
  readonly product: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly hardware: string | null;
  readonly serial: string | null;
  readonly role: Role;
  /** Share of what speaks for any role that speaks for this one, 0 to 1. */
  readonly roleConfidence: number;
  readonly roleReasons: readonly string[];
  readonly roleRunnerUp: { readonly role: Role; readonly reasons: readonly string[] } | null;
  readonly purdueLevel: number | null;
  /** Id of the gateway or chassis of a nested asset. */
  readonly parent: string | null;
  /** Why several addresses are one device. */
  readonly joined: readonly string[];
  /** What its own evidence says differently. */
  readonly conflicts: readonly Conflict[];
  readonly protocols: readonly SpokenProtocol[];
  readonly completeness: Completeness;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly evidence: readonly EvidenceSnapshot[];
}
