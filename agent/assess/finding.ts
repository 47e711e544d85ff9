/** Something that an assessor should know, with what proves it and what would mend it. */
import type { FrameReference } from '../model/snapshot.ts';
import type { Severity } from '../severity.ts';

export interface Finding {
  /** Stable: the rule's id and what it is about. */
  readonly id: string;
  /** Id of the rule that found it. */
  readonly rule: string;
  /** System requirement of IEC 62443-3-3, e.g. `SR 5.1`, or zone requirement of IEC 62443-3-2, e.g. `ZCR 3.2`. */
  readonly requirement: string;
  /** In plain words, e.g. "Two engineering stations write to PLC 10.0.0.1". */
  readonly title: string;
  /** Why it matters here. */
  readonly why: string;
  readonly severity: Severity;
  /** Id of the zone, or null when it is about several or the whole plant. */
  readonly zone: string | null;
  /** Ids of all zones it bears on, in order. */
  readonly zones: readonly string[];
  readonly assets: readonly string[];
  /** Statements of what was heard, each true by itself. */
  readonly evidence: readonly string[];
  readonly samples: readonly FrameReference[];
  /** What would mend it. */
  readonly mend: string;
  /** What mending it may disturb. */
  readonly disturbs: string;
  /** MITRE ATT&CK for ICS, e.g. `T0843`; null where none fits. */
  readonly technique: string | null;
  /** Microseconds; null when it is about a state, not an event. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
}
