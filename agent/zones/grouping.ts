/** Appends to the list that a map keeps under a key. */
export function appended<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Adds to the number that a table of two keys keeps. */
export function counted<K, L>(table: Map<K, Map<L, number>>, key: K, other: L, by: number): void {
  const row = table.get(key);
  if (row === undefined) table.set(key, new Map([[other, by]]));
  else row.set(other, (row.get(other) ?? 0) + by);
}

/** The key with the highest number, the lowest key among equals; undefined of an empty map. */
export function topOf(counts: ReadonlyMap<string, number> | undefined): string | undefined {
  let top: string | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const [key, count] of counts ?? []) {
    if (count > most || (count === most && key < (top as string))) [top, most] = [key, count];
  }
  return top;
}

/** The sum of a table's row. */
export function sumOf(counts: ReadonlyMap<unknown, number> | undefined): number {
  let sum = 0;
  for (const count of counts?.values() ?? []) sum += count;
  return sum;
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
