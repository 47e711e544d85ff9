import { few } from '../../few.ts';
import type { Rule } from '../rule.ts';
import { spanOf } from '../telling.ts';
import { count, distinct, lines } from '../words.ts';

/** Conduits that an operator rejected and that are used all the same. */
export const rejectedConduits: Rule = {
  id: 'rejected-conduits',
  title: 'Conduits that were rejected and are still used',
  requirement: 'SR 5.2',
  against: ['SR 5.2'],
  measure: 'enforce-conduits',
  technique: null,
  evaluate({ conduits, zoneById, zoning }) {
    const used = conduits.filter(({ status, traffic }) => status === 'rejected' && traffic !== null);
    if (used.length === 0) return [];
    const zones = distinct(used.flatMap(({ from, to }) => [from, to]));
    const nameOf = (id: string) => zoneById.get(id)?.name ?? id;
    const members = zoning.zones.filter(({ id }) => zones.includes(id)).flatMap((zone) => zone.members);
    return [
      {
        about: null,
        title: `${count(used.length, 'rejected conduit is', 'rejected conduits are')} still in use`,
        why: 'Somebody decided that these flows must not be; nothing enforces it.',
        severity: 'high',
        assets: distinct(members.map(({ assetId }) => assetId)),
        zones,
        evidence: lines(
          used.map(({ from, to, allow, decision }) => {
            const by = decision === null ? '' : `, rejected by ${decision.by}`;
            return `${nameOf(from)} → ${nameOf(to)}: ${few(
              allow.map(({ protocol }) => protocol),
              5,
            )}${by}`;
          }),
        ),
        samples: [],
        mend: 'Stop the flows at their source, then deny them at the boundary.',
        disturbs: 'Whoever uses them.',
        ...spanOf(used.flatMap(({ traffic }) => traffic ?? [])),
      },
    ];
  },
};
