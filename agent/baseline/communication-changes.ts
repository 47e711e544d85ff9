/**
 * Who talks to whom otherwise than before. What a greater piece of news explains is told with it and not again: a new
 * device brings its conversations, a new writer its operations, a new conversation what is asked in it.
 */
import type { Access } from '../../parsers/protocol.ts';
import type { OperationSnapshot } from '../model/snapshot.ts';
import type { Severity } from '../severity.ts';
import type { Baseline } from './baseline.ts';
import { eventOf, type PlantEvent } from './event.ts';
import { type KnownDealing, type KnownPair, KnownPairs, operationKey, pairKey } from './known-pairs.ts';
import { newAssets } from './new-assets.ts';
import { factsOf, labelOf, type Pair, pairsOf, servicesOf } from './pair.ts';
import { isOperational, type Picture, type PictureConversation, portKey, strongestAccess } from './picture.ts';
import { covers, isWriting, rangeLabel } from './ranges.ts';
import { OUTSIDE, type Recognition } from './recognition.ts';

export function communicationChanges(baseline: Baseline, picture: Picture, recognition: Recognition): PlantEvent[] {
  const pairs = pairsOf(picture, recognition);
  const known = new KnownPairs(baseline, recognition);
  const news = new Set(picture.assets.filter((asset) => asset.parent === null && !recognition.isKnown(asset)));
  const complete = !baseline.rangesIncomplete;
  return [
    ...newAssets(news, pairs),
    ...pairs.flatMap((pair) => {
      const before = known.of(pair.client, pair.server);
      const commands = newCommands(pair, before);
      if ([pair.clientAsset, pair.serverAsset].some((asset) => asset !== undefined && news.has(asset)))
        return commands.events;
      const services = newServices(pair, before, known.of(pair.server, pair.client)).filter(
        (conversation) => !commands.explained.has(conversation),
      );
      const rest =
        before === undefined ? [] : pair.conversations.filter((conversation) => !services.includes(conversation));
      return [
        ...commands.events,
        ...(services.length === 0 ? [] : [newConversation(pair, services)]),
        ...rest.flatMap((conversation) =>
          dealingChanges(pair, conversation, before as KnownPair, { commands: commands.operations, complete }),
        ),
      ];
    }),
  ];
}

interface Commands {
  readonly events: readonly PlantEvent[];
  /** Operations that the events are about. */
  readonly operations: ReadonlySet<OperationSnapshot>;
  /** Conversations in which they were the reason to talk. */
  readonly explained: ReadonlySet<PictureConversation>;
}

/** Who writes to, commands or programs a device of the process and did not before. */
function newCommands(pair: Pair, before: KnownPair | undefined): Commands {
  const operational = pair.conversations.filter((conversation) => isOperational(conversation, pair.serverAsset));
  const of = (wanted: (access: Access) => boolean) =>
    operational.flatMap((conversation) => {
      const operations = conversation.operations.filter(({ access }) => wanted(access));
      return operations.length === 0 ? [] : [{ conversation, operations }];
    });
  const programs = before?.programs === true ? [] : of((access) => access === 'program');
  // who moves programs may be expected to write as well
  const writes = before?.writes === true || before?.programs === true ? [] : of(isWriting);
  const told = programs.length > 0 ? [...programs, ...writes] : writes;
  const [first] = told;
  if (first === undefined) return { events: [], operations: new Set(), explained: new Set() };
  const kind = programs.length > 0 ? 'new-programmer' : 'new-writer';
  const done =
    programs.length > 0
      ? 'programs'
      : told.some(({ operations }) => strongestAccess(operations) === 'control')
        ? 'commands'
        : 'writes to';
  const event = eventOf(kind, {
    ...factsOf(pair, told),
    about: pairKey(pair.client, pair.server),
    title: `${labelOf(pair, 'client')} ${done} ${labelOf(pair, 'server')} and did not before`,
    // a value that is written is a parameter, a command an unauthorised message
    ...(kind === 'new-writer' && done === 'writes to' ? { technique: 'T0836' } : {}),
  });
  return {
    events: [event],
    operations: new Set(told.flatMap(({ operations }) => operations)),
    explained: new Set(told.map(({ conversation }) => conversation)),
  };
}

/** The conversations over services that the pair did not use. */
function newServices(
  { conversations }: Pair,
  before: KnownPair | undefined,
  reversed: KnownPair | undefined,
): PictureConversation[] {
  return conversations.filter((conversation) => {
    // who asked whom was guessed, now or then: the pair talked, that is all that is known
    const guessed = conversation.initiator === 'first-seen';
    if (guessed && (before !== undefined || reversed !== undefined)) return false;
    if (before === undefined) return reversed?.undirected !== true;
    const protocols = before.services.get(portKey(conversation));
    if (protocols === undefined) return !before.undirected || conversation.recognised;
    return conversation.recognised && !protocols.has('') && !protocols.has(conversation.protocol);
  });
}

