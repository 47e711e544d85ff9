/** Which zones stand side by side. */
import { BANDS, type Band, type Diagram, type DiagramEdge } from './diagram.ts';

/** More would not fit a page. */
const MOST_COLUMNS = 5;

export interface Row {
  readonly band: Band | null;
  readonly zones: readonly number[];
}

/** Zones by band, as many to a row as fit; zones stand near what they talk to. */
export function rowsOf({ zones, edges }: Diagram): Row[] {
  const rows: Row[] = [];
  const neighbours = neighboursOf(edges, zones.length);
  const column = new Map<number, number>();
  for (const band of [...BANDS, null]) {
    const members = zones.map((_, index) => index).filter((index) => zones[index]?.band === band);
    const pull = new Map(members.map((zone) => [zone, meanColumn(neighbours[zone] as number[], column)]));
    const ordered = members.sort((x, y) => (pull.get(x) as number) - (pull.get(y) as number) || x - y);
    const count = Math.ceil(ordered.length / MOST_COLUMNS);
    const size = Math.ceil(ordered.length / Math.max(1, count));
    for (let at = 0; at < ordered.length; at += size) {
      const row = ordered.slice(at, at + size);
      row.forEach((zone, index) => {
        column.set(zone, index - (row.length - 1) / 2);
      });
      rows.push({ band, zones: row });
    }
  }
  return rows;
}

function neighboursOf(edges: readonly DiagramEdge[], zones: number): number[][] {
  const neighbours: number[][] = Array.from({ length: zones }, () => []);
  for (const { a, b } of edges) {
    neighbours[a]?.push(b);
    neighbours[b]?.push(a);
  }
  return neighbours;
}

function meanColumn(zones: readonly number[], column: ReadonlyMap<number, number>): number {
  const known = zones.map((zone) => column.get(zone)).filter((value) => value !== undefined);
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}
