import { Link } from 'wouter-preact';
import type { Assessment } from '../../../../agent/assess/assessment.ts';
import { Severity } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
import type { ZoneOf } from './zone-of.ts';

interface RoadmapProps {
  readonly steps: Assessment['roadmap'];
  readonly zoneOf: ZoneOf;
}

const OPERATIONS = {
  none: 'while the plant runs',
  window: 'in a maintenance window',
  supplier: 'with a supplier',
} as const;
const EFFORTS = ['', 'a setting', 'a small job', 'a project', 'a large project', 'a rebuild'];

/** What to do next, and what each step asks of people and plant. */
export function Roadmap({ steps, zoneOf }: RoadmapProps) {
  return (
    <section class="panel" aria-labelledby="roadmap">
      <header>
        <h2 id="roadmap">Roadmap</h2>
        <span class="soft">by risk, effort and what it needs of the running plant</span>
      </header>
      {steps.length === 0 ? (
        <p class="body soft">Nothing that was heard asks for a step.</p>
      ) : (
        <ol class="steps">
          {steps.map(({ order, title, risk, requirement, effort, operations, why, how, zones, findings }) => (
            <li key={order}>
              <div class="row">
                <strong>{title}</strong>
                <Severity of={risk} />
                <span class="chip">{requirement}</span>
                <span class="chip">{EFFORTS[effort]}</span>
                <span class="chip">{OPERATIONS[operations]}</span>
              </div>
              <p>{why}</p>
              <p>{how}</p>
              <p class="soft">
                {zones.map((id) => zoneOf(id)?.name ?? id).join(', ')}
                {findings.length > 0 && (
                  <>
                    {' '}
                    <Link href={`/findings?open=${encodeURIComponent(findings[0] as string)}`}>
                      {countWords(findings.length)} {findings.length === 1 ? 'finding' : 'findings'}
                    </Link>
                  </>
                )}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
