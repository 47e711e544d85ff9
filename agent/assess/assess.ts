import type { Plant } from '../plant.ts';
import type { Assessment, Attestation, Method } from './assessment.ts';
import { blindSpotsOf } from './blind-spots.ts';
import { commonFindingsOf } from './common-findings.ts';
import { flatnessOf } from './flatness.ts';
import { viewOf } from './plant-view.ts';
import { roadmapOf } from './roadmap.ts';
import { RULES } from './rules/index.ts';
import { zoneAssessmentsOf } from './zone-assessments.ts';

/**
 * The IEC 62443 assessment of a plant. A pure function: what makes it reproducible is handed in.
 * Attestations fill what cannot be heard; they lift no cap, for what was heard stays true.
 */
export function assess(
  plant: Plant,
  method: Omit<Method, 'rules'>,
  attestations: readonly Attestation[] = [],
): Assessment {
  const view = viewOf(plant);
  const { findings } = plant;
  const given = [...attestations].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    method: { ...method, rules: RULES.map(({ id, title, requirement }) => ({ id, title, requirement })) },
    blindSpots: blindSpotsOf(view),
    flatness: flatnessOf(view).share,
    zones: zoneAssessmentsOf(view, findings, given),
    commonFindings: commonFindingsOf(view, findings, given),
    roadmap: roadmapOf(findings),
  };
}
