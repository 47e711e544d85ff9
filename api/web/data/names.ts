/** What people call an asset: the name it gives itself or was given, else an address. */
import { useMemo } from 'preact/hooks';
import { useAll } from './all.ts';
import type { Asset } from './model.ts';

type Named = Pick<Asset, 'id' | 'names' | 'ip' | 'mac' | 'parent'>;

/** A part of a device, which has no address of its own, is called by its place behind it. */
export function assetName({ id, names, ip, mac, parent }: Named): string {
  if (names[0] !== undefined) return names[0];
  if (parent !== null) return partName(id, parent);
  return ip[0] ?? mac[0] ?? id;
}

/** E.g. `unit 7` for `ip-10.0.0.1/unit-7`. */
export function partName(id: string, parent: string): string {
  return id.slice(parent.length + 1).replace(/-/g, ' ');
}

/** The names of all assets, by id; until they are there, and for what is not there, the address in the id. */
export function useAssetNames(): (id: string) => string {
  const assets = useAll<Named>('/assets?fields=id,names,ip,mac,parent');
  const names = useMemo(
    () => new Map((assets.data?.items ?? []).map((asset) => [asset.id, assetName(asset)])),
    [assets.data],
  );
  return (id) => names.get(id) ?? id.replace(/^(?:ip|mac)-/, '');
}
