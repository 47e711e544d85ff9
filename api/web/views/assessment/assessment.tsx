import './assessment.css';
import { ClipboardCheck, Download, TriangleAlert } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import type { Assessment, RequirementAssessment, ZoneAssessment } from '../../../../agent/assess/assessment.ts';
import { useAll } from '../../data/all.ts';
import { download } from '../../data/client.ts';
import type { Zone } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Severity } from '../../parts/values.tsx';
import { countWords, percentWords } from '../../parts/words.ts';
import { Attestations } from './attestations.tsx';
import { RequirementDrawer } from './requirement-drawer.tsx';

const FORMATS = [
  ['html', 'Report (HTML, one file)'],
  ['md', 'Report (Markdown)'],
  ['json', 'Everything (JSON)'],
  ['csv', 'Asset register (CSV)'],
  ['svg', 'Diagram (SVG)'],
  ['mermaid', 'Diagram (Mermaid)'],
  ['graphml', 'Diagram (GraphML)'],
  ['drawio', 'Diagram (draw.io)'],
] as const;
const SUFFIXES: Readonly<Record<string, string>> = { mermaid: 'mmd' };

/** What listening says of each zone and foundational requirement of IEC 62443, and what to do next. */
export default function AssessmentView() {
  const assessment = useResource<Assessment>('/assessment');
  const zones = useAll<Zone>('/zones');
  const search = useSearchState();
  const zoneOf = (id: string) => zones.data?.items.find((zone) => zone.id === id);
  const [zoneId, requirement] = search.value('cell')?.split(' ') ?? [];
  return (
    <div class="page">
      <div class="title">
        <h1>Assessment</h1>
        <span class="soft">what was heard; no certificate, no compliance, no promise of safety</span>
        <span class="spread" />
        <Downloads />
      </div>
      <Loaded of={assessment} what="the assessment">
        {(data) =>
          data.zones.length === 0 ? (
            <Empty icon={ClipboardCheck} title="There is nothing to assess yet">
              <p>
                <Link href="/captures">Drop a capture</Link>.
              </p>
            </Empty>
          ) : (
            <>
              <Levels zones={data.zones} zoneOf={zoneOf} onOpen={(zone, fr) => search.set({ cell: `${zone} ${fr}` })} />
              <Roadmap steps={data.roadmap} zoneOf={zoneOf} />
              <Common assessment={data} />
              <Attestations zones={zones.data?.items ?? []} />
              <Method assessment={data} />
              <OpenCell
                zones={data.zones}
                zoneId={zoneId}
                requirement={Number(requirement)}
                zoneOf={zoneOf}
                onClose={() => search.set({ cell: null })}
              />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Downloads() {
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <>
      {failure !== null && <span role="alert">{failure}</span>}
      <details class="menu">
        <summary class="button primary">
          <Download size={15} aria-hidden="true" /> Download
        </summary>
        <div class="menu-body">
          {FORMATS.map(([format, words]) => (
            <button
              key={format}
              type="button"
              class="plain"
              onClick={() => {
                setFailure(null);
                download(`/exports/${format}`, `fieldmark-report.${SUFFIXES[format] ?? format}`).catch((error: Error) =>
                  setFailure(error.message),
                );
              }}
            >
              {words}
            </button>
          ))}
        </div>
      </details>
    </>
  );
}

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

type ZoneOf = (id: string) => Zone | undefined;

interface LevelsProps {
  readonly zones: readonly ZoneAssessment[];
  readonly zoneOf: ZoneOf;
  readonly onOpen: (zone: string, requirement: number) => void;
}

/** Zones down, foundational requirements across: what the achieved level is capped at, against its target. */
function Levels({ zones, zoneOf, onOpen }: LevelsProps) {
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

function Roadmap({ steps, zoneOf }: RoadmapProps) {
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

const VERDICTS = { found: 'found', 'not-heard': 'not heard', 'not-observable': 'not observable passively' } as const;

function Common({ assessment: { commonFindings, flatness } }: { readonly assessment: Assessment }) {
  return (
    <section class="panel" aria-labelledby="common">
      <header>
        <h2 id="common">What assessors meet most</h2>
      </header>
      <table class="plain">
        <tbody>
          {commonFindings.map(({ id, title, verdict, statement }) => (
            <tr key={id}>
              <td>
                <strong>{title}</strong>
              </td>
              <td class="verdict">
                <span class={verdict === 'found' ? 'chip flagged-verdict' : 'chip'}>{VERDICTS[verdict]}</span>
              </td>
              <td>{statement}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {flatness !== null && (
        <p class="body soft">
          Flatness: {percentWords(flatness)} of the pairs of plant assets could talk without passing a boundary.
        </p>
      )}
    </section>
  );
}

function Method({ assessment: { method, blindSpots } }: { readonly assessment: Assessment }) {
  return (
    <section class="panel" aria-labelledby="method">
      <header>
        <h2 id="method">Method and blind spots</h2>
      </header>
      <div class="body">
        <ul>
          {blindSpots.map((spot) => (
            <li key={spot}>{spot}</li>
          ))}
        </ul>
        <dl class="facts">
          <dt>Tool</dt>
          <dd>
            {method.tool} {method.version}
          </dd>
          <dt>Rules</dt>
          <dd>{countWords(method.rules.length)}</dd>
          <dt>Policy</dt>
          <dd class="mono">{method.policySha256 ?? 'none'}</dd>
          {method.captures.map(({ name, sha256, packets }) => (
            <>
              <dt>{name}</dt>
              <dd class="mono">
                {sha256 ?? 'live'} <span class="soft">{countWords(packets)} packets</span>
              </dd>
            </>
          ))}
        </dl>
      </div>
    </section>
  );
}

interface OpenCellProps {
  readonly zones: readonly ZoneAssessment[];
  readonly zoneId: string | undefined;
  readonly requirement: number;
  readonly zoneOf: ZoneOf;
  readonly onClose: () => void;
}

function OpenCell({ zones, zoneId, requirement, zoneOf, onClose }: OpenCellProps) {
  const zone = zones.find((entry) => entry.zone === zoneId);
  const entry = zone?.requirements.find((one) => one.requirement === requirement);
  if (zone === undefined || entry === undefined) return null;
  return (
    <RequirementDrawer
      zone={zoneOf(zone.zone)?.name ?? zone.zone}
      target={zone.securityLevelTarget}
      assessment={entry}
      onClose={onClose}
    />
  );
}
