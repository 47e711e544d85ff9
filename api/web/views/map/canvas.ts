/** The drawing itself: a Cytoscape instance and what the map does with it. */
import cytoscape, { type Core, type EdgeSingular, type EventObject, type NodeSingular } from 'cytoscape';
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
/** Elements that look different in one frame, when the zoom passes one of them: a new look takes its time. */
const LOOKED_AT_ONCE = 100;
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
  readonly restyle: () => void;
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
    // while the view moves, edges are not drawn anew and the rest is moved as a picture: it stays fluid
    textureOnViewport: true,
    hideEdgesOnViewport: false,
    pixelRatio: 'auto' as unknown as number,
  });
  let data: MapData = { zones: [], assets: [], conduits: [], pairs: [], violations: [] };
  let source = '';
  let placed = new Map<string, Point>();
  let distance: 'far' | 'middle' | 'near' | null = null;
  let fitted = false;

  let looks = 0;
  const look = (atOnce = LOOKED_AT_ONCE) => {
    const zoom = cy.zoom();
    const now = zoom < FAR ? 'far' : zoom > NEAR ? 'near' : 'middle';
    if (now === distance) return;
    distance = now;
    const turn = ++looks;
    const elements = cy.elements('.asset, .zone, .pair, .conduit').toArray();
    const next = (from: number) => {
      if (turn !== looks) return;
      cy.batch(() => {
        for (const element of elements.slice(from, from + atOnce)) {
          if (element.isNode()) element.toggleClass('far', now === 'far');
          else element.toggleClass('near', now === 'near');
        }
      });
      if (from + atOnce < elements.length) requestAnimationFrame(() => next(from + atOnce));
    };
    next(0);
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

  cy.on('zoom', () => look());
  cy.on('mouseover', '.asset, .zone, .conduit', light);
  cy.on('mouseout', '.asset, .zone, .conduit', unlight);
  cy.on('tap', ({ target }) => onChoose(target === cy ? null : choiceOf(target)));
  cy.on('viewport drag', () => onRest(null));
  cy.on('dragfree', 'node', ({ target }) => {
    const moved = target.isParent() ? target.children() : target;
    moved.forEach((node: NodeSingular) => {
      placed.set(node.data('asset') ?? node.data('zone'), { ...node.position() });
    });
    keepPlacing(source, placed);
  });

  const draw = () => {
    const layout = layoutOf(data);
    cy.batch(() => {
      cy.elements().remove();
      cy.add(elementsOf(data, layout, placed));
    });
    distance = null;
    look(Number.POSITIVE_INFINITY);
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
        cy.elements('.chosen').removeClass('chosen');
        cy.edges('.pair.kept').removeClass('kept lit');
        if (choice === null) return;
        if (choice.kind === 'conduit')
          cy.getElementById(`conduit:${[...choice.ends].sort().join(' ')}`).addClass('chosen');
        else {
          const node = cy.getElementById(choice.kind === 'asset' ? assetNode(choice.id) : zoneNode(choice.id));
          node.addClass('chosen');
        }
      });
    },
    arrange(name) {
      if (name === 'purdue') {
        draw();
        cy.fit(undefined, FIT_PADDING);
        return;
      }
      cy.elements('.band').addClass('out');
      const shown = cy.elements('.asset, .zone, .conduit');
      // randomize off: the same picture every time, and no jump from the one before
      const options = { name: 'fcose', animate: false, randomize: false, quality: 'default', nodeSeparation: 90 };
      shown.layout(options as cytoscape.LayoutOptions).run();
      cy.fit(shown, FIT_PADDING);
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
    restyle: () => void (cy as Core & { style(sheet: unknown): void }).style(mapStyle()),
    png: async () =>
      (await cy.png({ output: 'blob-promise', full: true, scale: 2, bg: background() })) as unknown as Blob,
    svg: () => svgOf(cy, background()),
    destroy() {
      clearTimeout(waiting);
      looks++;
      clearTimeout(waiting);
      cy.destroy();
    },
  };
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
