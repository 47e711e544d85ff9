/** The drawing itself: a Cytoscape instance and what the map does with it. */
import cytoscape, {
  type EdgeSingular,
  type ElementDefinition,
  type EventObject,
  type NodeSingular,
  type SingularElementArgument,
} from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { Pair } from '../../data/model.ts';
import { assetNode, elementsOf, layoutOf, type MapData, zoneNode } from './elements.ts';
import { isFiltered, type MapFilters, shows } from './filters.ts';
import type { Point } from './layout.ts';
import { keepPlacing, readPlacing } from './placing.ts';
import { mapStyle } from './style.ts';
import { svgOf } from './svg.ts';

cytoscape.use(fcose);

/** What is chosen on the map. */
export type Choice =
  | { readonly kind: 'asset'; readonly id: string }
  | { readonly kind: 'zone'; readonly id: string }
  | { readonly kind: 'conduit'; readonly ends: readonly [string, string] };

export type LayoutName = 'purdue' | 'force';

/** Below this zoom only zones and conduits are drawn, above the other also what assets say to each other. */
const FAR = 0.34;
const NEAR = 1.1;
const FIT_PADDING = 24;
/** Pixels that the drawer takes at the right; what is chosen stays in sight beside it. */
const DRAWER = 420;
/** Elements that change their look in one frame, when all of them do: the reader's hand is not to be held up. */
const AT_ONCE = 25;
/** Milliseconds for which the pointer must rest on a thing. */
const REST = 80;

export interface MapCanvas {
  readonly show: (data: MapData, source: string) => void;
  readonly filter: (filters: MapFilters) => void;
  readonly choose: (choice: Choice | null) => void;
  readonly arrange: (layout: LayoutName) => void;
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly forgetPlacing: () => void;
  readonly setTheme: (theme: 'light' | 'dark') => void;
  readonly png: () => Promise<Blob>;
  /** What is shown now, as a drawing that stays sharp at any size. */
  readonly svg: () => string;
  readonly destroy: () => void;
}

/** What the pointer rests on, and where in the map's box. */
export interface Resting {
  readonly choice: Choice;
  readonly at: Point;
}

export interface MapListeners {
  readonly onChoose: (choice: Choice | null) => void;
  readonly onRest: (resting: Resting | null) => void;
}

