import { few } from '../../few.ts';
import type { Asset } from '../../model/asset.ts';
import type { Role } from '../../model/roles/role.ts';
import type { PlantView } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { segmentsOf } from '../segments.ts';
import { assetName, spanOf } from '../telling.ts';
import { count, lines } from '../words.ts';

/** Roles that are business systems wherever they stand. */
const BUSINESS: ReadonlySet<Role> = new Set(['workstation', 'printer', 'server', 'domain-controller']);
/** Roles that are industrial automation wherever they stand. */
const INDUSTRIAL: ReadonlySet<Role> = new Set([
  ...(['plc', 'rtu', 'ied', 'safety-controller', 'remote-io', 'drive', 'gateway', 'hmi', 'scada-server'] as const),
]);
/** Roles told with less are not built on. */
const SURE = 0.6;

/** Business systems and industrial automation on one segment, or put into one zone: IEC 62443-3-2, ZCR 3.2. */
export const businessSharesSegment: Rule = {
  id: 'business-shares-segment',
  title: 'Business systems and control systems in one zone or segment',
  requirement: 'ZCR 3.2',
  against: ['SR 5.1'],
  measure: 'segment',
  technique: null,
  evaluate(view) {
    const shared = segmentsOf(view).flatMap(({ name, assets }) => {
      const business = assets.filter((asset) => isBusiness(asset, view));
      const industrial = assets.filter(({ role }) => INDUSTRIAL.has(role));
      return business.length > 0 && industrial.length > 0 ? [{ name, business, industrial }] : [];
    });
    if (shared.length === 0) return [];
    const business = shared.flatMap((entry) => entry.business);
    const all = shared.flatMap((entry) => [...entry.business, ...entry.industrial]);
    const ids = [...new Set(all.map(({ id }) => id))].sort();
    return [
      {
        about: null,
        title: `${count(new Set(business).size, 'business system shares', 'business systems share')} a segment with control systems`,
        why: 'What an office computer catches spreads on its segment without passing any boundary.',
        severity: 'high',
        assets: ids,
        zones: view.zonesOf(shared.flatMap(({ industrial }) => industrial.map(({ id }) => id))),
        evidence: lines(
          shared.map(
            ({ name, business, industrial }) =>
              `${name}: ${few(
                business.map((asset) => `${assetName(asset)}, ${asset.role}`),
                4,
              )} beside ${count(industrial.length, 'control system')} (${few(industrial.map(assetName), 4)})`,
          ),
        ),
        samples: [],
        mend: 'Move the business systems to a network of their own, with a firewall between.',
        disturbs: 'The business systems get new addresses; the control systems stay as they are.',
        ...spanOf(all),
      },
    ];
  },
};

/** A server among controllers may well be theirs: only what stands in an enterprise zone, or is an office machine, counts. */
function isBusiness(asset: Asset, view: PlantView): boolean {
  if (!BUSINESS.has(asset.role)) return false;
  if (view.kindOf(asset) === 'enterprise') return true;
  return (asset.role === 'workstation' || asset.role === 'printer') && asset.roleConfidence >= SURE;
}
