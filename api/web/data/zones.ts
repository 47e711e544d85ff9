/** All zones, in the order of their names as people count. */
import { useMemo } from 'preact/hooks';
import { AS_COUNTED } from '../parts/as-counted.ts';
import { useAll } from './all.ts';
import type { List, Zone } from './model.ts';
import type { Resource } from './resource.ts';

export function useZones(): Resource<List<Zone>> {
  const zones = useAll<Zone>('/zones');
  const data = useMemo(
    () =>
      zones.data && {
        ...zones.data,
        items: [...zones.data.items].sort((a, b) => AS_COUNTED.compare(a.name, b.name)),
      },
    [zones.data],
  );
  return { ...zones, data };
}
