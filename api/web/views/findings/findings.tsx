import './findings.css';
import { useAll } from '../../data/all.ts';
import type { Finding, Violation } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { useZones } from '../../data/zones.ts';
import { Chips } from '../../parts/chips.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ColumnMenu, useColumns } from '../../parts/columns.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { saveCsv } from '../../parts/save.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { SetAsideToggle } from '../../parts/set-aside.tsx';
import { Loaded } from '../../parts/states.tsx';
import type { Column } from '../../parts/table.tsx';
import { countWords } from '../../parts/words.ts';
import { findingColumns, HIDDEN_FINDING_COLUMNS, TITLE } from './finding-columns.tsx';
import { FindingList } from './finding-list.tsx';
import { byBorder, byColumn, bySeverity, SEVERITIES } from './order.ts';
import { HIDDEN_VIOLATION_COLUMNS, violationColumns } from './violation-columns.tsx';
import { ViolationList } from './violation-list.tsx';

/** What is wrong, by what is to do about it; and what the policy does not allow. */
export default function Findings() {
  const search = useSearchState();
  const showViolations = search.value('show') === 'violations';
  const showAside = search.value('aside') === 'yes';
  const findings = useAll<Finding>('/findings');
  const violations = useAll<Violation>('/violations');
  const zones = useZones();
  const suppressions = useSuppressions();
  const nameOf = useAssetNames();
  const zoneName = (id: string | null) =>
    id === null ? 'no zone' : (zones.data?.items.find((zone) => zone.id === id)?.name ?? id);
  const ofFindings = findingColumns(zoneName);
  const ofViolations = violationColumns(zoneName, nameOf);
  const findingChoice = useColumns('findings', ofFindings, HIDDEN_FINDING_COLUMNS);
  const violationChoice = useColumns('violations', ofViolations, HIDDEN_VIOLATION_COLUMNS);
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
        has(textOf([TITLE, ...ofFindings], finding), search.value('q')),
    )
    .sort(bySeverity);
  const shownViolations = byColumn(
    byBorder(
      (violations.data?.items ?? []).filter(
        (violation) =>
          (severity === null || violation.severity === severity) &&
          (zone === null || violation.fromZone === zone || violation.toZone === zone) &&
          (asset === null || violation.clientId === asset || violation.serverId === asset) &&
          has(textOf(ofViolations, violation), search.value('q')),
      ),
    ),
    ofViolations,
    search.value('sort') ?? '',
  );
  return (
    <div class="page">
      <ListHead
        title="Findings"
        count={
          (showViolations ? violations : findings).data && (showViolations ? shownViolations : shownFindings).length
        }
        onCsv={() =>
          showViolations
            ? saveCsv('violations.csv', violationChoice.shown, shownViolations)
            : saveCsv('findings.csv', [TITLE, ...findingChoice.shown], shownFindings)
        }
        aside={
          showViolations ? (
            <ColumnMenu columns={ofViolations} choice={violationChoice} />
          ) : (
            <ColumnMenu columns={ofFindings} choice={findingChoice} />
          )
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
            <ViolationList
              violations={items}
              shown={shownViolations}
              columns={violationChoice.shown}
              search={search}
              zoneName={zoneName}
              nameOf={nameOf}
            />
          )}
        </Loaded>
      ) : (
        <Loaded of={findings} what="the findings">
          {({ items }) => (
            <FindingList
              findings={items}
              shown={shownFindings}
              columns={findingChoice.shown}
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
function textOf<Row>(columns: readonly Column<Row>[], row: Row): string {
  return columns.map(({ text }) => text?.(row) ?? '').join(' ');
}
