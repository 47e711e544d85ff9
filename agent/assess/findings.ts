import type { Plant } from '../plant.ts';
import { SEVERITIES } from '../severity.ts';
import type { Finding } from './finding.ts';
import { type PlantView, viewOf } from './plant-view.ts';
import type { Found, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';

/** What the structure checks and the rules of the foundational requirements find in a plant, the gravest first. */
export function findingsOf(plant: Omit<Plant, 'findings'>): Finding[] {
  const view = viewOf(plant);
  return RULES.flatMap((rule) => rule.evaluate(view).map((found) => findingOf(rule, found, view))).sort(byGravity);
}

/** Zones outside the plant are others' affair: a finding bears on none of them. */
function findingOf(
  rule: Rule,
  { about, technique, zones: touched, ...found }: Found,
  { zoneById }: PlantView,
): Finding {
  const zones = touched.filter((id) => zoneById.get(id)?.kind !== 'external');
  return {
    ...found,
    id: about === null ? rule.id : `${rule.id}:${about}`,
    rule: rule.id,
    requirement: rule.requirement,
    zone: zones.length === 1 ? (zones[0] as string) : null,
    zones,
    technique: technique ?? rule.technique,
  };
}

/** The order of the rules decides among what is equally grave: sorting keeps it. */
function byGravity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}
