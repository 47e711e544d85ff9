import { Link } from 'wouter-preact';
import type { Zone } from '../data/model.ts';
import { Known, ZoneKind } from './values.tsx';

interface ZoneLinkProps {
  /** Undefined where it is not known, or not yet. */
  readonly zone: Pick<Zone, 'id' | 'name' | 'kind'> | undefined;
  /** Of the zone; null: none. */
  readonly id: string | null;
}

/** A zone by its name and kind, with the way to it. */
export function ZoneLink({ zone, id }: ZoneLinkProps) {
  if (zone === undefined) return <Known value={id} why="in no zone" />;
  return (
    <>
      <Link href={`/zones/${encodeURIComponent(zone.id)}`}>{zone.name}</Link> <ZoneKind kind={zone.kind} />
    </>
  );
}
