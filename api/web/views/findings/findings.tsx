import './findings.css';
import { Download } from 'lucide-preact';
import { useAll } from '../../data/all.ts';
import type { Finding, Violation, Zone } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { Chips } from '../../parts/chips.tsx';
import { type CsvColumns, saveCsv } from '../../parts/save.ts';
import { type SearchState, useSearchState } from '../../parts/search-state.ts';
import { Loaded } from '../../parts/states.tsx';
import type { SeverityName } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
import { FindingList } from './finding-list.tsx';
import { ViolationList } from './violation-list.tsx';

const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];

/** What is wrong, by what is to do about it; and what the policy does not allow. */
export default function Findings() {
  const search = useSearchState();
  const showViolations = search.value('show') === 'violations';
  const showAside = search.value('aside') === 'yes';
  const findings = useAll<Finding>('/findings');
  const violations = useAll<Violation>('/violations');
  const zones = useAll<Zone>('/zones');
  const suppressions = useSuppressions();
  const nameOf = useAssetNames();
  const zoneName = (id: string | null) =>
    id === null ? 'no zone' : (zones.data?.items.find((zone) => zone.id === id)?.name ?? id);
  const filters = ['severity', 'zone', 'asset'].flatMap((key) => {
    const value = search.value(key);
    if (value === null) return [];
    return [{ key, label: key, value: key === 'zone' ? zoneName(value) : key === 'asset' ? nameOf(value) : value }];
  });
  const [severity, zone, asset] = [search.value('severity'), search.value('zone'), search.value('asset')];
  const all = findings.data?.items ?? [];
  const aside = all.filter(({ id }) => suppressions.findings.has(id)).length;
  const shownFindings = all
    .filter(
      (finding) =>
        (showAside || !suppressions.findings.has(finding.id)) &&
        (severity === null || finding.severity === severity) &&
        (zone === null || finding.zone === zone || finding.zones.includes(zone)) &&
        (asset === null || finding.assets.includes(asset)),
    )
    .sort(bySeverity);
  const shownViolations = (violations.data?.items ?? [])
    .filter(
      (violation) =>
        (severity === null || violation.severity === severity) &&
        (zone === null || violation.fromZone === zone || violation.toZone === zone) &&
        (asset === null || violation.clientId === asset || violation.serverId === asset),
    )
    .sort(bySeverity);
  return (
    <div class="page">
      <div class="title">
        <h1>Findings</h1>
        <fieldset class="row switch">
          <legend class="visually-hidden">Which</legend>
          <button type="button" aria-pressed={!showViolations} onClick={() => search.set({ show: null, open: null })}>
            Findings {findings.data && countWords(findings.data.total - aside)}
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
        {!showViolations && (aside > 0 || showAside) && (
          <label class="row">
            <input
              type="checkbox"
              checked={showAside}
              onChange={() => search.set({ aside: showAside ? null : 'yes' })}
            />
            Show {countWords(aside)} set aside
          </label>
        )}
        <span class="spread" />
        <button
          type="button"
          title="What is shown, as CSV"
          onClick={() =>
            showViolations
              ? saveCsv('violations.csv', violationColumns(zoneName), shownViolations)
              : saveCsv('findings.csv', findingColumns(zoneName), shownFindings)
          }
        >
          <Download size={15} aria-hidden="true" /> CSV
        </button>
      </div>
      <Chips filters={filters} onRemove={(key) => search.set({ [key]: null })} />
      {showViolations ? (
        <Loaded of={violations} what="the violations">
          {({ items }) => (
            <ViolationList violations={items} shown={shownViolations} search={search} zoneName={zoneName} />
          )}
        </Loaded>
      ) : (
        <Loaded of={findings} what="the findings">
          {({ items }) => (
            <FindingList
              findings={items}
              shown={shownFindings}
              suppressions={suppressions}
              search={search}
              zoneName={zoneName}
            />
          )}
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

type ZoneName = (id: string | null) => string;

function findingColumns(zoneName: ZoneName): CsvColumns<Finding> {
  return [
    ['severity', ({ severity }) => severity],
    ['title', ({ title }) => title],
    ['why', ({ why }) => why],
    ['zones', ({ zones }) => zones.map(zoneName).join('; ')],
    ['assets', ({ assets }) => assets.join('; ')],
    ['requirement', ({ requirement }) => requirement],
    ['evidence', ({ evidence }) => evidence.join('; ')],
    ['to do', ({ mend }) => mend],
    ['may disturb', ({ disturbs }) => disturbs],
  ];
}

function violationColumns(zoneName: ZoneName): CsvColumns<Violation> {
  return [
    ['severity', ({ severity }) => severity],
    ['kind', ({ kind }) => kind],
    ['from zone', ({ fromZone }) => zoneName(fromZone)],
    ['to zone', ({ toZone }) => zoneName(toZone)],
    ['client', ({ client }) => client],
    ['server', ({ server }) => server],
    ['protocol', ({ protocol }) => protocol],
    ['access', ({ accesses }) => accesses.join(' ')],
    ['packets', ({ packets }) => packets],
    ['bytes', ({ bytes }) => bytes],
    ['first heard', ({ firstSeen }) => firstSeen],
    ['last heard', ({ lastSeen }) => lastSeen],
  ];
}

function bySeverity(a: { severity: SeverityName; id: string }, b: { severity: SeverityName; id: string }): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
}
