/** Devices that say of themselves something else than before, or have another MAC address. */
import { grouped } from '../grouping.ts';
import type { EvidenceSnapshot } from '../model/snapshot.ts';
import { type Baseline, identityOf } from './baseline.ts';
import { type EventKind, eventOf, type PlantEvent } from './event.ts';
import type { Picture, PictureAsset } from './picture.ts';
import type { Recognition } from './recognition.ts';
import { assetLabel } from './words.ts';

/** One event per device and attribute. */
export function identityChanges(picture: Picture, recognition: Recognition): PlantEvent[] {
  return picture.assets
    .filter(({ parent }) => parent === null)
    .flatMap((asset) => {
      const before = recognition.of(asset).flatMap(({ identity }) => identity);
      const told = grouped(before, sourceKey);
      // what another source says, or what was never said before, is news of the listener, not of the device
      const changed = identityOf(asset).filter((value) => {
        const known = told.get(sourceKey(value));
        return known?.every((other) => other.value !== value.value) === true;
      });
      return [...grouped(changed, ({ field }) => field)].map(([field, values]) => {
        const sources = new Set(values.map(sourceKey));
        const olds = before.filter((value) => sources.has(sourceKey(value))).map(({ value }) => value);
        return changeOf(asset, field, [...new Set(olds)], [...new Set(values.map(({ value }) => value))], [...sources]);
      });
    });
}

function sourceKey({ field, unit, source }: Pick<EvidenceSnapshot, 'field' | 'unit' | 'source'>): string {
  return `${field}|${unit ?? ''}|${source}`;
}

function changeOf(
  asset: PictureAsset,
  field: string,
  before: readonly string[],
  after: readonly string[],
  sources: readonly string[],
): PlantEvent {
  const kind: EventKind = field === 'firmware' ? 'firmware-changed' : 'identity-changed';
  const proofs = asset.evidence.filter((entry) => sources.includes(sourceKey(entry)) && after.includes(entry.value));
  return eventOf(kind, {
    about: field === 'firmware' ? asset.id : `${asset.id} ${field}`,
    title: `${assetLabel(asset)} tells another ${field}: ${after.join(', ')}, before ${before.join(', ')}`,
    reasons: [`Told by ${[...new Set(proofs.map(({ source }) => source))].join(', ')}, the same source as before`],
    assets: [asset.id],
    firstSeen: Math.min(...proofs.map(({ firstSeen }) => firstSeen)),
    lastSeen: Math.max(...proofs.map(({ lastSeen }) => lastSeen)),
    samples: proofs.flatMap(({ file, frame }) => (file === null || frame === null ? [] : [{ file, frame }])),
    ...{ before, after },
    weight: { safety: asset.role === 'safety-controller' },
  });
}

/** IP addresses that another MAC address uses than before. */
export function addressMoves(baseline: Baseline, picture: Picture): PlantEvent[] {
  const owners = new Map(
    baseline.assets.flatMap((asset) => asset.addresses.map((address) => [address, asset] as const)),
  );
  return picture.assets.flatMap((asset) => {
    const macs = new Set(asset.mac);
    if (macs.size === 0) return []; // behind a router: whose MAC address is seen says nothing
    return asset.addresses.flatMap((address) => {
      const owner = macs.has(address) ? undefined : owners.get(address);
      if (owner === undefined || owner.mac.length === 0 || owner.mac.some((mac) => macs.has(mac))) return [];
      const same = owner.serial !== null && owner.serial === asset.serial;
      return [
        eventOf('address-moved', {
          about: address,
          title: `${address} is now ${asset.mac.join(', ')}, before ${owner.mac.join(', ')} (${owner.label})`,
          reasons: [
            same
              ? 'Its serial number is the same: another network card, or another port of it'
              : 'Nothing tells that it is the same device',
          ],
          assets: [asset.id],
          firstSeen: asset.firstSeen,
          lastSeen: asset.lastSeen,
          before: owner.mac,
          after: asset.mac,
          weight: { safety: owner.role === 'safety-controller' },
        }),
      ];
    });
  });
}
