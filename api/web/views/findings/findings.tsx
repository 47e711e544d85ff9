import './findings.css';
import { useAll } from '../../data/all.ts';
import type { Finding, Violation, Zone } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { Chips } from '../../parts/chips.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { type CsvColumns, saveCsv } from '../../parts/save.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { SetAsideToggle } from '../../parts/set-aside.tsx';
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
  const filters = ['severity', 'zone', 'asset', 'q'].flatMap((key) => {
    const value = search.value(key);
    if (value === null) return [];
    return [
      {
        key,
        label: key === 'q' ? 'text' : key,
        value: key === 'zone' ? zoneName(value) : key === 'asset' ? nameOf(value) : value,
      },
    ];
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
        (asset === null || finding.assets.includes(asset)) &&
        has(textOf(findingColumns(zoneName), finding), search.value('q')),
    )
    .sort(bySeverity);
  const shownViolations = (violations.data?.items ?? [])
    .filter(
      (violation) =>
        (severity === null || violation.severity === severity) &&
        (zone === null || violation.fromZone === zone || violation.toZone === zone) &&
        (asset === null || violation.clientId === asset || violation.serverId === asset) &&
        has(textOf(violationColumns(zoneName), violation), search.value('q')),
    )
    .sort(bySeverity);
  return (
    <div class="page">
      <ListHead
        title="Findings"
        count={
          (showViolations ? violations : findings).data && (showViolations ? shownViolations : shownFindings).length
        }
        onCsv={() =>
          showViolations
            ? saveCsv('violations.csv', violationColumns(zoneName), shownViolations)
            : saveCsv('findings.csv', findingColumns(zoneName), shownFindings)
        }
      >
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
        <SearchBox search={search} what={showViolations ? 'the violations' : 'the findings'} hint="Text" />
        <Choice search={search} of="severity" label="Any severity" options={SEVERITIES} />
        {!showViolations && <SetAsideToggle search={search} count={aside} />}
      </ListHead>
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

/** Whether a text has all the words that are searched for, in whatever order. */
function has(text: string, words: string | null): boolean {
  const lower = text.toLowerCase();
  return (words ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

/** All that its columns say. */
function textOf<Row>(columns: CsvColumns<Row>, row: Row): string {
  return columns.map(([, cell]) => cell(row)).join(' ');
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
