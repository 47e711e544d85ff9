import './findings.css';
import { ShieldCheck } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import { download } from '../../data/client.ts';
import type { Finding, Violation, Zone } from '../../data/model.ts';
import { Chips } from '../../parts/chips.tsx';
import { type SearchState, useSearchState } from '../../parts/search-state.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Access, Severity, type SeverityName } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
import { FindingDrawer } from './finding-drawer.tsx';
import { ViolationDrawer } from './violation-drawer.tsx';

const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];

/** What is wrong, grouped by what to do about it; and what the policy does not allow. */
export default function Findings() {
  const search = useSearchState();
  const showViolations = search.value('show') === 'violations';
  const findings = useAll<Finding>('/findings');
  const violations = useAll<Violation>('/violations');
  const zones = useAll<Zone>('/zones');
  const zoneName = (id: string | null) =>
    id === null ? 'no zone' : (zones.data?.items.find((zone) => zone.id === id)?.name ?? id);
  const filters = ['severity', 'zone', 'asset'].flatMap((key) => {
    const value = search.value(key);
    return value === null ? [] : [{ key, label: key, value: key === 'zone' ? zoneName(value) : value }];
  });
  return (
    <div class="page">
      <div class="title">
        <h1>Findings</h1>
        <fieldset class="row switch">
          <legend class="visually-hidden">Which</legend>
          <button type="button" aria-pressed={!showViolations} onClick={() => search.set({ show: null, open: null })}>
            Findings {findings.data && countWords(findings.data.total)}
          </button>
          <button
            type="button"
            aria-pressed={showViolations}
            onClick={() => search.set({ show: 'violations', open: null })}
          >
            Violations {violations.data && countWords(violations.data.total)}
          </button>
        </fieldset>
        <SeverityFilter search={search} />
        <span class="spread" />
        <button
          type="button"
          onClick={() =>
            void download(
              showViolations ? '/violations' : '/findings',
              showViolations ? 'violations.csv' : 'findings.csv',
              'text/csv',
            )
          }
        >
          CSV
        </button>
      </div>
      <Chips filters={filters} onRemove={(key) => search.set({ [key]: null })} />
      {showViolations ? (
        <Loaded of={violations} what="the violations">
          {({ items }) => <ViolationList violations={items} search={search} zoneName={zoneName} />}
        </Loaded>
      ) : (
        <Loaded of={findings} what="the findings">
          {({ items }) => <FindingList findings={items} search={search} zoneName={zoneName} />}
        </Loaded>
      )}
    </div>
  );
}

function SeverityFilter({ search }: { readonly search: SearchState }) {
  return (
    <select
      aria-label="Severity"
      value={search.value('severity') ?? ''}
      onChange={(event) => search.set({ severity: event.currentTarget.value || null })}
    >
      <option value="">Any severity</option>
      {SEVERITIES.map((severity) => (
        <option key={severity}>{severity}</option>
      ))}
    </select>
  );
}

interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly search: SearchState;
  readonly zoneName: (id: string | null) => string;
}

