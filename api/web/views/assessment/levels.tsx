import { TriangleAlert } from 'lucide-preact';
import { Link } from 'wouter-preact';
import type { RequirementAssessment, ZoneAssessment } from '../../../../agent/assess/assessment.ts';
import type { ZoneOf } from './zone-of.ts';

/** The names of the foundational requirements, short enough for a column's head (IEC 62443-1-1, clause 5.3). */
const SHORT = [
  'identification',
  'use control',
  'integrity',
  'confidentiality',
  'data flow',
  'response',
  'availability',
];

interface LevelsProps {
  readonly zones: readonly ZoneAssessment[];
  readonly zoneOf: ZoneOf;
  readonly onOpen: (zone: string, requirement: number) => void;
}

/** Zones down, foundational requirements across: what the achieved level is capped at, against its target. */
export function Levels({ zones, zoneOf, onOpen }: LevelsProps) {
  const heads = zones[0]?.requirements ?? [];
  return (
    <section class="panel" aria-labelledby="levels">
      <header>
        <h2 id="levels">Security levels by zone and foundational requirement</h2>
      </header>
      <div class="scrolling">
        <table class="plain levels">
          <thead>
            <tr>
              <th scope="col">Zone</th>
              <th scope="col" title="Target security level">
                SL-T
              </th>
              {heads.map(({ requirement, name }) => (
                <th key={requirement} scope="col" title={`FR ${requirement}: ${name}`}>
                  FR {requirement}
                  <div class="soft">{SHORT[requirement - 1] ?? name}</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {zones.map(({ zone, securityLevelTarget, requirements }) => {
              const known = zoneOf(zone);
              return (
                <tr key={zone}>
                  <th scope="row">
                    {known !== undefined && <span class="zone-kind" data-kind={known.kind} title={known.kind} />}
                    <Link href={`/zones/${encodeURIComponent(zone)}`}>{known?.name ?? zone}</Link>
                  </th>
                  <td class="number">{securityLevelTarget}</td>
                  {requirements.map((entry) => (
                    <td key={entry.requirement} class={entry.gap ? 'gap' : ''}>
                      <button
                        type="button"
                        class="plain link"
                        aria-label={`FR ${entry.requirement} in ${known?.name ?? zone}: ${capWords(entry)}`}
                        title={[capWords(entry), ...entry.reasons].join('; ')}
                        onClick={() => onOpen(zone, entry.requirement)}
                      >
                        {entry.cap === null ? '–' : `≤ ${entry.cap}`}
                        {entry.gap && <TriangleAlert size={13} aria-hidden="true" />}
                      </button>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="body soft levels-key">
        <span>
          <strong>≤ 1</strong> the achieved level (SL-A) is at most 1, by what was heard
        </span>
        <span>
          <span class="gap">
            <TriangleAlert size={13} aria-hidden="true" /> gap
          </span>{' '}
          that is below the target: open it to see why
        </span>
        <span>
          <strong>–</strong> nothing was heard that caps it; what was not heard may be missing all the same
        </span>
      </p>
    </section>
  );
}

function capWords({ cap, gap }: RequirementAssessment): string {
  if (cap === null) return 'nothing heard caps it';
  return `achieved at most ${cap}${gap ? ', below the target' : ''}`;
}
