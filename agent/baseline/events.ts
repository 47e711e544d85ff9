/** Events of a plant: what happened in it, and what changed since a baseline. Pure functions of what was heard. */
import type { Plant } from '../plant.ts';
import { addressConflicts } from './address-conflicts.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import { communicationChanges } from './communication-changes.ts';
import { malformedMessages, refusals } from './disturbances.ts';
import { effectEvents } from './effects.ts';
import { bySeverity, type EventKind, type PlantEvent } from './event.ts';
import { addressMoves, identityChanges } from './identity-changes.ts';
import { overload } from './overload.ts';
import { type Picture, sceneOf } from './picture.ts';
import { recognise } from './recognition.ts';
import { scanEvents } from './scans.ts';
import { lostViews, silentAssets, viewsLostWithin } from './silence.ts';
import { type Suppression, suppress } from './suppression.ts';

/** A plant as baselines are learned from and compared with, with the events that need no baseline. */
export function pictureOf(plant: Pick<Plant, 'snapshot' | 'assets'>): Picture {
  const scene = sceneOf(plant);
  const occurrences = [
    ...effectEvents(scene),
    ...addressConflicts(plant),
    ...scanEvents(scene),
    ...overload(scene),
    ...malformedMessages(scene),
    ...refusals(scene),
    ...viewsLostWithin(scene),
  ];
  return { ...scene, occurrences: distinct(occurrences) };
}

/** What is otherwise than in the baseline. */
export function changes(baseline: Baseline, picture: Picture): PlantEvent[] {
  const recognition = recognise(baseline, picture);
  return distinct([
    ...communicationChanges(baseline, picture, recognition),
    ...identityChanges(picture, recognition),
    ...addressMoves(baseline, picture),
    ...silentAssets(baseline, picture, recognition),
    ...lostViews(baseline, picture, recognition),
  ]);
}

/** What is otherwise than in the baseline, and what happened that had not happened in it. */
export function compare(baseline: Baseline, picture: Picture): PlantEvent[] {
  const before = new Set(baseline.occurrences);
  const happened = picture.occurrences.filter(({ id }) => !before.has(id));
  return together(happened, changes(baseline, picture));
}

/** All events of a plant: what happened, and, with a baseline, what changed since; with what suppresses them. */
export function eventsOf(
  plant: Pick<Plant, 'snapshot' | 'assets'>,
  baseline: Baseline | null = null,
  suppressions: readonly Suppression[] = [],
): PlantEvent[] {
  const picture = pictureOf(plant);
  const changed = baseline === null ? [] : changes(baseline, picture);
  return suppress(together(picture.occurrences, changed), suppressions);
}

/** What changed from one picture to another. */
export function differences(before: Picture, after: Picture): PlantEvent[] {
  return compare(baselineOf(before), after);
}

/** Kinds that a new programmer explains: who moves programs for the first time, moves them. */
const PROGRAMMING: ReadonlySet<EventKind> = new Set([
  ...(['program-download', 'program-upload', 'firmware-update', 'device-settings'] as const),
]);

function together(happened: readonly PlantEvent[], changed: readonly PlantEvent[]): PlantEvent[] {
  const ends = ({ conversation }: PlantEvent) => `${conversation?.client} > ${conversation?.server}`;
  const programmed = new Set(changed.filter(({ kind }) => kind === 'new-programmer').map(ends));
  const rest = happened.filter((event) => !(PROGRAMMING.has(event.kind) && programmed.has(ends(event))));
  return distinct([...rest, ...changed]);
}

/** In their order, each thing once. */
function distinct(events: readonly PlantEvent[]): PlantEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()].sort(bySeverity);
}
