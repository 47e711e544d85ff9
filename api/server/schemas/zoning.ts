import { Type } from 'typebox';
import type { Report } from '../../../agent/report/report.ts';
import { SEVERITIES } from '../../../agent/severity.ts';
import type {
  ConduitEntry,
  PolicyEntry,
  ViolationEntry,
  ZoneEntry,
  ZoneMembers,
} from '../../../agent/store/entries.ts';
import type { Boundary } from '../../../agent/zones/conduit.ts';
import { ZONE_KINDS } from '../../../agent/zones/zone.ts';
import { AccessName, FrameSchema } from './traffic.ts';
import { Count, described, Flag, Id, list, nullable, oneOf, ref, Share, shape, Text, Texts, Time } from './values.ts';

export const SeverityName = oneOf(SEVERITIES);
export const ZoneKindName = oneOf(ZONE_KINDS);
export const Level = Type.Unsafe<0 | 1 | 2 | 3 | 4>({ type: 'integer', minimum: 0, maximum: 4 });

export const ZoneSchema = shape<ZoneEntry>(
  {
    id: Id,
    name: Text,
    kind: ZoneKindName,
    securityLevelTarget: Level,
    rationale: Texts,
    reasons: Texts,
    addresses: described(Texts, 'What was only addressed, and lies in the zone.'),
    locked: Flag,
    assetCount: Count,
  },
  'Zone',
);

export const MemberSchema = shape<ZoneMembers[number]>(
  {
    assetId: Id,
    reasons: Texts,
    runnerUp: nullable(Type.Object({ zoneId: Text, reasons: Texts }, { additionalProperties: false })),
    margin: Share,
    placedBy: oneOf(['proposal', 'policy', 'operator']),
  },
  'ZoneMember',
);

export const PermissionSchema = Type.Object(
  { protocol: Text, access: Type.Optional(list(AccessName)) },
  { additionalProperties: false },
);

export const ConduitSchema = shape<ConduitEntry>(
  {
    id: Id,
    from: Text,
    to: Text,
    status: oneOf(['proposed', 'approved', 'rejected']),
    decision: nullable(
      shape<NonNullable<ConduitEntry['decision']>>({
        from: Text,
        to: Text,
        status: oneOf(['approved', 'rejected']),
        by: Text,
        at: nullable(Time),
        reason: nullable(Text),
        until: nullable(Time),
      }),
    ),
    allow: list(PermissionSchema),
    boundary: shape<Boundary>({ observed: oneOf(['router', 'none', 'unknown']), macs: Texts, reasons: Texts }),
    traffic: nullable(
      shape<NonNullable<ConduitEntry['traffic']>>({
        conversations: Count,
        packets: Count,
        bytes: Count,
        firstSeen: nullable(Time),
        lastSeen: nullable(Time),
        ports: Texts,
      }),
    ),
  },
  'Conduit',
);

export const ViolationSchema = shape<ViolationEntry>(
  {
    id: Id,
    kind: oneOf(['no-conduit', 'not-permitted', 'unassigned']),
    client: Text,
    server: Text,
    clientId: nullable(Text),
    serverId: nullable(Text),
    protocol: Text,
    transport: Text,
    port: nullable(Count),
    fromZone: nullable(Text),
    toZone: nullable(Text),
    access: nullable(AccessName),
    accesses: list(AccessName),
    operations: list(
      shape<ViolationEntry['operations'][number]>({
        code: Text,
        name: Text,
        access: AccessName,
        requests: Count,
        responses: Count,
        errors: Count,
      }),
    ),
    severity: SeverityName,
    reasons: Texts,
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    packets: Count,
    bytes: Count,
    attempt: described(Flag, 'No answer was heard.'),
    samples: list(FrameSchema),
  },
  'Violation',
);

type PolicyPreview = Pick<Report, 'zones' | 'conduits' | 'violations' | 'unusedConduits' | 'unusedPermissions'>;

/** A zone as a report has it. */
const PreviewZoneSchema = shape<PolicyPreview['zones'][number]>({
  id: Id,
  name: Text,
  kind: ZoneKindName,
  securityLevelTarget: Level,
  rationale: Texts,
  reasons: Texts,
  assets: Texts,
  members: list(ref(MemberSchema)),
  addresses: Texts,
  locked: Flag,
});

export const PolicyPreviewSchema = shape<PolicyPreview>(
  {
    zones: list(PreviewZoneSchema),
    conduits: list(ref(ConduitSchema)),
    violations: list(ref(ViolationSchema)),
    unusedConduits: described(Texts, 'Ids of conduits that nothing used.'),
    unusedPermissions: list(
      Type.Object(
        {
          conduit: Id,
          permission: Type.Object(
            { protocol: Text, access: nullable(list(AccessName)) },
            { additionalProperties: false },
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  'PolicyPreview',
);

export const PolicyVersionSchema = shape<PolicyEntry>(
  { version: Count, sha256: Text, by: Text, at: Time, reason: nullable(Text), active: Flag },
  'PolicyVersion',
);
