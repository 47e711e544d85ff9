import './zones.css';
import { Layers, Lock } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link, Route, Switch } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import type { Asset, Conduit } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { useZones } from '../../data/zones.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { ZoneKind } from '../../parts/values.tsx';
import { STOP, walk } from '../../parts/walk.ts';
import { countWords } from '../../parts/words.ts';
import { Border } from './border.tsx';
import { addZone, moveAsset } from './draft.ts';
import { DraftBar } from './draft-bar.tsx';
import { withProposal } from './proposal.ts';
import { type Draft, type Preview, useDraft } from './use-draft.ts';
import { KINDS, ZoneDetail } from './zone-detail.tsx';

/** Zones at the left, what one of them holds and what passes its borders at the right; changes make a draft. */
export default function Zones() {
  const draft = useDraft();
  const assets = useAll<Asset>('/assets');
  const zones = useZones();
  const conduits = useAll<Conduit>('/conduits');
  if (draft.text === undefined || draft.preview === undefined || assets.data === undefined) {
    const failure = draft.text === undefined || draft.preview === undefined ? draft.failure : assets.error?.message;
    if (failure != null) return <Failed error={new Error(failure)} retry={() => location.reload()} />;
    return <Loading what="the zones" />;
  }
  const proposal = { zones: zones.data?.items ?? [], conduits: conduits.data?.items ?? [] };
  const preview = draft.saved ? draft.preview : withProposal(draft.preview, proposal);
  return (
    <Switch>
      <Route path="/zones/:id">
        {({ id }) => (
          <Room draft={draft} preview={preview} assets={assets.data?.items ?? []} chosen={decodeURIComponent(id)} />
        )}
      </Route>
      <Route path="/zones">
        <Room draft={draft} preview={preview} assets={assets.data.items} chosen={null} />
      </Route>
    </Switch>
  );
}

interface RoomProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly assets: readonly Asset[];
  readonly chosen: string | null;
}

function Room({ draft, preview, assets, chosen }: RoomProps) {
  const search = useSearchState();
  const { zones } = preview;
  const from = search.value('from');
  const to = search.value('to');
  if (zones.length === 0) {
    return (
      <Empty icon={Layers} title="There are no zones yet">
        <p>
          They are proposed from what is heard: <Link href="/captures">drop a capture</Link>, or look at the{' '}
          <Link href="/sensor">sensor</Link>.
        </p>
      </Empty>
    );
  }
  const parts = new Set(assets.filter(({ parent }) => parent !== null).map(({ id }) => id));
  const zone = zones.find(({ id }) => id === chosen) ?? (from === null ? zones[0] : undefined);
  const drop = (target: string, data: string) => {
    const asset = assets.find(({ id }) => id === data);
    if (asset !== undefined) move(draft, asset, target, preview);
  };
  return (
    <div class="zones-room">
      <nav class="zone-list" aria-label="Zones" onKeyDown={walk}>
        <div class="row zone-list-head">
          <h1>Zones</h1>
          <span class="soft">{countWords(zones.length)}</span>
          <span class="spread" />
          <NewZone draft={draft} />
        </div>
        {zones.map(({ id, name, kind, securityLevelTarget, members, locked }) => (
          <ZoneEntry
            key={id}
            href={`/zones/${encodeURIComponent(id)}`}
            current={zone?.id === id}
            onDrop={(data) => drop(id, data)}
          >
            <strong title={name}>{name}</strong>
            <span class="soft">
              <ZoneKind kind={kind} /> · SL-T {securityLevelTarget} ·{' '}
              {countWords(members.filter(({ assetId }) => !parts.has(assetId)).length)}{' '}
              {locked && <Lock size={12} role="img" aria-label="locked" />}
            </span>
            <Flags preview={preview} zone={id} />
          </ZoneEntry>
        ))}
      </nav>
      <div class="zone-content">
        {from !== null && to !== null ? (
          <Border draft={draft} preview={preview} from={from} to={to} />
        ) : (
          zone !== undefined && (
            <ZoneDetail
              key={zone.id}
              zone={zone}
              draft={draft}
              preview={preview}
              assets={assets}
              onMove={(asset, target) => move(draft, asset, target, preview)}
            />
          )
        )}
      </div>
      <DraftBar draft={draft} preview={preview} />
    </div>
  );
}

function move(draft: Draft, asset: Asset, target: string, { zones }: Preview): void {
  const name = zones.find(({ id }) => id === target)?.name ?? target;
  const addresses = asset.ip.length > 0 ? asset.ip : asset.mac;
  draft.change(`${assetName(asset)} moves to ${name}`, moveAsset(addresses, target));
}

interface ZoneEntryProps {
  readonly href: string;
  readonly current: boolean;
  readonly onDrop: (data: string) => void;
  readonly children: preact.ComponentChildren;
}

/** A zone in the list; assets can be dropped on it. */
function ZoneEntry({ href, current, onDrop, children }: ZoneEntryProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; each member has a list to choose its zone from
    <div
      class={over ? 'zone-entry over' : 'zone-entry'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop(event.dataTransfer?.getData('text/plain') ?? '');
      }}
    >
      <Link href={href} {...STOP} {...(current ? { 'aria-current': 'page' } : {})}>
        {children}
      </Link>
    </div>
  );
}

function Flags({ preview, zone }: { readonly preview: Preview; readonly zone: string }) {
  const count = preview.violations.filter(({ fromZone, toZone }) => fromZone === zone || toZone === zone).length;
  return count === 0 ? null : <span class="chip flagged">{countWords(count)} flagged</span>;
}

function NewZone({ draft }: { readonly draft: Draft }) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState('control');
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return (
    <details class="menu new-zone">
      <summary class="button">New</summary>
      <form
        class="menu-body"
        onSubmit={(event) => {
          event.preventDefault();
          draft.change(`zone ${name} is new`, addZone({ id, name, kind, securityLevelTarget: 2 }));
          setName('');
        }}
      >
        <label class="field">
          Name
          <input required value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="field">
          Kind
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            {KINDS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary" disabled={id === ''}>
          Add
        </button>
      </form>
    </details>
  );
}
