import type { FindingEntry } from '../../agent/store/entries.ts';
import { FrameSchema } from './traffic.ts';
import { Id, list, nullable, shape, Text, Texts, Time } from './values.ts';
import { SeverityName } from './zoning.ts';

export const FindingSchema = shape<FindingEntry>(
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
  },
  'Finding',
);
