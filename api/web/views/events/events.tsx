import './events.css';
import { Bell, Download } from 'lucide-preact';
import { Link } from 'wouter-preact';
import { EVENT_KINDS } from '../../../../agent/baseline/event.ts';
import type { EventEntry } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { usePages } from '../../data/pages.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { Chips } from '../../parts/chips.tsx';
import { saveCsv } from '../../parts/save.ts';
import { type SearchState, useSearchState } from '../../parts/search-state.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Severity, type SeverityName, Time } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
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
  const filters = ['kind', 'asset', 'q'].flatMap((key) => {
    const value = search.value(key);
    if (value === null) return [];
    return [{ key, label: key === 'q' ? 'text' : key, value: key === 'asset' ? nameOf(value) : value }];
  });
  const open = all.find(({ number }) => String(number) === search.value('open'));
  const columns = columnsOf(nameOf);
  return (
    <div class="page">
      <div class="title">
        <h1>Events</h1>
        <span class="soft" role="status">
          {events.data && countWords(events.data.total)}
        </span>
        <input
          type="search"
          placeholder="Text"
          aria-label="Search the events"
          value={search.value('q') ?? ''}
          onChange={(event) => search.set({ q: event.currentTarget.value || null })}
        />
        <Choice search={search} of="severity" label="Any severity" values={SEVERITIES} />
        <Choice search={search} of="kind" label="Any kind" values={KINDS} />
        {(aside > 0 || showAside) && (
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
            saveCsv(
              'events.csv',
              [
                ['when', ({ at }) => at],
                ['severity', ({ severity }) => severity],
                ['kind', ({ kind }) => kind],
                ['what', ({ event }) => event.title],
                ['why', ({ event }) => event.reasons.join('; ')],
                ['assets', ({ event }) => event.assets.map(nameOf).join('; ')],
              ],
              shown,
            )
          }
        >
          <Download size={15} aria-hidden="true" /> CSV
        </button>
      </div>
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
              columns={columns}
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

interface ChoiceProps {
  readonly search: SearchState;
  readonly of: string;
  readonly label: string;
  readonly values: readonly string[];
}

function Choice({ search, of, label, values }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={search.value(of) ?? ''}
      onChange={(event) => search.set({ [of]: event.currentTarget.value || null })}
    >
      <option value="">{label}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {value.replaceAll('-', ' ')}
        </option>
      ))}
    </select>
  );
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
