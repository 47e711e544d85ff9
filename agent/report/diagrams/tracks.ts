/** Tracks of a channel: which lines may share one without touching. */

/** What needs a track: a stretch of one channel, along it. */
export interface Piece {
  readonly key: number | string;
  readonly channel: number;
  readonly from: number;
  readonly to: number;
}

export interface Tracks {
  /** Number of tracks of a channel. */
  count(channel: number): number;
  of(channel: number, key: number | string): number;
}

/** Gives each piece the lowest track of its channel where it touches no other. */
export function assignTracks(pieces: readonly Piece[]): Tracks {
  const ends = new Map<number, number[]>();
  const tracks = new Map<string, number>();
  const ordered = [...pieces].sort((x, y) => x.from - y.from || x.to - y.to || (x.key < y.key ? -1 : 1));
  for (const { key, channel, from, to } of ordered) {
    const taken = ends.get(channel) ?? [];
    ends.set(channel, taken);
    let track = taken.findIndex((end) => end < from);
    if (track < 0) track = taken.length;
    taken[track] = to;
    tracks.set(`${channel} ${key}`, track);
  }
  return {
    count: (channel) => ends.get(channel)?.length ?? 0,
    of: (channel, key) => tracks.get(`${channel} ${key}`) ?? 0,
  };
}
