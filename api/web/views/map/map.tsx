import './map.css';
import { Boxes, Download, Maximize, Minus, Plus, RotateCcw } from 'lucide-preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import type { Asset, Conduit, List, Pair, Violation } from '../../data/model.ts';
import { useSource } from '../../data/source.ts';
import { useZones } from '../../data/zones.ts';
import { shownTheme } from '../../frame/theme.ts';
import { Choice } from '../../parts/choice.tsx';
import { save } from '../../parts/save.ts';
import { type SearchState, useSearchState } from '../../parts/search-state.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { Access, ZoneKind } from '../../parts/values.tsx';
import { type MapCanvas, type Choice as MapChoice, mapCanvas, type Resting } from './canvas.ts';
import { ChoiceDrawer } from './choice-drawer.tsx';
import type { MapData } from './elements.ts';
import { ACCESSES, type AccessName, type MapFilters } from './filters.ts';
import { TimeBrush } from './time-brush.tsx';
import { Tip } from './tip.tsx';

/** Who is where, in which zone, and what passes between the zones. */
export default function PlantMap() {
  const search = useSearchState();
  const zones = useZones();
  const assets = useAll<Asset>('/assets');
  const conduits = useAll<Conduit>('/conduits');
  const pairs = useAll<Pair>('/matrix/assets');
  const violations = useAll<Violation>('/violations');
  const all = [zones, assets, conduits, pairs, violations];
  const failed = all.find(({ error }) => error !== undefined);
  const data = useMemo<MapData | undefined>(
    () => {
      const [z, a, c, p, v] = [zones.data, assets.data, conduits.data, pairs.data, violations.data];
      if (z === undefined || a === undefined || c === undefined || p === undefined || v === undefined) return undefined;
      return { zones: z.items, assets: a.items, conduits: c.items, pairs: p.items, violations: v.items };
    },
    all.map((one) => one.data as List<unknown> | undefined),
  );

  if (data === undefined) {
    if (failed?.error !== undefined) return <Failed error={failed.error} retry={failed.reload} />;
    return <Loading what="the map" />;
  }
  if (data.assets.length === 0) {
    return (
      <Empty icon={Boxes} title="Nothing has been heard yet">
        <p>
          <Link href="/captures">Drop a capture</Link>, or look at the <Link href="/sensor">sensor</Link>: is the mirror
          port on?
        </p>
      </Empty>
    );
  }
  return <Drawing data={data} search={search} />;
}

function Drawing({ data, search }: { readonly data: MapData; readonly search: SearchState }) {
  const box = useRef<HTMLDivElement>(null);
  const [canvas, setCanvas] = useState<MapCanvas | null>(null);
  const rest = useRef<(resting: Resting | null) => void>(() => {});
  const source = useSource().data?.name ?? '';
  const force = search.value('layout') === 'force';
  const filters = filtersOf(search);
  const choice = choiceOf(search);
  const choose = (next: MapChoice | null) => search.set(choiceParameters(next));
  const chooseNow = useRef(choose);
  chooseNow.current = choose;

  useEffect(() => {
    if (box.current === null) return;
    const made = mapCanvas(box.current, {
      onChoose: (next) => chooseNow.current(next),
      onRest: (resting) => rest.current(resting),
    });
    setCanvas(made);
    return () => made.destroy();
  }, []);
  useEffect(() => canvas?.show(data, source), [canvas, data, source]);
  useEffect(() => canvas?.arrange(force ? 'force' : 'purdue'), [canvas, force]);
  useEffect(() => canvas?.filter(filters), [canvas, data, ...Object.values(filters)]);
  useEffect(
    () => canvas?.choose(choice),
    [canvas, data, search.value('asset'), search.value('in'), search.value('conduit')],
  );
  useEffect(() => canvas?.setTheme(shownTheme.value), [canvas, shownTheme.value]);

  return (
    <div class="map-view">
      <h1 class="visually-hidden">Map</h1>
      <div class="map-bar" role="toolbar" aria-label="Map">
        <Filters data={data} search={search} />
        <span class="spread" />
        <select
          aria-label="Layout"
          value={force ? 'force' : 'purdue'}
          onChange={({ currentTarget: { value } }) => {
            search.set({ layout: value === 'force' ? 'force' : null }, true);
          }}
        >
          <option value="purdue">Purdue levels</option>
          <option value="force">By traffic</option>
        </select>
        <button type="button" class="plain" aria-label="Nearer" onClick={() => canvas?.zoomBy(1.4)}>
          <Plus size={16} aria-hidden="true" />
        </button>
        <button type="button" class="plain" aria-label="Further away" onClick={() => canvas?.zoomBy(1 / 1.4)}>
          <Minus size={16} aria-hidden="true" />
        </button>
        <button type="button" class="plain" aria-label="All of the map" onClick={() => canvas?.fit()}>
          <Maximize size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          class="plain"
          aria-label="Put everything back in its place"
          onClick={() => canvas?.forgetPlacing()}
        >
          <RotateCcw size={16} aria-hidden="true" />
        </button>
        <details class="menu">
          <summary class="button plain" aria-label="Save the map">
            <Download size={16} aria-hidden="true" />
          </summary>
          <div class="menu-body">
            <button
              type="button"
              class="plain"
              onClick={() => void canvas?.png().then((png) => save('fieldmark-map.png', png))}
            >
              As a picture (PNG)
            </button>
            <button
              type="button"
              class="plain"
              onClick={() => canvas && save('fieldmark-map.svg', canvas.svg(), 'image/svg+xml')}
            >
              As a drawing (SVG)
            </button>
          </div>
        </details>
      </div>
      <div class="map-place">
        <div
          class="map-box"
          ref={box}
          role="img"
          aria-label={`Map of ${data.zones.length} zones and ${data.assets.length} assets; the same is listed under Zones and Assets`}
        />
        <RestingTip onRest={rest} data={data} />
      </div>
      <Legend kinds={kindsOf(data)} />
      {choice !== null && <ChoiceDrawer choice={choice} data={data} onClose={() => choose(null)} />}
    </div>
  );
}