export function mapCanvas(container: HTMLElement, { onChoose, onRest }: MapListeners): MapCanvas {
  const cy = cytoscape({
    container,
    style: mapStyle(),
    minZoom: 0.05,
    maxZoom: 3,
    boxSelectionEnabled: false,
    autounselectify: true,
    pixelRatio: 'auto' as unknown as number,
  });
  let data: MapData = { zones: [], assets: [], conduits: [], pairs: [], violations: [] };
  let source = '';
  let placed = new Map<string, Point>();
  let distance: 'far' | 'middle' | 'near' | null = null;
  let fitted = false;
  let arrangement: LayoutName = 'purdue';

  let dark = false;
  let turn = 0;
  /** Gives every element the look of the zoom and the theme, over as many frames as it takes. */
  const look = (atOnce = AT_ONCE) => {
    const own = ++turn;
    const elements = cy.elements().toArray();
    const next = (from: number) => {
      if (own !== turn) return;
      cy.batch(() => {
        for (const element of elements.slice(from, from + atOnce)) {
          element.toggleClass(element.isNode() ? 'far' : 'near', distance === (element.isNode() ? 'far' : 'near'));
          element.toggleClass('dark', dark);
        }
      });
      if (from + atOnce < elements.length) requestAnimationFrame(() => next(from + atOnce));
    };
    next(0);
  };
  const lookFrom = (zoom: number) => {
    const now = zoom < FAR ? 'far' : zoom > NEAR ? 'near' : 'middle';
    if (now === distance) return;
    distance = now;
    look();
  };
  // what is lit is only what must be: a map of hundreds of assets has thousands of edges
  let lit = cy.collection();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const light = ({ target, renderedPosition }: EventObject) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const choice = choiceOf(target);
      if (choice !== null) onRest({ choice, at: { ...renderedPosition } });
      lit = target.isNode() ? target.connectedEdges() : target;
      cy.batch(() => lit.addClass('lit'));
    }, REST);
  };
  const unlight = () => {
    clearTimeout(waiting);
    onRest(null);
    if (lit.empty()) return;
    cy.batch(() => lit.removeClass('lit'));
    lit = cy.collection();
  };

  cy.on('zoom', () => lookFrom(cy.zoom()));
  cy.on('mouseover', '.asset, .zone, .conduit', light);
  cy.on('mouseout', '.asset, .zone, .conduit', unlight);
  cy.on('tap', ({ target }) => onChoose(target === cy ? null : choiceOf(target)));
  cy.on('viewport drag', () => onRest(null));
  cy.on('dragfree', 'node', ({ target }) => {
    if (arrangement !== 'purdue') return;
    const moved = target.isParent() ? target.children() : target;
    moved.forEach((node: NodeSingular) => {
      placed.set(node.data('asset') ?? node.data('zone'), { ...node.position() });
    });
    keepPlacing(source, placed);
  });

  /** Brings what is drawn to what is known: what stays is not drawn anew. */
  const draw = () => {
    const wanted = elementsOf(data, layoutOf(data), placed);
    const ids = new Set(wanted.map((element) => element.data.id));
    const isDrawn = ({ data: { id } }: ElementDefinition) => cy.getElementById(id as string).nonempty();
    const known = wanted.filter(isDrawn);
    const fresh = wanted.filter((element) => !isDrawn(element));
    cy.batch(() => {
      cy.add(fresh);
      for (const element of known) {
        update(cy.getElementById(element.data.id as string), element, arrangement === 'purdue');
      }
      cy.elements().forEach((element) => {
        if (!ids.has(element.id())) element.remove();
      });
    });
    if (fresh.length === 0) return;
    look(Number.POSITIVE_INFINITY);
    if (arrangement === 'force') place();
  };

  /** Puts everything where the arrangement has it. */
  const place = () => {
    if (arrangement === 'purdue') return draw();
    // randomize off: the same picture every time, and no jump from the one before
    const options = { name: 'fcose', animate: false, randomize: false, quality: 'default', nodeSeparation: 90 };
    cy.elements('.asset, .zone, .conduit')
      .layout(options as cytoscape.LayoutOptions)
      .run();
  };

  return {
    show(next, from) {
      if (from !== source) {
        source = from;
        placed = readPlacing(source);
        fitted = false;
      }
      data = next;
      draw();
      if (!fitted && data.assets.length > 0) {
        fitted = true;
        cy.fit(undefined, FIT_PADDING);
        look(Number.POSITIVE_INFINITY);
      }
    },
    filter(filters) {
      const pairs = new Map<string, Pair>(data.pairs.map((pair) => [`pair:${pair.from} ${pair.to}`, pair]));
      const active = isFiltered(filters);
      cy.batch(() => {
        cy.elements('.out').removeClass('out');
        if (!active) return;
        const kept = cy.edges('.pair').filter((edge) => {
          const pair = pairs.get(edge.id());
          const ends = [edge.source().data('zone'), edge.target().data('zone')];
          return pair !== undefined && shows(pair, filters, ends);
        });
        const between = new Set(
          kept.edges().map((edge) => {
            return [(edge as EdgeSingular).source().data('zone'), (edge as EdgeSingular).target().data('zone')]
              .sort()
              .join(' ');
          }),
        );
        cy.edges('.pair').not(kept).addClass('out');
        cy.nodes('.asset').not(kept.connectedNodes()).addClass('out');
        cy.edges('.conduit')
          .filter((edge) => !between.has(edge.id().slice('conduit:'.length)))
          .addClass('out');
      });
    },
    choose(choice) {
      cy.batch(() => {
        cy.elements('.chosen, .pinned').removeClass('chosen pinned');
        if (choice === null) return;
        if (choice.kind === 'conduit') {
          cy.getElementById(`conduit:${[...choice.ends].sort().join(' ')}`).addClass('chosen');
          return;
        }
        const node = cy.getElementById(choice.kind === 'asset' ? assetNode(choice.id) : zoneNode(choice.id));
        node.addClass('chosen');
        node.connectedEdges().addClass('pinned');
      });
      const beneath = cy.nodes('.chosen').renderedBoundingBox().x2 - (cy.width() - DRAWER);
      if (choice !== null && choice.kind !== 'conduit' && beneath > 0) cy.panBy({ x: -beneath - FIT_PADDING, y: 0 });
    },
    arrange(name) {
      if (name === arrangement) return;
      arrangement = name;
      cy.nodes('.band').toggleClass('off', name === 'force');
      place();
      cy.fit(undefined, FIT_PADDING);
    },
    fit: () => void cy.fit(undefined, FIT_PADDING),
    zoomBy(factor) {
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle });
    },
    forgetPlacing() {
      placed = new Map();
      keepPlacing(source, placed);
      draw();
      cy.fit(undefined, FIT_PADDING);
    },
    setTheme(theme) {
      if (dark === (theme === 'dark')) return;
      dark = theme === 'dark';
      look();
    },
    png: async () =>
      (await cy.png({ output: 'blob-promise', full: true, scale: 2, bg: background() })) as unknown as Blob,
    svg: () => svgOf(cy, background()),
    destroy() {
      clearTimeout(waiting);
      turn++;
      cy.destroy();
    },
  };
}

/** Where it is, what it says and in which zone it lies, as far as that is new. */
function update(element: SingularElementArgument, { data, position }: ElementDefinition, placing: boolean): void {
  const { id: _, parent, ...rest } = data;
  const before = element.data();
  const changed = Object.entries(rest).filter(([key, value]) => before[key] !== value);
  if (changed.length > 0) element.data(Object.fromEntries(changed));
  if (!element.isNode()) return;
  if (parent !== undefined && before.parent !== parent) element.move({ parent });
  if (!placing || position === undefined || element.isParent()) return;
  const { x, y } = element.position();
  if (position.x !== x || position.y !== y) element.position({ ...position });
}

function choiceOf(target: EventObject['target']): Choice | null {
  if (target.hasClass('asset')) return { kind: 'asset', id: target.data('asset') };
  if (target.hasClass('zone')) return { kind: 'zone', id: target.data('zone') };
  if (!target.hasClass('conduit')) return null;
  return { kind: 'conduit', ends: [target.source().data('zone'), target.target().data('zone')] };
}

function background(): string {
  return getComputedStyle(document.body).backgroundColor;
}
