import './events.css';
import { Bell } from 'lucide-preact';
import { Link } from 'wouter-preact';
import { EVENT_KINDS } from '../../../../agent/baseline/event.ts';
import type { EventEntry } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { usePages } from '../../data/pages.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { Chips } from '../../parts/chips.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ColumnMenu, useColumns } from '../../parts/columns.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { type CsvColumns, saveCsv } from '../../parts/save.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { SetAsideToggle } from '../../parts/set-aside.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Severity, type SeverityName, Time } from '../../parts/values.tsx';
import { BaselineBar } from './baseline-bar.tsx';
import { EventDrawer } from './event-drawer.tsx';

const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];
const KINDS = Object.keys(EVENT_KINDS);

/** What happened and what changed, the newest first; new ones come by themselves. */
export default function Events() {
  const search = useSearchState();
  const query = new URLSearchParams();
  for (const key of ['severity', 'kind', 'asset', 'q']) {
    const value = search.value(key);
    if (value !== null) query.set(key, value);
  }
  const events = usePages<EventEntry>(`/events${query.size > 0 ? `?${query}` : ''}`);
  const nameOf = useAssetNames();
  const suppressions = useSuppressions();
  const showAside = search.value('aside') === 'yes';
  const all = events.data?.items ?? [];
  const aside = all.filter(({ event }) => event.suppressed !== null).length;
  const shown = showAside ? all : all.filter(({ event }) => event.suppressed === null);
  const filters = ['severity', 'kind', 'asset', 'q'].flatMap((key) => {
    const value = search.value(key);
    if (value === null) return [];
    return [{ key, label: key === 'q' ? 'text' : key, value: key === 'asset' ? nameOf(value) : value }];
  });
  const open = all.find(({ number }) => String(number) === search.value('open'));
  const columns = columnsOf(nameOf);
  const choice = useColumns('events', columns);
  return (
    <div class="page">
      <ListHead
        title="Events"
        count={events.data && (showAside ? events.data.total : events.data.total - aside)}
        onCsv={() => saveCsv('events.csv', csvColumns(nameOf), shown)}
        aside={<ColumnMenu columns={columns} choice={choice} />}
      >
        <SearchBox search={search} what="the events" hint="Text" />
        <Choice search={search} of="severity" label="Any severity" options={SEVERITIES} />
        <Choice search={search} of="kind" label="Any kind" options={KINDS} />
        <SetAsideToggle search={search} count={aside} />
      </ListHead>
      <BaselineBar />
      <Chips filters={filters} onRemove={(key) => search.set({ [key]: null })} />
      <Loaded of={events} what="the events">
        {() =>
          shown.length === 0 ? (
            <Empty icon={Bell} title={filters.length > 0 ? 'No event is like that' : 'Nothing has happened'}>
              <p>
                {filters.length > 0
                  ? 'Take a filter away.'
                  : 'Stopped controllers, changed programs, scans and the like are told here as they are heard; new assets and new writers too, once there is a baseline.'}
              </p>
            </Empty>
          ) : (
            <Table
              label="Events"
              columns={choice.shown}
              rows={shown}
              total={shown.length}
              keyOf={({ number }) => String(number)}
              selected={search.value('open')}
              onOpen={({ number }) => search.set({ open: String(number) })}
              onEnd={events.more}
            />
          )
        }
      </Loaded>
      {open !== undefined && (
        <EventDrawer
          event={open}
          nameOf={nameOf}
          aside={suppressions.events.get(open.kind)}
          onClose={() => search.set({ open: null })}
        />
      )}
    </div>
  );
}

function csvColumns(nameOf: (id: string) => string): CsvColumns<EventEntry> {
  return [
    ['when', ({ at }) => at],
    ['severity', ({ severity }) => severity],
    ['kind', ({ kind }) => kind],
    ['what', ({ event }) => event.title],
    ['why', ({ event }) => event.reasons.join('; ')],
    ['assets', ({ event }) => event.assets.map(nameOf).join('; ')],
  ];
}

function columnsOf(nameOf: (id: string) => string): readonly Column<EventEntry>[] {
  return [
    { id: 'at', heading: 'When', width: '180px', cell: ({ at }) => <Time at={at} /> },
    {
      id: 'severity',
      heading: 'Severity',
      width: '110px',
      cell: ({ severity, event }) => (
        <>
          <Severity of={severity as SeverityName} />
          {event.suppressed !== null && <span class="soft"> aside</span>}
        </>
      ),
    },
    { id: 'kind', heading: 'Kind', width: '160px', cell: ({ kind }) => kind.replaceAll('-', ' ') },
    { id: 'title', heading: 'What', cell: ({ event }) => <span title={event.title}>{event.title}</span> },
    {
      id: 'asset',
      heading: 'Asset',
      width: '150px',
      cell: ({ asset }) => asset !== null && <Link href={`/assets/${encodeURIComponent(asset)}`}>{nameOf(asset)}</Link>,
    },
  ];
}