/** Ways to sit at another machine as if one stood before it. */
const REMOTE: ReadonlySet<string> = new Set(['rdp', 'vnc', 'ssh', 'telnet', 'teamviewer']);

function newConversation(pair: Pair, conversations: readonly PictureConversation[]): PlantEvent {
  const grave = conversations.some(
    (conversation) => isOperational(conversation, pair.serverAsset) || REMOTE.has(conversation.protocol),
  );
  const outside = pair.client === OUTSIDE || pair.server === OUTSIDE;
  const why = [
    ...(outside ? ['One end lies outside the plant, in public address space'] : []),
    ...(conversations.some(({ protocol }) => REMOTE.has(protocol))
      ? ['It is a way to operate the other machine from afar']
      : []),
  ];
  const facts = factsOf(
    pair,
    conversations.map((conversation) => ({ conversation, operations: conversation.operations })),
  );
  return eventOf('new-conversation', {
    ...facts,
    about: `${pairKey(pair.client, pair.server)} ${[...new Set(conversations.map(portKey))].join(' ')}`,
    title: `${labelOf(pair, 'client')} talks to ${labelOf(pair, 'server')} over ${servicesOf(conversations)} and did not before`,
    reasons: [...(facts.reasons ?? []), ...why],
    severity: grave || outside ? 'medium' : 'low',
  });
}

/** Operations and ranges that are new in a conversation that is not. */
function dealingChanges(
  pair: Pair,
  conversation: PictureConversation,
  before: KnownPair,
  { commands, complete }: { readonly commands: ReadonlySet<OperationSnapshot>; readonly complete: boolean },
): PlantEvent[] {
  const dealing = before.byProtocol.get(conversation.protocol);
  if (dealing === undefined || !isOperational(conversation, pair.serverAsset)) return [];
  const asked = conversation.operations.filter(
    (operation) => operation.access !== 'session' && !commands.has(operation),
  );
  const added = asked.filter((operation) => !dealing.operations.has(operationKey(operation)));
  const about = `${pairKey(pair.client, pair.server)} ${conversation.protocol}`;
  const events: PlantEvent[] = [];
  if (added.length > 0) {
    events.push(
      eventOf('new-operation', {
        ...factsOf(pair, [{ conversation, operations: added }]),
        about,
        title: `${labelOf(pair, 'client')} asks ${labelOf(pair, 'server')} for what it did not: ${added.map(({ name }) => name).join(', ')}`,
        severity: ACCESS_SEVERITY[strongestAccess(added) ?? 'session'],
      }),
    );
  }
  const touched = complete
    ? newTouches(
        asked.filter((operation) => !added.includes(operation)),
        dealing,
      )
    : [];
  if (touched.length > 0) {
    const written = touched.filter(({ operation }) => isWriting(operation.access));
    events.push(
      eventOf('new-range', {
        ...factsOf(pair, [{ conversation, operations: [...new Set(touched.map(({ operation }) => operation))] }]),
        about,
        title: `${labelOf(pair, 'client')} ${written.length > 0 ? 'writes' : 'reads'} what it did not of ${labelOf(pair, 'server')}: ${(written[0] ?? touched[0])?.what}`,
        reasons: touched.map(({ operation, what }) => `${operation.name}: ${what}`),
        severity: written.length > 0 ? 'medium' : 'low',
        ...(written.length > 0 ? {} : { technique: null }),
        after: touched.map(({ what }) => what),
      }),
    );
  }
  return events;
}

const ACCESS_SEVERITY: Readonly<Record<Access, Severity>> = {
  session: 'low',
  diagnostic: 'low',
  read: 'low',
  write: 'medium',
  control: 'high',
  program: 'high',
};

/** Units and ranges that known operations touch for the first time. */
function newTouches(operations: readonly OperationSnapshot[], { units, coverage }: KnownDealing) {
  return operations.flatMap((operation) => {
    const foreign = operation.units
      .filter((unit) => !units.has(unit))
      .map((unit) => ({ operation, what: `unit ${unit}` }));
    // a program is wherever it is stored; and what a device tells unasked, it tells as it happens
    if (operation.access === 'program' || operation.requests === 0) return foreign;
    const strange = operation.ranges.filter(
      (range) => (range.unit === null || units.has(range.unit)) && !covers(coverage, operation.access, range),
    );
    return [...foreign, ...strange.map((range) => ({ operation, what: rangeLabel(range) }))];
  });
}
