/**
 * Places for a diagram: Purdue bands from top to bottom, zones in rows and columns of a grid, lines in the channels
 * between rows and columns, each on a track of its own, so that no line runs over a box or along another line.
 * Deterministic: the same diagram, the same places.
 */

import { BANDS, type Band, type Diagram, type DiagramEdge, type DiagramZone } from './diagram.ts';
import { type Row, rowsOf } from './rows.ts';
import { assignTracks, type Piece, type Tracks } from './tracks.ts';

/** Pixels. */
export interface Box {
  readonly zone: DiagramZone;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** A line of horizontal and vertical pieces, from the outer zone to the inner. */
export interface Line {
  readonly edge: DiagramEdge;
  readonly points: readonly Point[];
  /** Centre of its number. */
  readonly label: Point;
}

export interface Strip {
  readonly band: Band | null;
  readonly y: number;
  readonly height: number;
  readonly empty: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly strips: readonly Strip[];
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

const BOX_WIDTH = 216;
const BOX_HEIGHT = 102;
/** Room for the names of the bands. */
export const MARGIN = 116;
/** Between two tracks, and between a port at the foot of a row and one at the head of the next (half of it). */
const TRACK = 12;
/** Straight piece at each end of a line: room for its number. */
const STUB = 30;
/** Up to so many lines at one side of a box each have room for their number beside the next. */
const ROOMY_PORTS = 8;
const GAP = 44;
/** Narrower diagrams stand in the middle of so much: below them is a key. */
const LEAST_WIDTH = 880;
const BAND_PADDING = 10;
const EMPTY_BAND = 22;

interface Place {
  readonly zone: number;
  readonly row: number;
  readonly column: number;
}

/** How a line goes: out of `a`'s foot, through the channel under its row, down a passage, and into `b`. */
interface Route {
  readonly edge: DiagramEdge;
  readonly a: Place;
  readonly b: Place;
  /** Gap between columns by which the line passes rows between; null when there is none to pass. */
  readonly gap: number | null;
}

export function layoutOf(diagram: Diagram): Layout {
  const rows = rowsOf(diagram);
  const columns = Math.max(1, ...rows.map(({ zones }) => zones.length));
  const places = placesOf(diagram, rows, columns);
  const routes = routesOf(diagram, places, columns);
  const ports = portsOf(routes);

  const boxWidths = places.map((_, zone) => {
    const most = Math.max(ports.get(`${zone} foot`)?.length ?? 0, ports.get(`${zone} head`)?.length ?? 0);
    return Math.max(BOX_WIDTH, most > ROOMY_PORTS ? (most + 2) * TRACK : (most + 1) * 2 * TRACK);
  });
  const gapTracks = assignTracks(
    routes.flatMap(({ edge, a, b, gap }) =>
      gap === null ? [] : [{ key: edge.number, channel: gap, from: a.row, to: b.row - 1 }],
    ),
  );
  const grid = gridOf(places, boxWidths, columns, gapTracks);

  const portX = new Map<string, number>();
  for (const [side, edges] of ports) {
    const zone = Number.parseInt(side, 10);
    const width = boxWidths[zone] as number;
    const centre = grid.centre(places[zone] as Place);
    const step = Math.min(4 * TRACK, Math.floor((width - 2 * TRACK) / (edges.length * TRACK)) * TRACK);
    edges.forEach((edge, index) => {
      const x = centre + (index - (edges.length - 1) / 2) * step;
      portX.set(`${side} ${edge}`, snap(x, side.endsWith('foot') ? 0 : TRACK / 2));
    });
  }

  const shafts = routes.map((route) => shaftOf(route, portX, grid));
  const channelTracks = assignTracks(shafts.flatMap(({ pieces }) => pieces));
  const heights = heightsOf(rows, channelTracks);

  const boxes = places.map(({ row }, zone): Box => {
    const width = boxWidths[zone] as number;
    const x = grid.centre(places[zone] as Place) - width / 2;
    return { zone: diagram.zones[zone] as DiagramZone, x, y: heights.rowTop(row), width, height: BOX_HEIGHT };
  });
  const lines = shafts.map((shaft) => lineOf(shaft, heights, channelTracks, ports));
  return { width: grid.width, height: heights.height, strips: heights.strips, boxes, lines };
}

function placesOf({ zones }: Diagram, rows: readonly Row[], columns: number): Place[] {
  const places: Place[] = new Array(zones.length);
  rows.forEach((row, index) => {
    const first = (columns - row.zones.length) >> 1;
    row.zones.forEach((zone, offset) => {
      places[zone] = { zone, row: index, column: first + offset };
    });
  });
  return places;
}

function routesOf({ edges }: Diagram, places: readonly Place[], columns: number): Route[] {
  const load = new Array<number>(columns + 1).fill(0);
  return edges.map((edge) => {
    const [a, b] = [places[edge.a] as Place, places[edge.b] as Place];
    if (b.row - a.row < 2) return { edge, a, b, gap: null };
    // a gap is left of the column with its number; the middle of a column is half a step right of its gap
    const cost = (gap: number) =>
      Math.abs(a.column + 0.5 - gap) + Math.abs(b.column + 0.5 - gap) + 0.2 * (load[gap] as number);
    let gap = 0;
    for (let candidate = 1; candidate <= columns; candidate++) if (cost(candidate) < cost(gap)) gap = candidate;
    load[gap] = (load[gap] as number) + 1;
    return { edge, a, b, gap };
  });
}

/** The edges at the head and the foot of each zone, by `<zone> head` and `<zone> foot`, from left to right. */
function portsOf(routes: readonly Route[]): Map<string, number[]> {
  const ports = new Map<string, { edge: number; towards: number; depth: number }[]>();
  const add = (side: string, port: { edge: number; towards: number; depth: number }) => {
    const known = ports.get(side);
    if (known === undefined) ports.set(side, [port]);
    else known.push(port);
  };
  for (const { edge, a, b, gap } of routes) {
    const depth = b.row - a.row;
    add(`${a.zone} foot`, { edge: edge.number, towards: gap === null ? b.column : gap - 0.5, depth });
    const side = a.row === b.row ? 'foot' : 'head';
    add(`${b.zone} ${side}`, { edge: edge.number, towards: gap === null ? a.column : gap - 0.5, depth });
  }
  return new Map(
    [...ports].map(([side, list]) => [
      side,
      list.sort((x, y) => x.towards - y.towards || x.depth - y.depth || x.edge - y.edge).map(({ edge }) => edge),
    ]),
  );
}

interface Grid {
  readonly width: number;
  centre(place: Place): number;
  /** Where a track of a gap runs. */
  gapX(gap: number, edge: number): number;
}

function gridOf(places: readonly Place[], boxWidths: readonly number[], columns: number, tracks: Tracks): Grid {
  const columnWidths = new Array<number>(columns).fill(BOX_WIDTH);
  for (const { zone, column } of places) {
    columnWidths[column] = Math.max(columnWidths[column] as number, boxWidths[zone] as number);
  }
  const gapWidth = (gap: number) => Math.max(GAP, (tracks.count(gap) + 2) * TRACK);
  const wanted = columnWidths.reduce((sum, width, gap) => sum + width + gapWidth(gap), MARGIN + gapWidth(columns));
  const spare = Math.max(0, LEAST_WIDTH - wanted) / 2;
  const gapLeft: number[] = [];
  let x = MARGIN + spare;
  for (let gap = 0; gap <= columns; gap++) {
    gapLeft.push(x);
    x += gapWidth(gap) + (columnWidths[gap] ?? 0);
  }
  return {
    width: x + spare,
    centre: ({ column }) =>
      snap((gapLeft[column] as number) + gapWidth(column) + (columnWidths[column] as number) / 2, 0),
    gapX: (gap, edge) =>
      (gapLeft[gap] as number) + gapWidth(gap) / 2 + (tracks.of(gap, edge) - (tracks.count(gap) - 1) / 2) * TRACK,
  };
}

/** The nearest place on the grid of ports: feet on whole steps, heads on half ones, so that none share a vertical. */
function snap(x: number, offset: number): number {
  return Math.round((x - offset) / TRACK) * TRACK + offset;
}

/** A route with its verticals known, and the horizontal pieces that need tracks. */
interface Shaft extends Route {
  readonly verticals: readonly number[];
  readonly pieces: readonly Piece[];
}

function shaftOf(route: Route, portX: ReadonlyMap<string, number>, grid: Grid): Shaft {
  const { edge, a, b, gap } = route;
  const out = portX.get(`${a.zone} foot ${edge.number}`) as number;
  const port = portX.get(`${b.zone} ${a.row === b.row ? 'foot' : 'head'} ${edge.number}`) as number;
  // where two ports all but face each other, the line is straight: nobody else's foot is there
  const into = gap === null && a.row !== b.row && Math.abs(port - out) <= TRACK / 2 ? out : port;
  const piece = (channel: number, x: number, y: number): Piece => ({
    key: edge.number,
    channel,
    from: Math.min(x, y),
    to: Math.max(x, y),
  });
  if (gap === null) return { ...route, verticals: [out, into], pieces: [piece(a.row, out, into)] };
  const middle = grid.gapX(gap, edge.number);
  const pieces = [piece(a.row, out, middle), piece(b.row - 1, middle, into)];
  return { ...route, verticals: [out, middle, into], pieces };
}

interface Heights {
  readonly height: number;
  readonly strips: readonly Strip[];
  rowTop(row: number): number;
  trackY(channel: number, track: number): number;
}

/** Where rows, channels and bands stand. A channel with the number of a row lies under that row. */
function heightsOf(rows: readonly Row[], tracks: Tracks): Heights {
  const tops: number[] = [];
  const strips: Strip[] = [];
  let y = 0;
  let next = 0;
  const emptyBands = (until: number) => {
    for (; next < until; next++) {
      strips.push({ band: BANDS[next] as Band, y, height: EMPTY_BAND, empty: true });
      y += EMPTY_BAND + 4;
    }
  };
  rows.forEach(({ band }, row) => {
    const begins = band !== rows[row - 1]?.band || row === 0;
    if (begins) {
      emptyBands(band === null ? BANDS.length : BANDS.indexOf(band));
      next++;
      strips.push({ band, y, height: 0, empty: false });
      y += BAND_PADDING;
    }
    tops.push(y);
    y += BOX_HEIGHT;
    const ends = row === rows.length - 1 || band !== rows[row + 1]?.band;
    const channel = tracks.count(row) === 0 ? TRACK : 2 * STUB + (tracks.count(row) - 1) * TRACK;
    if (!ends) y += channel;
    else {
      const strip = strips.at(-1) as Strip;
      strips[strips.length - 1] = { ...strip, height: y + BAND_PADDING - strip.y };
      y += Math.max(channel, BAND_PADDING + 4);
    }
  });
  emptyBands(BANDS.length);
  return {
    height: y,
    strips,
    rowTop: (row) => tops[row] as number,
    trackY: (channel, track) => (tops[channel] as number) + BOX_HEIGHT + STUB + track * TRACK,
  };
}

function lineOf(
  { edge, a, b, verticals, pieces }: Shaft,
  heights: Heights,
  tracks: Tracks,
  ports: ReadonlyMap<string, readonly number[]>,
): Line {
  const start: Point = [verticals[0] as number, heights.rowTop(a.row) + BOX_HEIGHT];
  const sameRow = a.row === b.row;
  const end: Point = [verticals.at(-1) as number, heights.rowTop(b.row) + (sameRow ? BOX_HEIGHT : 0)];
  const points: Point[] = [start];
  pieces.forEach(({ channel }, index) => {
    const y = heights.trackY(channel, tracks.of(channel, edge.number));
    points.push([verticals[index] as number, y], [verticals[index + 1] as number, y]);
  });
  points.push(end);
  // the number stands where fewer lines end; neighbours stand higher and lower
  const foot = ports.get(`${a.zone} foot`) ?? [];
  const other = ports.get(`${b.zone} ${sameRow ? 'foot' : 'head'}`) ?? [];
  const atEnd = other.length <= foot.length;
  const away = atEnd && !sameRow ? -1 : 1;
  const [x, y] = atEnd ? end : start;
  const crowd = atEnd ? other : foot;
  const stagger = crowd.length > ROOMY_PORTS && crowd.indexOf(edge.number) % 2 === 1 ? STUB / 2 : 0;
  return { edge, points: straightened(points), label: [x, y + away * (STUB / 2 + 2 + stagger)] };
}

/** Without points that lie on the way. */
function straightened(points: readonly Point[]): Point[] {
  return points.filter(([x, y], index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    return !((before[0] === x && after[0] === x) || (before[1] === y && after[1] === y));
  });
}
