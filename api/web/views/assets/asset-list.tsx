import { Boxes } from 'lucide-preact';
import { Link, useLocation } from 'wouter-preact';
import { download } from '../../data/client.ts';
import type { Asset } from '../../data/model.ts';
import { partName } from '../../data/names.ts';
import { usePages } from '../../data/pages.ts';
import { useZones } from '../../data/zones.ts';
import { Bar } from '../../parts/bar.tsx';
import { Chips, type Filter } from '../../parts/chips.tsx';
import { ColumnMenu, useColumns } from '../../parts/columns.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { Role } from '../../parts/role.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Known, Time } from '../../parts/values.tsx';

/** What the service calls the fields of a column, where that is not its id. */
const CSV_FIELDS: Readonly<Record<string, readonly string[]>> = {
  address: ['id', 'ip', 'parent'],
  name: ['names'],
  product: ['product', 'model'],
};

/** Filters of the service that stand in the address, with what they are called. */
const FILTERS = {
  role: 'Role',
  vendor: 'Vendor',
  model: 'Model',
  firmware: 'Firmware',
  zone: 'Zone',
  purdueLevel: 'Level',
  protocol: 'Protocol',
  vlan: 'VLAN',
  ip: 'IP',
  mac: 'MAC',
} as const;

const HIDDEN = ['serial', 'mac', 'firstSeen', 'vlan', 'protocols', 'lastSeen'];

export function AssetList() {
  const search = useSearchState();
  const [, navigate] = useLocation();
  const zones = useZones();
  const zoneName = (id: string | null) => zones.data?.items.find((zone) => zone.id === id)?.name ?? id;
  const query = new URLSearchParams();
  for (const key of [...Object.keys(FILTERS), 'q', 'sort']) {
    const value = search.value(key);
    if (value !== null) query.set(key, value);
  }
  const path = `/assets${query.size > 0 ? `?${query}` : ''}`;
  const assets = usePages<Asset>(path);
  const columns = columnsOf(zoneName);
  const choice = useColumns('assets', columns, HIDDEN);
  const fields = choice.shown.flatMap(({ id }) => CSV_FIELDS[id] ?? [id]);
  const csvPath = `${path}${query.size > 0 ? '&' : '?'}fields=${fields.join(',')}`;
  const filters = Object.entries(FILTERS).flatMap(([key, label]): Filter[] => {
    const value = search.value(key);
    return value === null ? [] : [{ key, label, value: key === 'zone' ? (zoneName(value) ?? value) : value }];
  });
  const total = assets.data?.total ?? 0;
  return (
    <div class="page">
      <ListHead
        title="Assets"
        count={assets.data?.total}
        onCsv={() => void download(csvPath, 'assets.csv', 'text/csv')}
        aside={<ColumnMenu columns={columns} choice={choice} />}
      >
        <SearchBox search={search} what="the assets" hint="Address, name, vendor, model, serial …" />
      </ListHead>
      <Chips filters={filters} onRemove={(key) => search.set({ [key]: null })} />
      {assets.error !== undefined && assets.data === undefined ? (
        <Failed error={assets.error} retry={assets.reload} />
      ) : assets.data === undefined ? (
        <Loading what="the assets" />
      ) : total === 0 ? (
        <Nothing filtered={filters.length > 0 || search.value('q') !== null} />
      ) : (
        <Table
          label="Assets"
          columns={choice.shown}
          rows={assets.data.items}
          total={total}
          keyOf={({ id }) => id}
          sorting={search.value('sort') ?? 'address'}
          onSort={(sorting) => search.set({ sort: sorting }, true)}
          onOpen={({ id }) => navigate(`/assets/${encodeURIComponent(id)}`)}
          onEnd={assets.more}
        />
      )}
    </div>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <Empty icon={Boxes} title="No asset is like that">
      <p>Take a filter away, or search for something else.</p>
    </Empty>
  ) : (
    <Empty icon={Boxes} title="Nothing has been heard yet">
      <p>
        <Link href="/captures">Drop a capture</Link>, or look at the <Link href="/sensor">sensor</Link>.
      </p>
    </Empty>
  );
}

function columnsOf(zoneName: (id: string | null) => string | null): Column<Asset>[] {
  return [
    { id: 'address', heading: 'Address', width: '144px', sortable: true, cell: (asset) => <Address asset={asset} /> },
    {
      id: 'name',
      heading: 'Name',
      leastWidth: '110px',
      sortable: true,
      cell: ({ names }) => <Cut text={names[0]} why="it never said a name" />,
    },
    {
      id: 'role',
      heading: 'Role',
      width: '166px',
      sortable: true,
      cell: ({ role, roleReasons }) => <Role of={role} reasons={roleReasons} />,
    },
    {
      id: 'vendor',
      heading: 'Vendor',
      leastWidth: '114px',
      sortable: true,
      cell: ({ vendor }) => <Cut text={vendor} why="neither its MAC address nor what it said tells" />,
    },
    {
      id: 'product',
      heading: 'Product',
      leastWidth: '114px',
      sortable: true,
      cell: ({ product, model }) => <Cut text={product ?? model} why="no identification was heard" />,
    },
    {
      id: 'firmware',
      heading: 'Firmware',
      width: '96px',
      sortable: true,
      cell: ({ firmware }) => <Cut text={firmware} why="no identification was heard" />,
    },
    { id: 'serial', heading: 'Serial', width: '120px', cell: ({ serial }) => <Known value={serial} /> },
    {
      id: 'zone',
      heading: 'Zone',
      leastWidth: '116px',
      sortable: true,
      cell: ({ zone }) => <Cut text={zoneName(zone)} why="in no zone" />,
    },
    {
      id: 'purdueLevel',
      heading: 'Level',
      width: '66px',
      number: true,
      sortable: true,
      cell: ({ purdueLevel }) => <Known value={purdueLevel} why="its traffic does not tell" />,
    },
    {
      id: 'protocols',
      heading: 'Speaks',
      width: '220px',
      cell: ({ protocols }) => protocols.map(({ name }) => name).join(', '),
    },
    { id: 'mac', heading: 'MAC', width: '150px', cell: ({ mac }) => <span class="mono">{mac.join(', ')}</span> },
    { id: 'vlan', heading: 'VLAN', width: '80px', number: true, cell: ({ vlan }) => <Known value={vlan.join(', ')} /> },
    {
      id: 'completeness',
      heading: 'Known',
      width: '130px',
      sortable: true,
      cell: ({ completeness }) => (
        <Bar share={completeness.score} label="What is known of what an inventory should hold" />
      ),
    },
    {
      id: 'firstSeen',
      heading: 'First heard',
      width: '196px',
      sortable: true,
      cell: ({ firstSeen }) => <Time at={firstSeen} />,
    },
    {
      id: 'lastSeen',
      heading: 'Last heard',
      width: '130px',
      sortable: true,
      cell: ({ lastSeen }) => <Time at={lastSeen} ago />,
    },
  ];
}

interface CutProps {
  readonly text: string | null | undefined;
  readonly why: string;
}

/** What is too long for its column can be read on hover. */
function Cut({ text, why }: CutProps) {
  return text == null || text === '' ? <Known value={null} why={why} /> : <span title={text}>{text}</span>;
}

function Address({ asset: { ip, mac, parent, id } }: { readonly asset: Asset }) {
  const address = parent === null ? (ip[0] ?? mac[0] ?? id) : `└ ${partName(id, parent)}`;
  return (
    <span class="mono" title={[...ip, ...mac].join(', ')}>
      {address}
      {ip.length > 1 && <span class="soft"> +{ip.length - 1}</span>}
    </span>
  );
}
