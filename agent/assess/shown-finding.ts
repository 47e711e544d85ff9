/** Findings about what assets show of themselves: the parts that follow from the statements. */
import { isOt, type PlantView } from './plant-view.ts';
import type { Shown } from './protections.ts';
import type { Found } from './rule.ts';
import { framesOf, spanOf, statementLines } from './telling.ts';
import { distinct } from './words.ts';

export function ofShown(shown: readonly Shown[], view: PlantView) {
  const assets = distinct(shown.map(({ asset }) => asset.id));
  const entries = shown.map(({ entry }) => entry);
  return {
    assets,
    zones: view.zonesOf(assets),
    evidence: statementLines(shown),
    samples: framesOf(entries),
    ...spanOf(entries),
  } satisfies Partial<Found>;
}

/** Whether any of the assets stands in a plant zone. */
export function inPlant(shown: readonly Shown[], view: PlantView): boolean {
  return shown.some(({ asset }) => isOt({ kind: view.kindOf(asset) }));
}
