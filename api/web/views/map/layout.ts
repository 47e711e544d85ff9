/** Where things lie on the map: Purdue levels as bands, zones in the band of their kind, assets in rows inside. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedZone {
  readonly id: string;
  readonly kind: string;
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
/** Room of a zone around its assets, for its border and name. */
const ZONE_PADDING = 26;
const ZONE_HEAD = 26;
const ZONE_GAP = 48;
const BAND_PADDING = 40;
const LEAST_BAND_WIDTH = 1100;
/** A zone of many assets grows wider than high. */
const SHAPE = 1.7;

interface Box {
  readonly zone: PlacedZone;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

/** The same zones give the same places, in whatever order they come. */
export function purdueLayout(zones: readonly PlacedZone[]): Layout {
  const rows = BANDS.map(({ id, label, kinds }) => {
    const boxes = zones
      .filter(
        ({ kind }) => kinds.includes(kind) || (id === 'field' && !BANDS.some((band) => band.kinds.includes(kind))),
      )
      .map(boxOf)
      .sort((a, b) => (a.zone.id < b.zone.id ? -1 : 1));
    return { id, label, boxes };
  }).filter(({ boxes }) => boxes.length > 0);
  const area = rows.flatMap(({ boxes }) => boxes).reduce((sum, { width, height }) => sum + width * height, 0);
  const width = Math.max(LEAST_BAND_WIDTH, 1.4 * Math.sqrt(area) * SHAPE);
  const places = new Map<string, Point>();
  const bands: Band[] = [];
  let top = 0;
  for (const { id, label, boxes } of rows) {
    let y = top + BAND_PADDING;
    for (const line of linesOf(boxes, width - 2 * BAND_PADDING)) {
      const lineWidth = line.reduce((sum, box) => sum + box.width + ZONE_GAP, -ZONE_GAP);
      const lineHeight = Math.max(...line.map((box) => box.height));
      let x = -lineWidth / 2;
      for (const box of line) {
        placeAssets(box, x, y, places);
        x += box.width + ZONE_GAP;
      }
      y += lineHeight + ZONE_GAP;
    }
    const bottom = y - ZONE_GAP + BAND_PADDING;
    bands.push({ id, label, centre: { x: 0, y: (top + bottom) / 2 }, width, height: bottom - top });
    top = bottom;
  }
  return { bands, places };
}

function boxOf(zone: PlacedZone): Box {
  const count = Math.max(1, zone.assets.length);
  const columns = Math.max(2, Math.ceil(Math.sqrt((count * SHAPE * CELL_HEIGHT) / CELL_WIDTH)));
  const lines = Math.ceil(count / columns);
  return {
    zone,
    columns,
    width: columns * CELL_WIDTH + 2 * ZONE_PADDING,
    height: lines * CELL_HEIGHT + ZONE_HEAD + 2 * ZONE_PADDING,
  };
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
  if (zone.assets.length === 0) places.set(zone.id, { x: left + width / 2, y: top + ZONE_HEAD + ZONE_PADDING });
  for (const [index, asset] of zone.assets.entries()) {
    const column = index % columns;
    const line = Math.floor(index / columns);
    places.set(asset, {
      x: left + ZONE_PADDING + (column + 0.5) * CELL_WIDTH,
      y: top + ZONE_HEAD + ZONE_PADDING + (line + 0.5) * CELL_HEIGHT,
    });
  }
}
