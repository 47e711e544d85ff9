import type { Plant } from '../plant.ts';
import { SEVERITIES } from '../severity.ts';
import type { Finding } from './finding.ts';
import { viewOf } from './plant-view.ts';
import type { Found, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';

/** What the structure checks and the rules of the foundational requirements find in a plant, the gravest first. */
export function findingsOf(plant: Omit<Plant, 'findings'>): Finding[] {
  const view = viewOf(plant);
  return RULES.flatMap((rule) => rule.evaluate(view).map((found) => findingOf(rule, found))).sort(byGravity);
}

function findingOf(rule: Rule, { about, technique, zones, ...found }: Found): Finding {
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
