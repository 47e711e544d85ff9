import { few } from '../../few.ts';
import type { Asset } from '../../model/asset.ts';
import type { Rule } from '../rule.ts';
import { assetName, spanOf } from '../telling.ts';
import { count, lines } from '../words.ts';

/** Several versions of firmware on the same model: a sign that nobody keeps them alike. */
export const mixedFirmware: Rule = {
  id: 'mixed-firmware',
  title: 'Different firmware on devices of one model',
  requirement: 'SR 7.6',
  against: [],
  measure: 'complete-inventory',
  technique: null,
  evaluate(view) {
    const models = new Map<string, Map<string, Asset[]>>();
    for (const asset of view.devices) {
      const model = asset.model ?? asset.product;
      if (model === null || asset.firmware === null || view.kindOf(asset) === 'external') continue;
      const name = asset.vendor === null ? model : `${asset.vendor} ${model}`;
      const versions = models.get(name) ?? new Map<string, Asset[]>();
      models.set(name, versions);
      const same = versions.get(asset.firmware);
      if (same === undefined) versions.set(asset.firmware, [asset]);
      else same.push(asset);
    }
    const mixed = [...models].filter(([, versions]) => versions.size > 1).sort(([a], [b]) => (a < b ? -1 : 1));
    if (mixed.length === 0) return [];
    const assets = mixed.flatMap(([, versions]) => [...versions.values()].flat());
    const ids = assets.map(({ id }) => id).sort();
    return [
      {
        about: null,
        title: `${count(mixed.length, 'model runs', 'models run')} different firmware on different devices`,
        why: 'Versions that drifted apart were not updated together: some may have weaknesses that were mended in others, and a spare part may behave differently.',
        severity: 'low',
        assets: ids,
        zones: view.zonesOf(ids),
        evidence: lines(
          mixed.map(([model, versions]) => {
            const told = [...versions]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([version, same]) => `${version} (${few(same.map(assetName), 3)})`);
            return `${model}: ${few(told, 5)}`;
          }),
        ),
        samples: [],
        mend: 'Decide on one released version per model, and bring the others to it in the next stop.',
        disturbs: 'The controller stops during an update.',
        ...spanOf(assets),
      },
    ];
  },
};
