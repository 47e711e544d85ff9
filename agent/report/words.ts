/** The words in which reports speak of the standard's terms. */

import type { Access } from '../../parsers/protocol.ts';
import type { CommonFinding, FoundationalRequirement, RequirementEvidence, RoadmapStep } from '../assess/assessment.ts';
import { decimal } from '../decimal.ts';
import type { Violation } from '../policy/violation.ts';
import { SEVERITIES, type Severity } from '../severity.ts';
import type { Boundary } from '../zones/conduit.ts';
import type { SecurityLevel, ZoneKind } from '../zones/zone.ts';

/** IEC 62443-3-3, clause 4 onwards: the foundational requirements. */
export const REQUIREMENT_NAMES: Readonly<Record<FoundationalRequirement, string>> = {
  1: 'Identification and authentication control',
  2: 'Use control',
  3: 'System integrity',
  4: 'Data confidentiality',
  5: 'Restricted data flow',
  6: 'Timely response to events',
  7: 'Resource availability',
};

/** The standard's own abbreviations of them. */
export const REQUIREMENT_ABBREVIATIONS: Readonly<Record<FoundationalRequirement, string>> = {
  1: 'IAC',
  2: 'UC',
  3: 'SI',
  4: 'DC',
  5: 'RDF',
  6: 'TRE',
  7: 'RA',
};

/** IEC 62443-3-3, annex A: what a security level protects against. */
export const LEVEL_MEANINGS: Readonly<Record<SecurityLevel, string>> = {
  0: 'no protection asked for',
  1: 'casual or coincidental violation',
  2: 'intentional violation by simple means, low resources, generic skills and low motivation',
  3: 'intentional violation by sophisticated means, moderate resources, IACS-specific skills and moderate motivation',
  4: 'intentional violation by sophisticated means, extended resources, IACS-specific skills and high motivation',
};

export const KIND_WORDS: Readonly<Record<ZoneKind, string>> = {
  enterprise: 'Enterprise',
  dmz: 'DMZ',
  supervisory: 'Supervisory',
  control: 'Control',
  safety: 'Safety',
  field: 'Field',
  remote: 'Remote',
  external: 'External',
};

/** One letter for cells of a matrix, so that no shade stands alone. */
export const ACCESS_LETTERS: Readonly<Record<Access, string>> = {
  session: 'S',
  diagnostic: 'D',
  read: 'R',
  write: 'W',
  control: 'C',
  program: 'P',
};

/** Shapes, so that no severity is told by its colour alone. */
export const SEVERITY_ICONS: Readonly<Record<Severity, string>> = { low: '○', medium: '◐', high: '▲', critical: '◆' };

export const BOUNDARY_WORDS: Readonly<Record<Boundary['observed'], string>> = {
  router: 'router seen',
  none: 'no boundary observed',
  unknown: 'not known',
};

export const VIOLATION_WORDS: Readonly<Record<Violation['kind'], string>> = {
  'no-conduit': 'no conduit',
  'not-permitted': 'not permitted',
  unassigned: 'in no zone',
};

export const VERDICT_WORDS: Readonly<Record<RequirementEvidence['verdict'] | CommonFinding['verdict'], string>> = {
  against: 'heard against it',
  for: 'heard in favour',
  found: 'found',
  'not-observable': 'not observable passively',
  'not-heard': 'nothing heard',
};

export const OPERATIONS_WORDS: Readonly<Record<RoadmapStep['operations'], string>> = {
  none: 'while the plant runs',
  window: 'in a maintenance window',
  supplier: 'with the supplier',
};

export const EFFORT_WORDS: Readonly<Record<RoadmapStep['effort'], string>> = {
  1: '1 of 5: a setting',
  2: '2 of 5: a change to one device',
  3: '3 of 5: a change to several devices',
  4: '4 of 5: a project',
  5: '5 of 5: a rebuild',
};

/** The most severe first. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}

/** `1 asset`, `1,234 assets`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${decimal(n)} ${n === 1 ? one : many}`;
}

/** The first `most` of a list, and how many more there are. */
export function listed(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${decimal(items.length - most)} more` : shown;
}
