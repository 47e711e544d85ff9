import { few } from '../../few.ts';
import type { Violation } from '../../policy/violation.ts';
import { SEVERITIES, type Severity } from '../../severity.ts';
import type { PlantView } from '../plant-view.ts';
import type { Found, Rule } from '../rule.ts';
import { spanOf } from '../telling.ts';
import { count, distinct, lines } from '../words.ts';

/** What the operator's policy does not allow: one finding per kind of violation; each violation stands in the report by itself. */
export const policyViolations: Rule = {
  id: 'policy-violations',
  title: 'Flows that the policy does not allow',
  requirement: 'SR 5.2',
  against: ['SR 5.2'],
  measure: 'enforce-conduits',
  technique: null,
  evaluate(view) {
    const violations = view.check?.violations ?? [];
    return (['no-conduit', 'not-permitted', 'unassigned'] as const).flatMap((kind) => {
      const own = violations.filter((violation) => violation.kind === kind);
      return own.length === 0 ? [] : [found(kind, own, view)];
    });
  },
};

const WORDS = {
  'no-conduit': [
    'between zones without a conduit',
    'The policy has no conduit for them: nobody decided that they may pass, and nothing stops them.',
  ],
  'not-permitted': [
    'by a conduit that does not allow them',
    'There is a conduit between the zones, but not for this protocol or access.',
  ],
  unassigned: [
    'with an end in no zone',
    'The policy does not know one of the ends: a new device, or one that was forgotten.',
  ],
} as const;

function found(kind: Violation['kind'], violations: readonly Violation[], { zoneById }: PlantView): Found {
  const nameOf = (id: string | null) => (id === null ? 'no zone' : (zoneById.get(id)?.name ?? id));
  const borders = new Map<string, Violation[]>();
  for (const violation of violations) {
    const border = `${nameOf(violation.fromZone)} → ${nameOf(violation.toZone)}`;
    const known = borders.get(border);
    if (known === undefined) borders.set(border, [violation]);
    else known.push(violation);
  }
  const severity = violations.reduce<Severity>(
    (worst, violation) =>
      SEVERITIES.indexOf(violation.severity) > SEVERITIES.indexOf(worst) ? violation.severity : worst,
    'low',
  );
  const sorted = [...borders].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return {
    about: kind,
    title: `${count(violations.length, 'flow passes', 'flows pass')} ${WORDS[kind][0]}`,
    why: WORDS[kind][1],
    severity,
    assets: distinct(violations.flatMap(({ clientId, serverId }) => [clientId ?? [], serverId ?? []].flat())),
    zones: distinct(violations.flatMap(({ fromZone, toZone }) => [fromZone ?? [], toZone ?? []].flat())),
    evidence: lines(
      sorted.map(
        ([border, own]) =>
          `${border}: ${count(own.length, 'flow')}, ${few(distinct(own.map(({ protocol }) => protocol)), 5)}`,
      ),
    ),
    samples: violations.flatMap(({ samples }) => samples).slice(0, 5),
    mend: 'Allow what the process needs, with a reason and an owner; stop the rest at its source, then at the boundary.',
    disturbs: 'What turns out to be needed: let the boundary only log first.',
    ...spanOf(violations),
  };
}
