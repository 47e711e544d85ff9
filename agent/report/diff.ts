/** The comparison `fieldmark.diff/1`: what other programs read of two pictures of a plant. */
import type { PlantEvent } from '../baseline/event.ts';
import type { Picture } from '../baseline/picture.ts';
import { SEVERITIES } from '../severity.ts';
import { reportedEvent } from './report.ts';
import { isoTime } from './time.ts';

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  readonly picture: Picture;
}

/** Makes the comparison: plain values for JSON, the most severe event first. */
export function diffOf(before: Side, after: Side, events: readonly PlantEvent[]) {
  const count = (severity: string) => events.filter((event) => event.severity === severity).length;
  return {
    format: 'fieldmark.diff/1',
    before: side(before),
    after: side(after),
    counts: Object.fromEntries(SEVERITIES.map((severity) => [severity, count(severity)])),
    events: events.map(reportedEvent),
  };
}

function side({ name, picture: { capture, assets, conversations } }: Side) {
  return {
    name,
    firstSeen: isoTime(capture.firstSeen),
    lastSeen: isoTime(capture.lastSeen),
    assets: assets.filter(({ parent }) => parent === null).length,
    conversations: conversations.length,
  };
}
