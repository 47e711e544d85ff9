/** An IEC 62443 assessment: what passive listening says of each zone and foundational requirement, and what to do next. */
import type { Severity } from '../severity.ts';
import type { SecurityLevel } from '../zones/zone.ts';

/** IEC 62443-3-3: the seven foundational requirements. */
export type FoundationalRequirement = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** What a person states about what cannot be heard. */
export interface Attestation {
  readonly id: string;
  /** Id of the zone; null for the whole plant. */
  readonly zone: string | null;
  /** E.g. `SR 1.7` or `FR 7`. */
  readonly requirement: string;
  readonly statement: string;
  /** What proves it, e.g. the name of a document. */
  readonly evidence: string;
  readonly by: string;
  /** Microseconds since 1970. */
  readonly at: number;
}

/** A statement about one system requirement in one zone. */
export interface RequirementEvidence {
  /** E.g. `SR 1.1`. */
  readonly requirement: string;
  readonly title: string;
  /** `against`: what was heard contradicts it; `for`: what was heard agrees (which proves nothing for the rest). */
  readonly verdict: 'against' | 'for' | 'not-observable' | 'not-heard';
  readonly statement: string;
  /** Ids of findings. */
  readonly findings: readonly string[];
}

export interface RequirementAssessment {
  readonly requirement: FoundationalRequirement;
  readonly name: string;
  /** The achieved level is at most this, by what was heard; null when nothing caps it. Never a certificate upwards. */
  readonly cap: SecurityLevel | null;
  /** Why the cap. */
  readonly reasons: readonly string[];
  /** The cap is below the zone's target. */
  readonly gap: boolean;
  readonly evidence: readonly RequirementEvidence[];
  readonly attestations: readonly Attestation[];
}

export interface ZoneAssessment {
  readonly zone: string;
  readonly securityLevelTarget: SecurityLevel;
  /** In order of the foundational requirements. */
  readonly requirements: readonly RequirementAssessment[];
}

/** One of the seven things that assessors meet most. */
export interface CommonFinding {
  readonly id: string;
  readonly title: string;
  readonly verdict: 'found' | 'not-heard' | 'not-observable';
  readonly statement: string;
  readonly findings: readonly string[];
}

export interface RoadmapStep {
  readonly order: number;
  readonly title: string;
  readonly requirement: string;
  readonly zones: readonly string[];
  readonly findings: readonly string[];
  readonly risk: Severity;
  /** 1 (a setting) to 5 (a rebuild). */
  readonly effort: 1 | 2 | 3 | 4 | 5;
  /** What it needs of the running plant: nothing, a maintenance window, a supplier. */
  readonly operations: 'none' | 'window' | 'supplier';
  /** The same in words. */
  readonly needs: string;
  readonly why: string;
  readonly how: string;
}

/** What makes the assessment reproducible by another person. */
export interface Method {
  readonly tool: string;
  readonly version: string;
  readonly captures: readonly { readonly name: string; readonly sha256: string | null; readonly packets: number }[];
  readonly policySha256: string | null;
  readonly rules: readonly { readonly id: string; readonly title: string; readonly requirement: string }[];
}

export interface Assessment {
  readonly method: Method;
  /** What the sensor could not hear, in words. */
  readonly blindSpots: readonly string[];
  /** Share (0 to 1) of pairs of OT assets that could talk without passing a boundary; null with fewer than two. */
  readonly flatness: number | null;
  readonly zones: readonly ZoneAssessment[];
  readonly commonFindings: readonly CommonFinding[];
  readonly roadmap: readonly RoadmapStep[];
}
