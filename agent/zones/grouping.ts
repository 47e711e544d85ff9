/** Appends to the list that a map keeps under a key. */
export function appended<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Adds to the set that a map keeps under a key. */
export function added<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
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

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