interface RestingTipProps {
  /** Set to what is to be told of each rest of the pointer. */
  readonly onRest: { current: (resting: Resting | null) => void };
  readonly data: MapData;
}

/** Keeps by itself what the pointer rests on, so that nothing else is drawn anew as it moves. */
function RestingTip({ onRest, data }: RestingTipProps) {
  const [resting, setResting] = useState<Resting | null>(null);
  onRest.current = setResting;
  return resting === null ? null : <Tip resting={resting} data={data} />;
}

function Filters({ data, search }: { readonly data: MapData; readonly search: SearchState }) {
  const protocols = [...new Set(data.pairs.flatMap((pair) => pair.protocols.map(({ protocol }) => protocol)))].sort();
  return (
    <>
      <Choice search={search} of="protocol" label="Any protocol" options={protocols} />
      <Choice
        search={search}
        of="access"
        label="Any access"
        options={ACCESSES.map((name) => [name, `who can ${name} or more`])}
      />
      <Choice
        search={search}
        of="zone"
        label="Any zone"
        options={data.zones.map(({ id, name }) => [id, name] as const)}
      />
      <TimeBrush pairs={data.pairs} search={search} />
    </>
  );
}

function kindsOf({ zones }: MapData): string[] {
  return [...new Set(zones.map(({ kind }) => kind))].sort();
}

function Legend({ kinds }: { readonly kinds: readonly string[] }) {
  return (
    <ul class="map-legend" aria-label="Legend">
      <li>
        <i class="line allowed" /> allowed
      </li>
      <li>
        <i class="line proposed" /> proposed
      </li>
      <li>
        <i class="line violating" /> violating
      </li>
      <li>
        <i class="line broken" /> no boundary observed
      </li>
      {kinds.map((kind) => (
        <li key={kind}>
          <ZoneKind kind={kind} />
        </li>
      ))}
      <li class="soft">between assets:</li>
      {ACCESSES.map((access) => (
        <li key={access}>
          <Access of={access} />
        </li>
      ))}
    </ul>
  );
}

function filtersOf(search: SearchState): MapFilters {
  return {
    protocol: search.value('protocol'),
    access: ACCESSES.find((access) => access === search.value('access')) ?? (null as AccessName | null),
    zone: search.value('zone'),
    from: search.value('from'),
    to: search.value('to'),
  };
}

function choiceOf(search: SearchState): MapChoice | null {
  const [asset, zone, conduit] = [search.value('asset'), search.value('in'), search.value('conduit')];
  if (asset !== null) return { kind: 'asset', id: asset };
  if (zone !== null) return { kind: 'zone', id: zone };
  const [from, to] = conduit?.split(' ') ?? [];
  return from === undefined || to === undefined ? null : { kind: 'conduit', ends: [from, to] };
}

function choiceParameters(choice: MapChoice | null): Record<string, string | null> {
  return {
    asset: choice?.kind === 'asset' ? choice.id : null,
    in: choice?.kind === 'zone' ? choice.id : null,
    conduit: choice?.kind === 'conduit' ? choice.ends.join(' ') : null,
  };
}
