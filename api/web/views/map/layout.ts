/** Where things lie on the map: Purdue levels as bands, zones in the band of their kind, assets in rows inside. */
import { AS_COUNTED } from '../../parts/as-counted.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedZone {
  readonly id: string;
  readonly kind: string;
  /** Without the room around it: its name must fit. */
  readonly leastWidth: number;
  readonly assets: readonly string[];
}

export interface Band {
  readonly id: string;
  readonly label: string;
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly bands: readonly Band[];
  /** Centre of each asset's glyph; an empty zone has one by the zone's id. */
  readonly places: ReadonlyMap<string, Point>;
}

/** From the top down. A kind that is not known here goes where the process is. */
const BANDS: readonly { readonly id: string; readonly label: string; readonly kinds: readonly string[] }[] = [
  { id: 'outside', label: 'Level 5 · outside', kinds: ['external', 'remote'] },
  { id: 'enterprise', label: 'Level 4 · enterprise', kinds: ['enterprise'] },
  { id: 'dmz', label: 'Level 3.5 · DMZ', kinds: ['dmz'] },
  { id: 'supervisory', label: 'Levels 2–3 · supervisory', kinds: ['supervisory'] },
  { id: 'control', label: 'Level 1 · control and safety', kinds: ['control', 'safety'] },
  { id: 'field', label: 'Level 0 · field', kinds: ['field'] },
  { id: 'unassigned', label: 'In no zone', kinds: [''] },
];

const CELL_WIDTH = 104;
const CELL_HEIGHT = 74;
/** Height of an asset without its name. */
const GLYPH = 42;
/** Room around the assets of a zone; its name stands in it, above them. */
export const ZONE_PADDING = 46;
const ZONE_GAP = 40;
const BAND_PADDING = 24;
/** At the left, for the names of the bands. */
const BAND_NAMES = 180;
/** The proportions of the place the map is shown in, about: what is seen of all of it at once is largest then. */
const PLACE = { width: 1100, height: 660 };
/** Columns to lines of a zone that are tried. */
const SHAPES = [1, 1.4, 2, 3, 4.5, 7, 12, 20];
/** Widths of the bands that are tried, for the area that the zones take. */
const WIDTHS = [1, 1.3, 1.7, 2.2, 3];

/** Of a zone without the room around it, so that its name fits; about, for a canvas measures text only when it draws. */
export function leastZoneWidth(name: string): number {
  return Math.max(60, 10 * name.length - ZONE_PADDING);
}

interface Box {
  readonly zone: PlacedZone;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly lines: readonly (readonly Box[])[];
}

/** The same zones give the same places, in whatever order they come. */
export function purdueLayout(zones: readonly PlacedZone[]): Layout {
  let best = arranged(zones, SHAPES[0] as number, WIDTHS[0] as number);
  for (const shape of SHAPES) {
    for (const width of WIDTHS) {
      const next = arranged(zones, shape, width);
      if (next.scale > best.scale) best = next;
    }
  }
  const places = new Map<string, Point>();
  const bands: Band[] = [];
  let top = 0;
  for (const { id, label, lines } of best.rows) {
    let y = top + BAND_PADDING;
    for (const line of lines) {
      let x = -lineWidth(line) / 2;
      for (const box of line) {
        placeAssets(box, x, y, places);
        x += box.width + ZONE_GAP;
      }
      y += lineHeight(line) + ZONE_GAP;
    }
    const bottom = y - ZONE_GAP + BAND_PADDING;
    bands.push({ id, label, centre: { x: 0, y: (top + bottom) / 2 }, width: best.width, height: bottom - top });
    top = bottom;
  }
  return { bands, places };
}

interface Arrangement {
  readonly rows: readonly Row[];
  /** Of the bands. */
  readonly width: number;
  /** How large it is in its place when all of it is seen. */
  readonly scale: number;
}

/**
 * @param shape columns to lines of a zone
 * @param spread width of the bands to the side of a square of the area of all zones
 */
function arranged(zones: readonly PlacedZone[], shape: number, spread: number): Arrangement {
  const boxes = zones.map((zone) => boxOf(zone, shape)).sort((a, b) => AS_COUNTED.compare(a.zone.id, b.zone.id));
  const area = boxes.reduce((sum, { width, height }) => sum + (width + ZONE_GAP) * (height + ZONE_GAP), 0);
  const most = spread * Math.sqrt(area);
  const rows = BANDS.map(({ id, label }): Row => {
    return {
      id,
      label,
      lines: linesOf(
        boxes.filter(({ zone }) => bandOf(zone.kind) === id),
        most,
      ),
    };
  }).filter(({ lines }) => lines.length > 0);
  const width = Math.max(0, ...rows.flatMap(({ lines }) => lines.map(lineWidth))) + 2 * BAND_PADDING;
  const height = rows.reduce(
    (sum, { lines }) =>
      sum + 2 * BAND_PADDING + lines.reduce((inner, line) => inner + lineHeight(line) + ZONE_GAP, -ZONE_GAP),
    0,
  );
  return { rows, width, scale: Math.min(PLACE.width / (width + BAND_NAMES), PLACE.height / height) };
}

/** A kind that has no band goes where the process is. */
function bandOf(kind: string): string {
  return BANDS.find(({ kinds }) => kinds.includes(kind))?.id ?? 'field';
}

function boxOf(zone: PlacedZone, shape: number): Box {
  const count = Math.max(1, zone.assets.length);
  const columns = Math.min(count, Math.max(1, Math.round(Math.sqrt((count * shape * CELL_HEIGHT) / CELL_WIDTH))));
  const lines = Math.ceil(count / columns);
  return {
    zone,
    columns,
    width: Math.max(zone.leastWidth, columns * CELL_WIDTH) + 2 * ZONE_PADDING,
    height: lines * CELL_HEIGHT + 2 * ZONE_PADDING,
  };
}

function lineWidth(line: readonly Box[]): number {
  return line.reduce((sum, box) => sum + box.width + ZONE_GAP, -ZONE_GAP);
}

function lineHeight(line: readonly Box[]): number {
  return Math.max(...line.map(({ height }) => height));
}

function linesOf(boxes: readonly Box[], width: number): Box[][] {
  const lines: Box[][] = [];
  let left = 0;
  for (const box of boxes) {
    const line = lines.at(-1);
    if (line === undefined || left < box.width) {
      lines.push([box]);
      left = width - box.width - ZONE_GAP;
    } else {
      line.push(box);
      left -= box.width + ZONE_GAP;
    }
  }
  return lines;
}

function placeAssets({ zone, columns, width }: Box, left: number, top: number, places: Map<string, Point>): void {
  const middle = left + width / 2;
  if (zone.assets.length === 0) places.set(zone.id, { x: middle, y: top + ZONE_PADDING + CELL_HEIGHT / 2 });
  for (const [index, asset] of zone.assets.entries()) {
    const column = index % columns;
    const line = Math.floor(index / columns);
    places.set(asset, {
      x: middle + (column - (columns - 1) / 2) * CELL_WIDTH,
      y: top + ZONE_PADDING + line * CELL_HEIGHT + GLYPH / 2,
    });
  }
}
