/**
 * The schema of a policy file, version 1: what the reader checks, and what editors are given (policy-json-schema.ts).
 * Descriptions are shown to people: by editors, and in errors, where they say what is wanted instead.
 */
import { type Static, Type } from 'typebox';
import type { Access } from '../../parsers/protocol.ts';
import { ACCESS_ORDER } from '../zones/flow.ts';
import { ZONE_KINDS } from '../zones/zone.ts';
import { NUMBERED_PROTOCOL, PROTOCOL_NAMES } from './protocol-names.ts';

/** Text that is shown to people: without control characters, and not blank at either end. */
const SHOWN =
  '^[^\\s\\u0000-\\u001f\\u007f-\\u009f]([^\\u0000-\\u001f\\u007f-\\u009f]*[^\\s\\u0000-\\u001f\\u007f-\\u009f])?$';

const id = (of: string) =>
  Type.String({ pattern: SHOWN, maxLength: 128, description: `a name for ${of} that no other has, e.g. cell-a` });

export const MemberSchema = Type.Object(
  {
    ip: Type.Optional(Type.String({ description: 'an IPv4 or IPv6 address, e.g. 10.10.9.4' })),
    mac: Type.Optional(
      Type.String({
        description: 'a MAC address in quotes, e.g. "00:1d:9c:00:00:01": the device\'s own, never a router\'s',
      }),
    ),
    cidr: Type.Optional(
      Type.String({ description: 'a network, e.g. 10.10.1.0/24; the longest around an address counts' }),
    ),
    vlan: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 4094, description: 'a VLAN that devices are attached to, from 1 to 4094' }),
    ),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description:
      'one of ip, mac, cidr and vlan, e.g. {ip: 10.10.9.4}; mac and ip outrank the longest cidr, that outranks vlan',
  },
);

export const ZoneSchema = Type.Object(
  {
    id: id('the zone'),
    name: Type.Optional(
      Type.String({
        pattern: SHOWN,
        maxLength: 200,
        description: 'the name that people read; the id where it is absent',
      }),
    ),
    kind: Type.Enum([...ZONE_KINDS], { description: `what stands in it: ${ZONE_KINDS.join(', ')}` }),
    securityLevelTarget: Type.Enum([0, 1, 2, 3, 4], {
      description: 'the security level it needs (IEC 62443), from 0 (none) to 4',
    }),
    members: Type.Array(MemberSchema, {
      description: 'what stands in it: a list of {ip: …}, {mac: …}, {cidr: …} and {vlan: …}; [] for nothing yet',
    }),
  },
  { additionalProperties: false, description: 'a zone: id, name, kind, securityLevelTarget, members' },
);

export const PermissionSchema = Type.Object(
  {
    protocol: Type.Union([Type.Enum([...PROTOCOL_NAMES]), Type.String({ pattern: NUMBERED_PROTOCOL.source })], {
      description: "a protocol's name as reports write it, e.g. modbus, or a port, whatever is spoken on it: tcp/443",
    }),
    access: Type.Optional(
      Type.Array(Type.Enum([...ACCESS_ORDER] as Access[], { description: `one of ${ACCESS_ORDER.join(', ')}` }), {
        minItems: 1,
        description: `what may be done, e.g. [read, session], of ${ACCESS_ORDER.join(', ')}; anything where it is absent`,
      }),
    ),
  },
  { additionalProperties: false, description: 'what is let through, e.g. {protocol: modbus, access: [read]}' },
);

export const ConduitSchema = Type.Object(
  {
    id: id('the conduit'),
    from: Type.String({ description: 'the id of the zone of the clients, which open connections or send requests' }),
    to: Type.String({ description: 'the id of the zone of the servers' }),
    allow: Type.Array(PermissionSchema, { description: 'what it lets through: a list of {protocol: …, access: […]}' }),
  },
  { additionalProperties: false, description: 'a conduit: id, from, to, allow' },
);

/** The file as a whole, its lists not looked into: they are checked entry by entry, so that each mistake is found. */
export const FrameSchema = Type.Object(
  {
    version: Type.Literal(1, { description: 'the version of this format: 1' }),
    zones: Type.Array(Type.Unknown(), { description: 'the list of zones' }),
    conduits: Type.Array(Type.Unknown(), { description: 'the list of conduits; [] where nothing may pass' }),
  },
  { additionalProperties: false, description: 'a policy: version, zones, conduits' },
);

export const PolicySchema = Type.Object(
  {
    ...FrameSchema.properties,
    zones: Type.Array(ZoneSchema, { description: 'the list of zones' }),
    conduits: Type.Array(ConduitSchema, { description: 'the list of conduits; [] where nothing may pass' }),
  },
  {
    additionalProperties: false,
    title: 'Fieldmark policy',
    description: 'Zones and conduits (IEC 62443-3-2) that are wanted',
  },
);

export type MemberEntry = Static<typeof MemberSchema>;
export type ZoneEntry = Static<typeof ZoneSchema>;
export type ConduitEntry = Static<typeof ConduitSchema>;
