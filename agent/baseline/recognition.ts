/** Which devices of a baseline are heard again: by MAC address, IP address or serial number, whatever their ids are now. */
import type { Baseline, BaselineAsset } from './baseline.ts';
import { isOutside, isOutsideAddress, type Picture, type PictureAsset } from './picture.ts';

/** All of the internet is one party: today's server of a service is another than yesterday's. */
export const OUTSIDE = 'outside';

export interface Recognition {
  /** The assets of the baseline that an asset is; several where what was apart is now known to be one. */
  of(asset: PictureAsset): readonly BaselineAsset[];
  /** Whether the baseline knows the asset, or it is none of the plant's. */
  isKnown(asset: PictureAsset): boolean;
  /** What stands for whoever has an address (scoped), in the baseline and now: the same for the same device. */
  partyAt(address: string): string;
  /** The asset that has an address now. */
  assetAt(address: string): PictureAsset | undefined;
  /** Ids of the baseline's assets that are heard again. */
  readonly heardAgain: ReadonlySet<string>;
}

/** A serial number shorter than this is a default that many devices share. */
const SHORTEST_SERIAL = 4;

export function recognise(baseline: Baseline, picture: Picture): Recognition {
  const byAddress = new Map<string, BaselineAsset>();
  const bySerial = new Map<string, BaselineAsset>();
  for (const asset of baseline.assets) {
    for (const address of asset.addresses) byAddress.set(address, asset);
    const serial = serialOf(asset.serial);
    if (serial !== null) bySerial.set(serial, asset);
  }
  const whole = picture.assets.filter(({ parent }) => parent === null);
  const now = new Map(whole.flatMap((asset) => asset.addresses.map((address) => [address, asset] as const)));
  const recognised = new Map<string, readonly BaselineAsset[]>();
  for (const asset of whole) {
    const serial = serialOf(asset.serial);
    const found = [
      ...asset.addresses.map((address) => byAddress.get(address)),
      serial === null ? undefined : bySerial.get(serial),
    ];
    recognised.set(asset.id, [...new Set(found.filter((known) => known !== undefined))]);
  }
  const of = (asset: PictureAsset) => recognised.get(asset.id) ?? [];
  return {
    of,
    isKnown: (asset) => isOutside(asset) || of(asset).length > 0,
    partyAt(address) {
      const known = byAddress.get(address);
      if (known !== undefined) return known.outside ? OUTSIDE : known.id;
      const asset = now.get(address);
      if (asset === undefined) return isOutsideAddress(address) ? OUTSIDE : address;
      return isOutside(asset) ? OUTSIDE : (of(asset)[0]?.id ?? asset.id);
    },
    assetAt: (address) => now.get(address),
    heardAgain: new Set([...recognised.values()].flat().map(({ id }) => id)),
  };
}

function serialOf(serial: string | null): string | null {
  return serial !== null && serial.length >= SHORTEST_SERIAL && /[1-9a-z]/i.test(serial) ? serial : null;
}
