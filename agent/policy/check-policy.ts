import type { Permission } from '../zones/conduit.ts';
import type { Flow } from '../zones/flow.ts';
import type { Zoning } from '../zones/zone.ts';
import type { Policy } from './policy.ts';
import type { Violation } from './violation.ts';

export interface PolicyCheck {
  readonly violations: readonly Violation[];
  /** Ids of conduits that nothing used. */
  readonly unusedConduits: readonly string[];
  /** Permissions of used conduits that nothing used; accesses that nothing used are named. */
  readonly unusedPermissions: readonly { readonly conduit: string; readonly permission: Permission }[];
}

/** Compares the flows seen with what a policy allows. */
export function checkPolicy(_policy: Policy, _flows: readonly Flow[], _zoning: Zoning): PolicyCheck {
  return { violations: [], unusedConduits: [], unusedPermissions: [] };
}
