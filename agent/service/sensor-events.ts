/**
 * Events of the sensor itself, as the store keeps them. What goes on happening is one event that grows: an interface that
 * loses packets for a night is one line, with how many and until when.
 */
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import type { Severity } from '../severity.ts';
import type { SensorEvent } from '../store/records.ts';

type Kind = CaptureEvent['kind'];

/** How much each matters. */
const SEVERITY_OF: Readonly<Record<Kind, Severity>> = {
  'helper-started': 'low',
  'helper-ended': 'high',
  'interface-down': 'high',
  'interface-up': 'low',
  'packets-lost': 'medium',
  'clock-stepped': 'medium',
  'frames-shed': 'low',
  'frames-not-kept': 'medium',
};

/** What comes again within so many microseconds belongs to what was before. */
const SAME = 300_000_000;

/** Events that wait to be written at most: the disk may be full for long. */
const MOST_UNSAVED = 10_000;

interface Episode {
  readonly first: CaptureEvent;
  readonly last: CaptureEvent;
  readonly times: number;
  readonly count: number;
}

export class SensorEvents {
  /** The latest of each kind and interface. */
  readonly #episodes = new Map<string, Episode>();
  readonly #unsaved = new Map<string, SensorEvent>();

  /** Takes an event; answers it with all that belongs to it so far, and whether it is the first. */
  add(event: CaptureEvent): { readonly record: SensorEvent; readonly first: boolean } {
    const key = `${event.kind} ${event.interface}`;
    const before = this.#episodes.get(key);
    const goesOn = before !== undefined && event.at >= before.last.at && event.at - before.last.at < SAME;
    const episode: Episode = goesOn
      ? { first: before.first, last: event, times: before.times + 1, count: before.count + event.count }
      : { first: event, last: event, times: 1, count: event.count };
    this.#episodes.set(key, episode);
    const record = recordOf(episode);
    this.#unsaved.set(record.id, record);
    const [oldest] = this.#unsaved.size > MOST_UNSAVED ? this.#unsaved.keys() : [];
    if (oldest !== undefined) this.#unsaved.delete(oldest);
    return { record, first: !goesOn };
  }

  /** Takes that nothing could be written for a while, and why. */
  storageFailed(since: number, until: number, message: string): void {
    this.#unsaved.set(`storage ${since}`, {
      id: `sensor.storage-failed:${since}`,
      kind: 'sensor.storage-failed',
      severity: 'high',
      title: `For ${Math.ceil((until - since) / 1e6)} seconds nothing could be written: ${message}`,
      reasons: ['What was heard meanwhile was kept in memory, and is written now.'],
      ...{ firstSeen: since, lastSeen: until },
    });
  }

  /** What is to be written: all that came since `saved`. */
  get unsaved(): readonly SensorEvent[] {
    return [...this.#unsaved.values()];
  }

  saved(records: readonly SensorEvent[]): void {
    for (const record of records) if (this.#unsaved.get(record.id) === record) this.#unsaved.delete(record.id);
  }
}

function recordOf({ first, last, times, count }: Episode): SensorEvent {
  const { kind, interface: name } = first;
  return {
    id: `sensor.${kind}:${name}:${first.at}`,
    kind: `sensor.${kind}`,
    severity: SEVERITY_OF[kind],
    title: count > times ? `${name}: ${count} ${last.what}` : `${name}: ${last.what}`,
    reasons: times > 1 ? [`Noticed ${times} times.`] : [],
    ...{ firstSeen: first.at, lastSeen: last.at },
  };
}
