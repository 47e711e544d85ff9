import './events.css';
import { Bell } from 'lucide-preact';
import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { EVENT_KINDS } from '../../../../agent/baseline/event.ts';
import { fetchAll } from '../../data/all.ts';
import type { EventEntry } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { usePages } from '../../data/pages.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { Chips } from '../../parts/chips.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ColumnMenu, useColumns } from '../../parts/columns.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { saveCsv } from '../../parts/save.ts';
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
const HIDDEN = ['reasons', 'technique'];

/** What happened and what changed, the newest first; new ones come by themselves. */
export default function Events() {
  const search = useSearchState();
  const query = new URLSearchParams();
  for (const key of ['severity', 'kind', 'asset', 'q']) {
    const value = search.value(key);
    if (value !== null) query.set(key, value);
  }
  const path = `/events${query.size > 0 ? `?${query}` : ''}`;
  const events = usePages<EventEntry>(path);
  const nameOf = useAssetNames();
  const suppressions = useSuppressions();
  const showAside = search.value('aside') === 'yes';
  const all = events.data?.items ?? [];
  const isShown = ({ event }: EventEntry) => showAside || event.suppressed === null;
  const shown = all.filter(isShown);
  const aside = all.filter(({ event }) => event.suppressed !== null).length;
  const filters = ['severity', 'kind', 'asset', 'q'].flatMap((key) => {
    const value = search.value(key);
    if (value === null) return [];
    return [{ key, label: key === 'q' ? 'text' : key, value: key === 'asset' ? nameOf(value) : value }];
  });
  const open = all.find(({ number }) => String(number) === search.value('open'));
  const columns = columnsOf(nameOf);
  const choice = useColumns('events', columns, HIDDEN);
  const total = (events.data?.total ?? 0) - (showAside ? 0 : aside);
  // all that came so far may have been set aside
  const more = shown.length === 0 && events.data?.next != null ? events.more : undefined;
  useEffect(() => more?.(), [more]);
  const save = async () => {
    const { items } = await fetchAll<EventEntry>(path);
    saveCsv('events.csv', choice.shown, items.filter(isShown));
  };
  return (
    <div class="page">
      <ListHead
        title="Events"
        count={events.data && total}
        onCsv={() => void save()}
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
              total={total}
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

function columnsOf(nameOf: (id: string) => string): readonly Column<EventEntry>[] {
  return [
    { id: 'at', heading: 'When', width: '196px', cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
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
      text: ({ severity }) => severity,
    },
    {
      id: 'kind',
      heading: 'Kind',
      width: '160px',
      cell: ({ kind }) => kind.replaceAll('-', ' '),
      text: ({ kind }) => kind,
    },
    {
      id: 'title',
      heading: 'What',
      cell: ({ event }) => <span title={event.title}>{event.title}</span>,
      text: ({ event }) => event.title,
    },
    {
      id: 'reasons',
      heading: 'Why',
      width: '300px',
      cell: ({ event }) => <span title={event.reasons.join('; ')}>{event.reasons.join('; ')}</span>,
      text: ({ event }) => event.reasons.join('; '),
    },
    {
      id: 'technique',
      heading: 'ATT&CK',
      width: '90px',
      cell: ({ event }) => event.technique,
      text: ({ event }) => event.technique,
    },
    {
      id: 'asset',
      heading: 'Asset',
      width: '150px',
      cell: ({ asset }) => asset !== null && <Link href={`/assets/${encodeURIComponent(asset)}`}>{nameOf(asset)}</Link>,
      text: ({ event }) => event.assets.map(nameOf).join('; '),
    },
  ];
}
