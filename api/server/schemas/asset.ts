import { Type } from 'typebox';
import type { SpokenProtocol } from '../../../agent/model/asset.ts';
import type { Attribute, Completeness } from '../../../agent/model/completeness.ts';
import type { Conflict } from '../../../agent/model/identity.ts';
import { LEVELS, type Role } from '../../../agent/model/roles/role.ts';
import type { AssetEntry, AssetEvidence, HistoryEntry } from '../../../agent/store/entries.ts';
import { Count, described, Id, list, nullable, oneOf, Share, shape, Text, Texts, Time } from './values.ts';

export const RoleName = oneOf(Object.keys(LEVELS) as Role[]);

export const AssetSchema = shape<AssetEntry>(
  {
    id: Id,
    mac: Texts,
    ip: Texts,
    vlan: list(Type.Integer()),
    names: Texts,
    vendor: nullable(Text),
    product: nullable(Text),
    model: nullable(Text),
    firmware: nullable(Text),
    hardware: nullable(Text),
    serial: nullable(Text),
    role: RoleName,
    roleConfidence: Share,
    roleReasons: Texts,
    roleRunnerUp: nullable(Type.Object({ role: RoleName, reasons: Texts }, { additionalProperties: false })),
    purdueLevel: nullable(Type.Number({ minimum: 0, maximum: 5 })),
    parent: described(nullable(Text), 'The gateway or chassis of a part.'),
    joined: described(Texts, 'Why several addresses are one device.'),
    conflicts: list(
      shape<Conflict>({
        field: Text,
        values: list(Type.Object({ value: Text, source: Text, confidence: Share }, { additionalProperties: false })),
      }),
    ),
    protocols: list(shape<SpokenProtocol>({ name: Text, as: oneOf(['client', 'server', 'peer']) })),
    completeness: shape<Completeness>({
      score: Share,
      missing: list(shape<Attribute>({ name: Text, known: Type.Boolean(), toldBy: Text })),
    }),
    zone: nullable(Text),
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
  },
  'Asset',
);

/** Evidence as it is shown: what said so, in the protocol's words too. */
export type EvidenceEntry = AssetEvidence[number] & { readonly words: string };

export const EvidenceSchema = shape<EvidenceEntry>(
  {
    field: Text,
    value: Text,
    source: described(Text, 'Protocol and field of the message that says so.'),
    words: described(Text, "The source in the protocol's own words."),
    confidence: Share,
    unit: described(nullable(Type.Integer()), 'A part behind the address.'),
    file: nullable(Text),
    frame: nullable(Type.Integer()),
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    times: Count,
  },
  'Evidence',
);

export const HistorySchema = shape<HistoryEntry>(
  {
    number: Count,
    asset: Id,
    field: described(Text, '`appeared`, `vanished`, or the name of the attribute that changed.'),
    before: nullable(Text),
    after: nullable(Text),
    at: Time,
  },
  'HistoryEntry',
);
