/** A rule: one thing an assessor looks for, as data and a pure function. */
import type { FrameReference } from '../model/snapshot.ts';
import type { Severity } from '../severity.ts';
import type { MeasureId } from './measures.ts';
import type { PlantView } from './plant-view.ts';
import type { Clause } from './requirements.ts';

export interface Rule {
  /** Stable: it is cited in reports. Lower-case words with hyphens. */
  readonly id: string;
  /** What it looks for, in plain words. */
  readonly title: string;
  /** What its findings cite first: `SR x.y` of IEC 62443-3-3 or `ZCR x.y` of IEC 62443-3-2. */
  readonly requirement: string;
  /**
   * What a finding contradicts. Each clause caps what its zones can have achieved; a rule that only points at something
   * has none and caps nothing.
   */
  readonly against: readonly Clause[];
  /** System requirements that a finding says something about without contradicting them, beside `requirement`. */
  readonly pointsAt?: readonly Clause[];
  /** What mends its findings. */
  readonly measure: MeasureId;
  /** MITRE ATT&CK for ICS. */
  readonly technique: string | null;
  readonly evaluate: (view: PlantView) => readonly Found[];
}

/** What a rule found: a finding without what the rule itself knows. */
export interface Found {
  /** What tells it from other findings of the same rule; null when the rule finds one thing. */
  readonly about: string | null;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  readonly assets: readonly string[];
  /** Ids of the zones it bears on. */
  readonly zones: readonly string[];
  readonly evidence: readonly string[];
  readonly samples: readonly FrameReference[];
  readonly mend: string;
  readonly disturbs: string;
  /** Instead of the rule's. */
  readonly technique?: string;
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
}
