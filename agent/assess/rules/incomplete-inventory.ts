import { isOt } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { count, distinct, lines, percent } from '../words.ts';

/** What only people can add is not counted against the plant. */
const ONLY_PEOPLE: ReadonlySet<string> = new Set([
  'criticality',
  'asset number',
  'user accounts',
  'logging',
  'location',
]);
/** An asset that lacks this many of the attributes that can be heard is hardly known. */
const LACKS = 4;

export const incompleteInventory: Rule = {
  id: 'incomplete-inventory',
  title: 'Assets of which hardly anything is known',
  requirement: 'SR 7.8',
  against: [],
  measure: 'complete-inventory',
  technique: null,
  evaluate(view) {
    const plant = view.devices.filter((asset) => isOt({ kind: view.kindOf(asset) }));
    const poor = plant.filter(
      ({ completeness }) => completeness.missing.filter(({ name }) => !ONLY_PEOPLE.has(name)).length >= LACKS,
    );
    if (poor.length === 0) return [];
    const missing = new Map<string, number>();
    for (const { name } of poor.flatMap(({ completeness }) => completeness.missing)) {
      if (!ONLY_PEOPLE.has(name)) missing.set(name, (missing.get(name) ?? 0) + 1);
    }
    const ids = distinct(poor.map(({ id }) => id));
    const score = plant.reduce((sum, { completeness }) => sum + completeness.score, 0) / plant.length;
    return [
      {
        about: null,
        title: `${poor.length} of ${count(plant.length, 'plant asset')} ${poor.length === 1 ? 'is' : 'are'} hardly known`,
        why: 'What they are, who made them and which version runs on them was not heard. What is not known is not patched.',
        severity: 'low',
        assets: ids,
        zones: view.zonesOf(ids),
        evidence: lines([
          `On average ${percent(score)} of the fourteen attributes of CISA’s inventory guidance are known`,
          ...[...missing]
            .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
            .map(([name, many]) => `${name}: not heard of ${count(many, 'asset')}`),
        ]),
        samples: [],
        mend: 'Add what people know; listen while an engineering station reads the controllers’ identity.',
        disturbs: 'Nothing.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
