/** Where the reader dragged things to: kept in this browser, for each source by itself. */
import type { Point } from './layout.ts';

const KEY = 'fieldmark.placing';

export function readPlacing(source: string): Map<string, Point> {
  const text = localStorage.getItem(`${KEY}:${source}`);
  return new Map(text === null ? [] : (JSON.parse(text) as [string, Point][]));
}

export function keepPlacing(source: string, placing: ReadonlyMap<string, Point>): void {
  if (placing.size === 0) localStorage.removeItem(`${KEY}:${source}`);
  else localStorage.setItem(`${KEY}:${source}`, JSON.stringify([...placing]));
}
