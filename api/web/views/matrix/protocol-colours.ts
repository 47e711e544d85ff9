/** Which protocols have colours of their own on the matrix: those with most bytes. */
import type { Pair } from '../../data/model.ts';

/** As many as the page has colours for. */
const COLOURS = 8;

/** The number of its colour, from 1, by the protocol; the others share one. */
export type ProtocolColours = ReadonlyMap<string, number>;

export function protocolColours(pairs: readonly Pair[]): ProtocolColours {
  const bytes = new Map<string, number>();
  for (const { protocol, bytes: own } of pairs.flatMap(({ protocols }) => protocols)) {
    bytes.set(protocol, (bytes.get(protocol) ?? 0) + own);
  }
  const ordered = [...bytes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return new Map(ordered.slice(0, COLOURS).map(([protocol], index) => [protocol, index + 1]));
}

/** What `data-protocol` says of a protocol. */
export function colourOf(colours: ProtocolColours, protocol: string): string {
  return String(colours.get(protocol) ?? 'other');
}

/** Stripes that are told apart in a cell. */
const STRIPES = 4;

/** The colours of a cell, from the protocol with most bytes on. */
export function stripesOf(colours: ProtocolColours, { protocols }: Pair): readonly string[] {
  const ordered = [...protocols].sort((a, b) => b.bytes - a.bytes);
  return [...new Set(ordered.map(({ protocol }) => colourOf(colours, protocol)))].slice(0, STRIPES);
}
