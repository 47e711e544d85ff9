/** What to do first: findings by what mends them, ordered by risk, effort, and what it asks of the running plant. */
import { few } from '../few.ts';
import { SEVERITIES, type Severity } from '../severity.ts';
import type { RoadmapStep } from './assessment.ts';
import type { Finding } from './finding.ts';
import { MEASURES, type Measure } from './measures.ts';
import { RULES } from './rules/index.ts';
import { distinct } from './words.ts';

const MEASURE_OF: ReadonlyMap<string, string> = new Map(RULES.map(({ id, measure }) => [id, measure]));
const DISTURBANCE: readonly RoadmapStep['operations'][] = ['none', 'window', 'supplier'];
/** From this risk on the border and the safety system come before everything else. */
const GRAVE = SEVERITIES.indexOf('high');

export function roadmapOf(findings: readonly Finding[]): RoadmapStep[] {
  const steps = MEASURES.flatMap((measure) => {
    const own = findings.filter(({ rule }) => MEASURE_OF.get(rule) === measure.id);
    return own.length === 0 ? [] : [{ measure, own, risk: worst(own) }];
  });
  return steps
    .sort((a, b) => before(a, b))
    .map(({ measure, own, risk }, index) => ({
      order: index + 1,
      title: measure.title,
      requirement: distinct(own.map(({ requirement }) => requirement)).join(', '),
      zones: distinct(own.flatMap(({ zones }) => zones)),
      findings: own.map(({ id }) => id),
      risk,
      effort: measure.effort,
      operations: measure.operations,
      needs: measure.needs,
      why: `${measure.why} Found: ${few(
        own.map(({ title }) => title),
        4,
      )}.`,
      how: measure.how,
    }));
}

interface Step {
  readonly measure: Measure;
  readonly risk: Severity;
}

function before(a: Step, b: Step): number {
  const [x, y] = [SEVERITIES.indexOf(a.risk), SEVERITIES.indexOf(b.risk)];
  const first = ({ measure }: Step, risk: number) => (measure.guardsBorder && risk >= GRAVE ? 0 : 1);
  return (
    first(a, x) - first(b, y) ||
    y - x ||
    a.measure.effort - b.measure.effort ||
    DISTURBANCE.indexOf(a.measure.operations) - DISTURBANCE.indexOf(b.measure.operations) ||
    MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure)
  );
}

function worst(findings: readonly Finding[]): Severity {
  return SEVERITIES[Math.max(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))] as Severity;
}
