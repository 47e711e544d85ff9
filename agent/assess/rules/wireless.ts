import { isOt } from '../plant-view.ts';
import type { Shown } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

/** Words by which devices say that they are radio equipment. */
const RADIO =
  /\bWLAN\b|\bwi-?fi\b|wireless|access point|\b802\.11|scalance w\d|\bcellular\b|\b(LTE|4G|5G) (router|modem|gateway)\b|\bGSM\b/i;
const FIELDS: ReadonlySet<string> = new Set(['product', 'model', 'device-type', 'note']);

/** Radio in the plant (IEC 62443-3-2, ZCR 3.5). What says nothing of it is not heard. */
export const wireless: Rule = {
  id: 'wireless',
  title: 'Wireless equipment in plant networks',
  requirement: 'ZCR 3.5',
  against: [],
  pointsAt: ['SR 1.6', 'SR 2.2'],
  measure: 'segment',
  technique: 'T0860',
  evaluate(view) {
    const shown = view.devices.flatMap((asset): Shown[] => {
      if (!isOt({ kind: view.kindOf(asset) })) return [];
      const entry = asset.evidence.find(({ field, value }) => FIELDS.has(field) && RADIO.test(value));
      return entry === undefined ? [] : [{ asset, entry }];
    });
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    return [
      {
        about: null,
        title: `${count(parts.assets.length, 'plant asset says it is', 'plant assets say they are')} wireless equipment`,
        why: 'Radio reaches beyond the fence: whoever is near enough is at the border of the zone.',
        severity: 'medium',
        ...parts,
        mend: 'Put wireless devices into a zone of their own with a boundary to the rest; authenticate each device.',
        disturbs: 'Mobile operator panels and vehicles, while their network is moved.',
      },
    ];
  },
};
