/** Reads a report back: as much of it as events and baselines are told from. Fields that came later may be absent. */
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { EFFECT_KINDS } from '../baseline/effects.ts';
import { EVENT_KINDS, type EventKind, type PlantEvent } from '../baseline/event.ts';
import { assetFinder, type Picture, type PictureAsset } from '../baseline/picture.ts';
import { FieldmarkError } from '../errors.ts';
import { NO_RHYTHM } from '../facts/rhythm.ts';
import { LEVELS, type Role } from '../model/roles/role.ts';
import { type ConversationSnapshot, scopedAddress, scopeIn } from '../model/snapshot.ts';
import { SEVERITIES } from '../severity.ts';
import { ACCESS_ORDER } from '../zones/flow.ts';
import { microsecondsOf } from './time.ts';

/** Bytes of the largest report that is read: parsed, it takes several times its size in memory. */
export const MOST_REPORT_BYTES = 256 << 20;

const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const later = <Schema extends TSchema>(schema: Schema) => Type.Optional(nullable(schema));
const Text = Type.String();
const Texts = Type.Array(Text);
const Count = Type.Number();
const Counts = Type.Array(Count);
const Frame = Type.Object({ file: Text, frame: Count });
/** When something was heard: a report always knows. */
const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$' });
const Heard = { firstSeen: nullable(Time), lastSeen: nullable(Time) };

const Evidence = Type.Object({
  ...{ field: Text, value: Text, source: Text, confidence: Count, unit: nullable(Count), times: Count },
  ...{ file: nullable(Text), frame: nullable(Count), ...Heard },
});

const Asset = Type.Object({
  ...{ id: Text, mac: Texts, ip: Texts, vlan: Counts, names: Texts, parent: nullable(Text) },
  ...{ vendor: nullable(Text), product: nullable(Text), model: nullable(Text) },
  ...{ firmware: nullable(Text), serial: nullable(Text), purdueLevel: nullable(Count) },
  role: Type.Enum(Object.keys(LEVELS) as Role[]),
  ...Heard,
  evidence: Type.Array(Evidence),
});

const Range = Type.Object({
  ...{ unit: nullable(Count), space: Text, name: nullable(Text), first: nullable(Count), last: nullable(Count) },
  ...{ times: Count, period: nullable(Count), jitter: nullable(Count) },
});

const Operation = Type.Object({
  ...{ code: Text, name: Text, access: Type.Enum([...ACCESS_ORDER]), units: Counts, unitsAnswered: Counts },
  effect: later(Type.Enum(Object.keys(EFFECT_KINDS) as (keyof typeof EFFECT_KINDS)[])),
  ...{ requests: Count, responses: Count, errors: Count, ...Heard, firstFrame: later(Frame) },
  ranges: Type.Array(Range),
});

const Conversation = Type.Object({
  ...{ client: Text, server: Text, clientId: nullable(Text), serverId: nullable(Text), scope: Count },
  ...{ transport: Text, port: nullable(Count), protocol: Text, recognised: Type.Boolean(), initiator: Text },
  ...{ flows: Count, packets: Count, packetsFromClient: Count, packetsFromServer: Count, bytes: Count },
  ...{ ...Heard, firstFrame: later(Frame), operations: Type.Array(Operation) },
});

const Event = Type.Object({
  ...{ id: Text, kind: Type.Enum(Object.keys(EVENT_KINDS) as EventKind[]), severity: Type.Enum([...SEVERITIES]) },
  ...{ title: Text, reasons: Texts, assets: Texts, technique: nullable(Text), ...Heard },
  conversation: nullable(
    Type.Object({ client: Text, server: Text, transport: Text, port: nullable(Count), protocol: Text }),
  ),
  ...{ samples: Type.Array(Frame), before: Texts, after: Texts },
});

const Quality = Type.Object({
  ...{ duplicates: Count, cutPackets: Count, droppedByCapture: Count, retransmissions: Count, reordered: Count },
  ...{ gaps: Count, fragments: Count, tunnelled: Count, vlanTagged: Count, oneSidedShare: Count, skippedBytes: Count },
  messages: Type.Object({ ok: Count, truncated: Count, malformed: Count, unsupported: Count }),
  unreadable: Type.Record(Text, Count),
  limitsHit: Type.Record(Text, Count),
});

const Report = Type.Object({
  format: Type.Literal('fieldmark.report/1'),
  capture: Type.Object({ ...Heard, quality: Quality }),
  assets: Type.Array(Asset),
  conversations: Type.Array(Conversation),
  events: Type.Optional(Type.Array(Event)),
});

/**
 * What a report holds for comparisons.
 * @param text the report as JSON
 * @throws FieldmarkError where it is no report, naming the place
 */
export function pictureOfReport(text: string): Picture {
  const { capture, assets, conversations, events = [] } = reportOf(text);
  const idOf = new Map<string, string>();
  for (const { client, server, scope, clientId, serverId } of conversations) {
    if (clientId !== null) idOf.set(scopedAddress(client, scope), clientId);
    if (serverId !== null) idOf.set(scopedAddress(server, scope), serverId);
  }
  const all = assets.map(assetOf);
  return {
    capture: { ...capture, ...seen(capture) },
    assets: all,
    conversations: conversations.map(conversationOf),
    assetAt: assetFinder(all, idOf),
    occurrences: events.map((event): PlantEvent => ({ ...event, ...seen(event), suppressed: null })),
  };
}

function reportOf(text: string): Static<typeof Report> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const what = (error as Error).message.split('\n', 1)[0];
    throw new FieldmarkError('REPORT_NOT_JSON', `is no JSON, though it begins like it: ${what}`, error);
  }
  if (Value.Check(Report, value)) return value;
  const [first] = Value.Errors(Report, value);
  const place = first === undefined || first.instancePath === '' ? 'the whole' : first.instancePath;
  throw new FieldmarkError('REPORT_NOT_A_REPORT', `is no report fieldmark.report/1: ${place} ${first?.message ?? ''}`);
}

/** Times as snapshots have them; one outside the calendar, which reports leave out, counts as 1970. */
function heard(of: { readonly firstSeen: string | null; readonly lastSeen: string | null }) {
  return { firstSeen: microsecondsOf(of.firstSeen) ?? 0, lastSeen: microsecondsOf(of.lastSeen) ?? 0 };
}

function seen(of: { readonly firstSeen: string | null; readonly lastSeen: string | null }) {
  return { firstSeen: microsecondsOf(of.firstSeen), lastSeen: microsecondsOf(of.lastSeen) };
}

function assetOf(asset: Static<typeof Asset>): PictureAsset {
  // an address that is used twice is told apart in the id, which is made of the lowest
  const scope = scopeIn(asset.id);
  const addresses = asset.parent === null ? [...asset.ip.map((ip) => scopedAddress(ip, scope)), ...asset.mac] : [];
  return {
    ...asset,
    ...heard(asset),
    addresses,
    evidence: asset.evidence.map((entry) => ({ ...entry, ...heard(entry) })),
  };
}

function conversationOf(conversation: Static<typeof Conversation>): ConversationSnapshot {
  return {
    ...conversation,
    ...heard(conversation),
    firstFrame: conversation.firstFrame ?? null,
    operations: conversation.operations.map((operation) => ({
      ...operation,
      ...heard(operation),
      effect: operation.effect ?? null,
      firstFrame: operation.firstFrame ?? null,
      ranges: operation.ranges.map((range) => ({ ...range, rhythm: NO_RHYTHM })), // reports say what a rhythm comes to, not what it is made of
    })),
  };
}
