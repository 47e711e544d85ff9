/**
 * Who talks to whom otherwise than before. What a greater piece of news explains is told with it and not again: a new
 * device brings its conversations, a new writer its operations, a new conversation what is asked in it.
 */
import type { Access } from '../../parsers/protocol.ts';
import type { ConversationSnapshot, OperationSnapshot } from '../model/snapshot.ts';
import type { Severity } from '../severity.ts';
import type { Baseline } from './baseline.ts';
import { eventOf, type PlantEvent } from './event.ts';
import { type KnownDealing, type KnownPair, KnownPairs, operationKey, pairKey } from './known-pairs.ts';
import { newAssets } from './new-assets.ts';
import { factsOf, labelOf, type Pair, pairsOf, servicesOf } from './pair.ts';
import { isOperational, type Picture, portKey, strongestAccess } from './picture.ts';
import { covers, isWriting, rangeLabel } from './ranges.ts';
import { OUTSIDE, type Recognition } from './recognition.ts';

export function communicationChanges(baseline: Baseline, picture: Picture, recognition: Recognition): PlantEvent[] {
  const pairs = pairsOf(picture, recognition);
  const known = new KnownPairs(baseline, recognition);
  const news = new Set(picture.assets.filter((asset) => asset.parent === null && !recognition.isKnown(asset)));
  const complete = !baseline.rangesIncomplete;
  return [
    ...newAssets(news, pairs),
    ...pairs.flatMap((all) => {
      const before = known.of(all.client, all.server);
      const pair = { ...all, conversations: judged(all.conversations, before, known.of(all.server, all.client)) };
      const commands = newCommands(pair, before);
      if ([pair.clientAsset, pair.serverAsset].some((asset) => asset !== undefined && news.has(asset)))
        return commands.events;
      const services = newServices(pair, before).filter((conversation) => !commands.explained.has(conversation));
      const used = new Set(services);
      const rest = pair.conversations.filter((conversation) => !used.has(conversation));
      return [
        ...commands.events,
        ...(services.length === 0 ? [] : [newConversation(pair, services)]),
        ...(before === undefined
          ? []
          : rest.flatMap((conversation) =>
              dealingChanges(pair, conversation, before, { commands: commands.operations, complete }),
            )),
      ];
    }),
  ];
}

interface Commands {
  readonly events: readonly PlantEvent[];
  /** Operations that the events are about. */
  readonly operations: ReadonlySet<OperationSnapshot>;
  /** Conversations in which they were the reason to talk. */
  readonly explained: ReadonlySet<ConversationSnapshot>;
}

/** Who writes to, commands or programs a device of the process and did not before. */
function newCommands(pair: Pair, before: KnownPair | undefined): Commands {
  const operational = pair.conversations.filter((conversation) => isOperational(conversation, pair.serverAsset));
  const of = (wanted: (operation: OperationSnapshot) => boolean) =>
    operational.flatMap((conversation) => {
      const operations = conversation.operations.filter(wanted);
      return operations.length === 0 ? [] : [{ conversation, operations }];
    });
  const programs = before?.programs === true ? [] : of(({ access }) => access === 'program');
  // who moves programs may be expected to write as well; a stop, a start and the like are events of their own
  const writes =
    before?.writes === true || before?.programs === true
      ? []
      : of(({ access, effect }) => isWriting(access) && effect === null);
  const told = programs.length > 0 ? [...programs, ...writes] : writes;
  if (told.length === 0) return { events: [], operations: new Set(), explained: new Set() };
  const { verb, ...rest } = commandOf(told.flatMap(({ operations }) => operations));
  const event = eventOf(programs.length > 0 ? 'new-programmer' : 'new-writer', {
    ...factsOf(pair, told),
    ...rest,
    about: pairKey(pair.client, pair.server),
    title: `${labelOf(pair, 'client')} ${verb} ${labelOf(pair, 'server')} and did not before`,
  });
  return {
    events: [event],
    operations: new Set(told.flatMap(({ operations }) => operations)),
    explained: new Set(told.map(({ conversation }) => conversation)),
  };
}

/** What the strongest of some operations amounts to: a value that is written is a parameter, a program may only be read. */
function commandOf(operations: readonly OperationSnapshot[]): {
  verb: string;
  technique?: string;
  severity?: Severity;
} {
  const programming = operations.filter(({ access }) => access === 'program');
  if (programming.length === 0) {
    return strongestAccess(operations) === 'control' ? { verb: 'commands' } : { verb: 'writes to', technique: 'T0836' };
  }
  const reads = programming.every(({ effect }) => effect === 'upload');
  return reads ? { verb: 'reads the program of', technique: 'T0845', severity: 'high' } : { verb: 'programs' };
}

/**
 * The conversations of which it is sure who asks whom, in the baseline as well. Where that was guessed, of two parties
 * that talked before nothing is known to have changed.
 */
function judged(
  conversations: readonly ConversationSnapshot[],
  before: KnownPair | undefined,
  reversed: KnownPair | undefined,
): ConversationSnapshot[] {
  return conversations.filter(({ initiator }) =>
    initiator === 'first-seen'
      ? before === undefined && reversed === undefined
      : before !== undefined || reversed?.undirected !== true,
  );
}

/** Protocols that only carry others: on a port that was used, they are no other service. */
const CARRIERS: ReadonlySet<string> = new Set(['tls', 'cotp']);

/** The conversations over services that the pair did not use. */
function newServices({ conversations }: Pair, before: KnownPair | undefined): ConversationSnapshot[] {
  return conversations.filter((conversation) => {
    const { recognised, protocol } = conversation;
    const protocols = before?.services.get(portKey(conversation));
    if (protocols === undefined) return true;
    return recognised && !CARRIERS.has(protocol) && !protocols.has('') && !protocols.has(protocol);
  });
}

/** Ways to sit at another machine as if one stood before it. */
const REMOTE: ReadonlySet<string> = new Set(['rdp', 'vnc', 'ssh', 'telnet', 'teamviewer']);

function newConversation(pair: Pair, conversations: readonly ConversationSnapshot[]): PlantEvent {
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
  conversation: ConversationSnapshot,
  before: KnownPair,
  { commands, complete }: { readonly commands: ReadonlySet<OperationSnapshot>; readonly complete: boolean },
): PlantEvent[] {
  const dealing = before.byProtocol.get(conversation.protocol);
  if (dealing?.directed !== true || !isOperational(conversation, pair.serverAsset)) return [];
  // what has an effect on the controller as a whole is told as an event of its own
  const asked = conversation.operations.filter(
    (operation) => operation.access !== 'session' && operation.effect === null && !commands.has(operation),
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
