import { few } from '../../few.ts';
import type { Role } from '../../model/roles/role.ts';
import type { Rule } from '../rule.ts';
import { segmentsOf } from '../segments.ts';
import { assetName, spanOf } from '../telling.ts';
import { count, lines } from '../words.ts';

/** Roles that a safety system's own segment has too: its network, its clock, its engineering station. */
const BELONGS: ReadonlySet<Role> = new Set([
  'router',
  'firewall',
  'switch',
  'clock',
  'engineering-workstation',
  'unknown',
]);

/** Safety and control controllers side by side on one segment (IEC 62443-3-2, ZCR 3.3). */
export const safetySharesSegment: Rule = {
  id: 'safety-shares-segment',
  title: 'Safety systems that share a segment with control systems',
  requirement: 'ZCR 3.3',
  against: ['SR 5.1'],
  measure: 'separate-safety',
  technique: null,
  evaluate(view) {
    const shared = segmentsOf(view).flatMap(({ name, assets }) => {
      const safety = assets.filter((asset) => view.kindOf(asset) === 'safety');
      const others = assets.filter((asset) => view.kindOf(asset) !== 'safety' && !BELONGS.has(asset.role));
      return safety.length > 0 && others.length > 0 ? [{ name, safety, others }] : [];
    });
    if (shared.length === 0) return [];
    const assets = shared.flatMap(({ safety }) => safety);
    const ids = assets.map(({ id }) => id);
    return [
      {
        about: null,
        title: `${count(assets.length, 'safety system shares', 'safety systems share')} a segment with control systems`,
        why: 'On a shared segment nothing stands between an infected control station and the safety system; a broadcast storm takes both.',
        severity: 'high',
        assets: ids,
        zones: view.zonesOf(ids),
        evidence: lines(
          shared.map(
            ({ name, safety, others }) =>
              `${name}: ${few(safety.map(assetName), 4)} beside ${count(others.length, 'other asset')} (${few(others.map(assetName), 4)})`,
          ),
        ),
        samples: [],
        mend: 'Give the safety system a network of its own, joined to control by a firewall or a one-way gateway.',
        disturbs: 'The reads between both, while the link is moved.',
        ...spanOf(assets),
      },
    ];
  },
};
