/** Events that nobody wants to be told of, and why: they stay visible as suppressed. */
import { grouped } from '../grouping.ts';
import type { EventKind, PlantEvent } from './event.ts';

/** What an operator decided of events. */
export interface Suppression {
  /** What of an event must agree; null: whatever it is. */
  readonly match: {
    readonly kind: EventKind;
    /** Id of one of the event's assets. */
    readonly asset: string | null;
    /** Those parts of the event's conversation that are given. */
    readonly conversation: {
      readonly client?: string;
      readonly server?: string;
      readonly protocol?: string;
      readonly port?: number | null;
    } | null;
  };
  readonly by: string;
  /** Microseconds since 1970. */
  readonly at: number;
  readonly reason: string;
  /** What is heard last after this time (microseconds) is told again; null: for good. */
  readonly until: number | null;
}

/** The events with what suppresses them; the first that matches does. */
export function suppress(events: readonly PlantEvent[], suppressions: readonly Suppression[]): PlantEvent[] {
  if (suppressions.length === 0) return [...events];
  const byKind = grouped(suppressions, ({ match }) => match.kind);
  return events.map((event) => {
    const suppressed = byKind.get(event.kind)?.find((suppression) => matches(suppression, event));
    return suppressed === undefined ? event : { ...event, suppressed };
  });
}

function matches({ match: { asset, conversation }, until }: Suppression, event: PlantEvent): boolean {
  if (until !== null && (event.lastSeen ?? 0) > until) return false;
  if (asset !== null && !event.assets.includes(asset)) return false;
  if (conversation === null) return true;
  const heard = event.conversation;
  if (heard === null) return false;
  const { client = heard.client, server = heard.server, protocol = heard.protocol, port = heard.port } = conversation;
  return client === heard.client && server === heard.server && protocol === heard.protocol && port === heard.port;
}
