import type { Zone } from '../../data/model.ts';

/** The zone of an id; undefined where it is no longer there, or not yet. */
export type ZoneOf = (id: string) => Zone | undefined;
