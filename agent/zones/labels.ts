import type { Asset } from '../model/asset.ts';

/** What people call an asset: its name, else its address. */
export function labelOf(asset: Asset | undefined, id: string): string {
  return asset?.names[0] ?? asset?.ip[0] ?? asset?.mac[0] ?? id;
}
