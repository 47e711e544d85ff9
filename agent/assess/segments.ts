/** Segments as a listener sees them: devices whose own frames pass side by side. */
import type { Asset } from '../model/asset.ts';
import type { PlantView } from './plant-view.ts';

export interface Segment {
  /** For people, e.g. `network 10.0.0.0/24` or `VLAN 20, network 10.0.0.0/24`. */
  readonly name: string;
  readonly assets: readonly Asset[];
}

/**
 * Segments with two devices or more. A device is on a segment when its own MAC address was seen there; one that lies
 * behind a router is on none. Networks are told by the first three bytes of addresses.
 */
export function segmentsOf({ devices }: PlantView): Segment[] {
  const byName = new Map<string, Asset[]>();
  for (const asset of devices) {
    if (asset.mac.length === 0) continue;
    for (const name of namesOf(asset)) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [asset]);
      else known.push(asset);
    }
  }
  return [...byName]
    .filter(([, assets]) => assets.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, assets]) => ({ name, assets }));
}

function namesOf({ ip, vlan }: Asset): string[] {
  const networks = new Set(
    ip.filter((address) => !address.includes(':')).map((address) => address.replace(/\.\d+$/, '')),
  );
  // a device in one VLAN tells which; of a trunk's several, the addresses tell
  const tag = vlan.length === 1 ? `VLAN ${vlan[0]}, ` : '';
  return [...networks].map((network) => `${tag}network ${network}.0/24`);
}
