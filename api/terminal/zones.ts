import type { Plant } from '../../agent/plant.ts';
import { countText } from '../../agent/report/numbers.ts';
import { tableText } from './table.ts';

/** Assets of a zone that are named before the rest is only counted. */
const MOST_NAMED = 6;

/** The zones of a plant: what kind they are, the security level they need, and who stands in them. */
export function zoneTable({ zoning, assets, policy }: Plant): string {
  const { zones, zoneOfAsset } = zoning;
  const byId = new Map(assets.all.map((asset) => [asset.id, asset]));
  const rows = zones.map(({ id, name, kind, securityLevelTarget, members, addresses }) => {
    const devices = members.map(({ assetId }) => byId.get(assetId)).filter((asset) => asset?.parent === null);
    const named = devices.slice(0, MOST_NAMED).map((asset) => asset?.names[0] ?? asset?.ip[0] ?? asset?.mac[0] ?? '');
    const more = devices.length > named.length ? ', …' : '';
    const silent = addresses.length === 0 ? '' : countText(addresses.length);
    const count = countText(devices.length);
    return [id, name === id ? '' : name, kind, `${securityLevelTarget}`, count, `${named.join(', ')}${more}`, silent];
  });
  const columns = [
    { heading: 'zone', most: 32 },
    { heading: 'name', most: 32 },
    { heading: 'kind' },
    { heading: 'SL-T', right: true },
    { heading: 'assets', right: true },
    { heading: 'among them', most: 60 },
    { heading: 'only addressed', right: true },
  ];
  const homeless = assets.all.filter(({ id, parent }) => parent === null && !zoneOfAsset.has(id));
  const lost =
    homeless.length === 0
      ? ''
      : `\n  in no zone: ${homeless
          .slice(0, MOST_NAMED)
          .map(({ ip, mac }) => ip[0] ?? mac[0] ?? '')
          .join(', ')}${homeless.length > MOST_NAMED ? `, … (${countText(homeless.length)})` : ''}`;
  if (rows.length === 0) return policy === null ? '  none' : `  the policy has none${lost}`;
  return `${tableText(columns, rows)}${lost}`;
}
