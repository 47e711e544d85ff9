/**
 * A proposal that nobody saved is shown by way of the policy it would make. That policy says no more why a zone, a member
 * or a conduit is proposed: what the service itself says of its proposal stands in, wherever the draft did not change it.
 */
import type { Conduit, Zone, ZoneMember } from '../../data/model.ts';
import type { Preview, PreviewZone } from './use-draft.ts';

export interface Proposal {
  readonly zones: readonly Zone[];
  readonly conduits: readonly Conduit[];
}

export function withProposal(preview: Preview, { zones, conduits }: Proposal): Preview {
  const proposed = new Map(zones.map((zone) => [zone.id, zone]));
  const before = new Map(conduits.map((conduit) => [`${conduit.from} ${conduit.to}`, conduit]));
  return {
    ...preview,
    zones: preview.zones.map((zone): PreviewZone => {
      const own = proposed.get(zone.id);
      if (own === undefined) return zone;
      const { reasons, rationale, locked } = own;
      const sameTarget = own.kind === zone.kind && own.securityLevelTarget === zone.securityLevelTarget;
      return { ...zone, locked, reasons, rationale: sameTarget ? rationale : ['set in the draft'] };
    }),
    conduits: preview.conduits.map((conduit): Conduit => {
      const own = before.get(`${conduit.from} ${conduit.to}`);
      if (own === undefined) return { ...conduit, status: 'proposed' };
      return { ...conduit, id: own.id, status: own.status, decision: own.decision };
    }),
  };
}

/** Why each member is here: as proposed, unless the draft put it here. */
export function membersWithProposal(
  members: readonly ZoneMember[],
  proposed: readonly ZoneMember[],
): readonly ZoneMember[] {
  const own = new Map(proposed.map((member) => [member.assetId, member]));
  return members.map((member) => own.get(member.assetId) ?? { ...member, reasons: ['moved here in the draft'] });
}
