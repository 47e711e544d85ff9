import { Bell } from 'lucide-preact';
import { Link } from 'wouter-preact';
import type { EventEntry } from '../../data/model.ts';
import { usePages } from '../../data/pages.ts';
import { Chips } from '../../parts/chips.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Severity, type SeverityName, Time } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
import { EventDrawer } from './event-drawer.tsx';

const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];

/** What happened and what changed, the newest first; new ones come by themselves. */
export default function Events() {
  const search = useSearchState();
  const query = new URLSearchParams();
  for (const key of ['severity', 'kind', 'asset', 'q']) {
    const value = search.value(key);
    if (value !== null) query.set(key, value);
  }
  const events = usePages<EventEntry>(`/events${query.size > 0 ? `?${query}` : ''}`);
  const filters = ['kind', 'asset'].flatMap((key) => {
    const value = search.value(key);
    return value === null ? [] : [{ key, label: key, value }];
  });
  const open = events.data?.items.find(({ number }) => String(number) === search.value('open'));
  return (
    <div class="page">
      <div class="title">
        <h1>Events</h1>
        <span class="soft" role="status">
          {events.data && countWords(events.data.total)}
        </span>
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
      </div>
      <Chips filters={filters} onRemove={(key) => search.set({ [key]: null })} />
      <Loaded of={events} what="the events">
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty icon={Bell} title="Nothing has happened">
              <p>
                New assets, new writers, stopped controllers, changed firmware and the like are told here as they are
                heard.
              </p>
            </Empty>
          ) : (
            <Table
              label="Events"
              columns={COLUMNS}
              rows={items}
              total={total}
              keyOf={({ number }) => String(number)}
              selected={search.value('open')}
              onOpen={({ number }) => search.set({ open: String(number) })}
              onEnd={events.more}
            />
          )
        }
      </Loaded>
      {open !== undefined && <EventDrawer event={open} onClose={() => search.set({ open: null })} />}
    </div>
  );
}

const COLUMNS: readonly Column<EventEntry>[] = [
  { id: 'at', heading: 'When', width: '180px', cell: ({ at }) => <Time at={at} /> },
  {
    id: 'severity',
    heading: 'Severity',
    width: '110px',
    cell: ({ severity }) => <Severity of={severity as SeverityName} />,
  },
  { id: 'kind', heading: 'Kind', width: '190px', cell: ({ kind }) => kind },
  { id: 'title', heading: 'What', cell: ({ event }) => event.title },
  {
    id: 'asset',
    heading: 'Asset',
    width: '170px',
    cell: ({ asset }) => asset !== null && <Link href={`/assets/${encodeURIComponent(asset)}`}>{asset}</Link>,
  },
];
