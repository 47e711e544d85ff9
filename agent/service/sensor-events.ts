/**
 * Events of the sensor itself, as the store keeps them. What goes on happening is one event that grows: an interface that
 * loses packets for a night is one line, with how many and until when.
 */
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import { isoTime } from '../report/time.ts';
import type { Severity } from '../severity.ts';
import type { EventRecord } from '../store/records.ts';

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
  readonly #unsaved = new Map<string, EventRecord>();

  /** Takes an event; answers it with all that belongs to it so far, and whether it is the first. */
  add(event: CaptureEvent): { readonly record: EventRecord; readonly first: boolean } {
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

  /** What is to be written: all that came since `saved`. */
  get unsaved(): readonly EventRecord[] {
    return [...this.#unsaved.values()];
  }

  saved(records: readonly EventRecord[]): void {
    for (const record of records) if (this.#unsaved.get(record.id) === record) this.#unsaved.delete(record.id);
  }
}

function recordOf({ first, last, times, count }: Episode): EventRecord {
  const { kind, interface: name } = first;
  const severity = SEVERITY_OF[kind];
  const id = `sensor.${kind}:${name}:${first.at}`;
  const title = count > times ? `${name}: ${count} ${last.what}` : `${name}: ${last.what}`;
  const reasons = times > 1 ? [`${times} times`] : [];
  return {
    ...{ id, kind: `sensor.${kind}`, severity, asset: null, at: first.at, text: title },
    event: {
      ...{ id, kind: `sensor.${kind}`, severity, title, reasons, assets: [], conversation: null, technique: null },
      ...{ firstSeen: isoTime(first.at), lastSeen: isoTime(last.at), samples: [], before: [], after: [] },
      suppressed: null,
    },
  };
}
