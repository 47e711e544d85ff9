import './matrix.css';
import { Grid3x3 } from 'lucide-preact';
import { Link } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import type { Asset, Pair, Violation, Zone } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { useZones } from '../../data/zones.ts';
import { AS_COUNTED } from '../../parts/as-counted.ts';
import { Chips } from '../../parts/chips.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { saveCsv } from '../../parts/save.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { devicesOf } from '../map/elements.ts';
import { strongestAccess } from '../map/filters.ts';
import { CellDrawer } from './cell-drawer.tsx';
import { ConversationDrawer } from './conversation-drawer.tsx';
import { Grid, type Head } from './grid.tsx';
import { Legend } from './legend.tsx';
import { protocolColours } from './protocol-colours.ts';

/** Who does what to whom: clients down, servers across, the strongest access as the shade. */
export default function Matrix() {
  const search = useSearchState();
  const byAsset = search.value('by') === 'asset';
  const zones = useZones();
  const assets = useAll<Asset>('/assets');
  const pairs = useAll<Pair>(byAsset ? '/matrix/assets' : '/matrix/zones');
  const violations = useAll<Violation>('/violations');
  const all = [zones, assets, pairs, violations];
  const failed = all.find(({ error, data }) => error !== undefined && data === undefined);
  if (failed?.error !== undefined) return <Failed error={failed.error} retry={failed.reload} />;
  if (
    zones.data === undefined ||
    assets.data === undefined ||
    pairs.data === undefined ||
    violations.data === undefined
  ) {
    return <Loading what="the matrix" />;
  }
  if (pairs.data.items.length === 0) {
    return (
      <Empty icon={Grid3x3} title="Nobody has talked to anybody yet">
        <p>
          <Link href="/captures">Drop a capture</Link>, or look at the <Link href="/sensor">sensor</Link>.
        </p>
      </Empty>
    );
  }
  const cell = search.value('cell')?.split(' ');
  const conversation = search.value('conversation');
  const heads = byAsset ? assetHeads(assets.data.items, zones.data.items) : zoneHeads(zones.data.items);
  const violated = new Set(
    violations.data.items.map((entry) =>
      byAsset ? `${entry.clientId} ${entry.serverId}` : `${entry.fromZone} ${entry.toZone}`,
    ),
  );
  const protocol = search.value('protocol');
  const protocols = [...new Set(pairs.data.items.flatMap((pair) => pair.protocols.map((one) => one.protocol)))].sort();
  const shown =
    protocol === null
      ? pairs.data.items
      : pairs.data.items.filter((pair) => pair.protocols.some((one) => one.protocol === protocol));
  const colours = search.value('colours') === 'protocol' ? protocolColours(pairs.data.items) : null;
  const nameOf = (id: string) => heads.find((head) => head.id === id)?.name ?? (id === '' ? 'no zone' : id);
  return (
    <div class="page">
      <ListHead
        title="Matrix"
        count={shown.length}
        onCsv={() =>
          saveCsv(
            'matrix.csv',
            [
              { heading: 'Clients', text: ({ from }) => nameOf(from) },
              { heading: 'Servers', text: ({ to }) => nameOf(to) },
              { heading: 'Strongest access', text: (pair) => strongestAccess(pair) },
              { heading: 'Protocols', text: (pair) => pair.protocols.map((spoken) => spoken.protocol).join(' ') },
              { heading: 'Conversations', text: ({ conversations }) => conversations },
              { heading: 'Packets', text: ({ packets }) => packets },
              { heading: 'Bytes', text: ({ bytes }) => bytes },
              { heading: 'Violation', text: ({ from, to }) => (violated.has(`${from} ${to}`) ? 'yes' : 'no') },
            ],
            shown,
          )
        }
      >
        <fieldset class="row switch">
          <legend class="visually-hidden">Of what</legend>
          <button type="button" aria-pressed={!byAsset} onClick={() => search.set({ by: null, cell: null })}>
            Zones
          </button>
          <button type="button" aria-pressed={byAsset} onClick={() => search.set({ by: 'asset', cell: null })}>
            Assets
          </button>
        </fieldset>
        <fieldset class="row switch">
          <legend class="visually-hidden">Colours by</legend>
          <button type="button" aria-pressed={colours === null} onClick={() => search.set({ colours: null })}>
            By access
          </button>
          <button type="button" aria-pressed={colours !== null} onClick={() => search.set({ colours: 'protocol' })}>
            By protocol
          </button>
        </fieldset>
        <Choice search={search} of="protocol" label="Any protocol" options={protocols} />
      </ListHead>
      <Chips
        filters={protocol === null ? [] : [{ key: 'protocol', label: 'Protocol', value: protocol }]}
        onRemove={(key) => search.set({ [key]: null })}
      />
      <Legend colours={colours} others={colours !== null && protocols.length > colours.size} />
      <Grid
        heads={heads}
        pairs={shown}
        violated={violated}
        chosen={cell?.join(' ') ?? null}
        colours={colours}
        onChoose={(from, to) => search.set({ cell: `${from} ${to}`, conversation: null })}
      />
      {cell?.[0] !== undefined && cell[1] !== undefined && conversation === null && (
        <CellDrawer
          by={byAsset ? 'asset' : 'zone'}
          from={cell[0]}
          to={cell[1]}
          title={`${nameOf(cell[0])} → ${nameOf(cell[1])}`}
          onConversation={(id) => search.set({ conversation: id })}
          onClose={() => search.set({ cell: null })}
        />
      )}
      {conversation !== null && (
        <ConversationDrawer id={conversation} onClose={() => search.set({ conversation: null })} />
      )}
    </div>
  );
}

function zoneHeads(zones: readonly Zone[]): Head[] {
  const order = ['external', 'remote', 'enterprise', 'dmz', 'supervisory', 'control', 'safety', 'field'];
  return [...zones]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || AS_COUNTED.compare(a.name, b.name))
    .map(({ id, name, kind }) => ({ id, name, kind }));
}

/** Assets by their zones, in the order of the zones. */
function assetHeads(assets: readonly Asset[], zones: readonly Zone[]): Head[] {
  const ordered = zoneHeads(zones);
  const place = new Map(ordered.map(({ id }, index) => [id, index]));
  const kinds = new Map(zones.map(({ id, kind }) => [id, kind]));
  const rank = ({ zone }: Asset) => (zone === null ? ordered.length : (place.get(zone) ?? ordered.length));
  return devicesOf(assets)
    .sort((a, b) => rank(a) - rank(b) || AS_COUNTED.compare(a.id, b.id))
    .map((asset) => {
      return { id: asset.id, name: assetName(asset), kind: asset.zone === null ? '' : (kinds.get(asset.zone) ?? '') };
    });
}
