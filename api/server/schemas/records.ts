/** What is kept because somebody told or did it: captures, events, decisions, the audit log. */
import { Type } from 'typebox';
import type { HearingFinding } from '../../../agent/model/capture-quality.ts';
import { SEVERITIES } from '../../../agent/severity.ts';
import type { AuditEntry, CaptureEntry, DecisionEntry, EventEntry } from '../../../agent/store/entries.ts';
import { Anything, Count, described, Flag, list, nullable, oneOf, shape, Text, Time } from './values.ts';

export const CaptureSchema = shape<CaptureEntry>(
  {
    id: Count,
    name: described(Text, 'What its owner calls it.'),
    sha256: nullable(Text),
    size: nullable(Count),
    live: Flag,
    state: oneOf(['queued', 'reading', 'done', 'interrupted', 'failed', 'deleted']),
    bytesRead: described(Count, 'Of `size`.'),
    packets: Count,
    bytes: described(Count, 'On the wire.'),
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    verdict: described(
      nullable(
        Type.Object(
          {
            findings: list(
              shape<HearingFinding>({ id: Text, source: nullable(Text), what: Text, cause: Text, mend: Text }),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      'How well the plant could be heard in it.',
    ),
    error: nullable(
      Type.Object({ code: Text, offset: nullable(Count), message: Text }, { additionalProperties: false }),
    ),
    by: Text,
    added: Time,
    finished: nullable(Time),
  },
  'Capture',
);

export const EventSchema = shape<EventEntry>(
  {
    number: described(Count, 'Counts up: the id to resume behind.'),
    id: Text,
    kind: Text,
    severity: oneOf(SEVERITIES),
    asset: nullable(Text),
    at: Time,
    event: described(Anything, 'All of the event, as its kind has it.'),
  },
  'Event',
);

export const AuditSchema = shape<AuditEntry>(
  { number: Count, at: Time, by: Text, action: Text, subject: Text, detail: Anything },
  'AuditEntry',
);

export const DecisionSchema = shape<DecisionEntry>(
  {
    kind: oneOf(['override', 'zone', 'move', 'conduit', 'attestation', 'suppression', 'finding']),
    key: Text,
    by: Text,
    at: Time,
    decision: Anything,
  },
  'Decision',
);
