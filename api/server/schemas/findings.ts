import type { FindingEntry } from '../../../agent/store/entries.ts';
import { FrameSchema } from './traffic.ts';
import { described, Id, list, nullable, shape, Text, Texts, Time } from './values.ts';
import { SeverityName } from './zoning.ts';

/** Why a finding is set aside. */
export interface FindingSuppression {
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly until: string | null;
}

/** A finding as answers have it. */
export type ShownFinding = FindingEntry & { readonly suppressed: FindingSuppression | null };

export const FindingSchema = shape<ShownFinding>(
  {
    id: Id,
    rule: Text,
    requirement: Text,
    title: Text,
    why: Text,
    severity: SeverityName,
    zone: nullable(Text),
    zones: Texts,
    assets: Texts,
    evidence: Texts,
    samples: list(FrameSchema),
    mend: Text,
    disturbs: Text,
    technique: nullable(Text),
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    suppressed: described(
      nullable(shape<FindingSuppression>({ reason: Text, by: Text, at: Time, until: nullable(Time) })),
      'Why somebody set it aside; null when nobody did.',
    ),
  },
  'Finding',
);