/** Grouped by what mends them: one thing to do may answer several findings. */
function FindingList({ findings, search, zoneName }: FindingListProps) {
  const [severity, zone, asset] = [search.value('severity'), search.value('zone'), search.value('asset')];
  const shown = findings.filter(
    (finding) =>
      (severity === null || finding.severity === severity) &&
      (zone === null || finding.zone === zone) &&
      (asset === null || finding.assets.includes(asset)),
  );
  if (shown.length === 0) {
    return (
      <Empty icon={ShieldCheck} title={findings.length === 0 ? 'Nothing was found' : 'No finding is like that'}>
        <p>
          {findings.length === 0
            ? 'That nothing was heard does not mean that nothing is wrong: the assessment says what a listener cannot hear.'
            : 'Take a filter away.'}
        </p>
      </Empty>
    );
  }
  const groups = new Map<string, Finding[]>();
  for (const finding of [...shown].sort(bySeverity)) {
    const known = groups.get(finding.mend);
    if (known === undefined) groups.set(finding.mend, [finding]);
    else known.push(finding);
  }
  const open = shown.find(({ id }) => id === search.value('open'));
  return (
    <div class="finding-groups">
      {[...groups].map(([mend, members]) => (
        <section key={mend} class="panel">
          <header>
            <h2>{mend}</h2>
          </header>
          <table class="plain">
            <tbody>
              {members.map(({ id, severity: how, title, requirement, zone: where, assets }) => (
                <tr key={id}>
                  <td class="narrow">
                    <Severity of={how} />
                  </td>
                  <td>
                    <button type="button" class="plain link" onClick={() => search.set({ open: id })}>
                      {title}
                    </button>
                  </td>
                  <td class="narrow">{where === null ? <span class="soft">whole plant</span> : zoneName(where)}</td>
                  <td class="narrow number">
                    {assets.length > 0 && `${countWords(assets.length)} ${assets.length === 1 ? 'asset' : 'assets'}`}
                  </td>
                  <td class="narrow soft">{requirement}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {open !== undefined && <FindingDrawer finding={open} onClose={() => search.set({ open: null })} />}
    </div>
  );
}

interface ViolationListProps {
  readonly violations: readonly Violation[];
  readonly search: SearchState;
  readonly zoneName: (id: string | null) => string;
}

const FIRST_ROWS = 50;

/** Grouped by border. */
function ViolationList({ violations, search, zoneName }: ViolationListProps) {
  const [all, setAll] = useState<ReadonlySet<string>>(new Set());
  const [severity, zone, asset] = [search.value('severity'), search.value('zone'), search.value('asset')];
  const shown = violations.filter(
    (violation) =>
      (severity === null || violation.severity === severity) &&
      (zone === null || violation.fromZone === zone || violation.toZone === zone) &&
      (asset === null || violation.clientId === asset || violation.serverId === asset),
  );
  if (shown.length === 0) {
    return (
      <Empty icon={ShieldCheck} title={violations.length === 0 ? 'No violation' : 'No violation is like that'}>
        <p>
          {violations.length === 0 ? (
            <>
              Everything that was heard is allowed, or there is no policy yet: <Link href="/zones">make one</Link>.
            </>
          ) : (
            'Take a filter away.'
          )}
        </p>
      </Empty>
    );
  }
  const borders = new Map<string, Violation[]>();
  for (const violation of [...shown].sort(bySeverity)) {
    const key = `${zoneName(violation.fromZone)} → ${zoneName(violation.toZone)}`;
    const known = borders.get(key);
    if (known === undefined) borders.set(key, [violation]);
    else known.push(violation);
  }
  const open = shown.find(({ id }) => id === search.value('open'));
  return (
    <div class="finding-groups">
      {[...borders].map(([border, members]) => (
        <section key={border} class="panel">
          <header>
            <h2>{border}</h2>
            <span class="soft">{countWords(members.length)}</span>
          </header>
          <table class="plain">
            <tbody>
              {(all.has(border) ? members : members.slice(0, FIRST_ROWS)).map((violation) => (
                <tr key={violation.id}>
                  <td class="narrow">
                    <Severity of={violation.severity} />
                  </td>
                  <td>
                    <button type="button" class="plain link" onClick={() => search.set({ open: violation.id })}>
                      <span class="mono">
                        {violation.client} → {violation.server}
                      </span>
                    </button>
                  </td>
                  <td class="narrow">{violation.protocol}</td>
                  <td class="narrow">
                    <Access of={violation.access} />
                  </td>
                  <td class="narrow soft">{violation.kind}</td>
                  <td class="narrow number">{countWords(violation.packets)} packets</td>
                </tr>
              ))}
            </tbody>
          </table>
          {members.length > FIRST_ROWS && !all.has(border) && (
            <button type="button" class="plain" onClick={() => setAll(new Set([...all, border]))}>
              Show all {countWords(members.length)}
            </button>
          )}
        </section>
      ))}
      {open !== undefined && (
        <ViolationDrawer violation={open} zoneName={zoneName} onClose={() => search.set({ open: null })} />
      )}
    </div>
  );
}

function bySeverity(a: { severity: SeverityName; id: string }, b: { severity: SeverityName; id: string }): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
}
