/** A policy: the zones and conduits that an operator wants, as the YAML of version 1 says it. */
import type { Permission } from '../zones/conduit.ts';
import type { SecurityLevel, ZoneKind } from '../zones/zone.ts';

/** What puts a device into a zone: mac and ip outrank the longest cidr, that outranks vlan. */
export type PolicyMember =
  | { readonly ip: string }
  | { readonly mac: string }
  | { readonly cidr: string }
  | { readonly vlan: number };

export interface PolicyZone {
  readonly id: string;
  readonly name: string;
  readonly kind: ZoneKind;
  readonly securityLevelTarget: SecurityLevel;
  readonly members: readonly PolicyMember[];
}

export interface PolicyConduit {
  readonly id: string;
  /** Zone of the clients. */
  readonly from: string;
  readonly to: string;
  readonly allow: readonly Permission[];
}

export interface Policy {
  readonly version: 1;
  readonly zones: readonly PolicyZone[];
  readonly conduits: readonly PolicyConduit[];
}
