/** What a keeper tells of itself: asked, or by itself as something happens. */
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import type { CaptureState } from '../store/entries.ts';
import type { ListeningStatus } from './listener.ts';

/** What a keeper tells without being asked. */
export type Notice =
  | { readonly kind: 'capture'; readonly capture: number; readonly state: CaptureState; readonly progress: Reading }
  /** Something was written: the tables that changed. */
  | { readonly kind: 'revision'; readonly revision: number; readonly tables: readonly string[] }
  | { readonly kind: 'storage'; readonly storage: Storage }
  /** Something happened to an interface that is listened to. `first`: it is not more of what was told before. */
  | { readonly kind: 'sensor'; readonly event: CaptureEvent; readonly first: boolean };

/** How far the reading of a capture has come. */
export interface Reading {
  readonly bytesRead: number;
  /** Null when not known. */
  readonly size: number | null;
  readonly packets: number;
}

/** Whether what is heard is written down. */
export interface Storage {
  readonly ok: boolean;
  /** Of SQLite or the operating system, e.g. `SQLITE_FULL`; null when all is well. */
  readonly code: string | null;
  readonly message: string | null;
  /** Microseconds since 1970; null when all is well. */
  readonly since: number | null;
}

export interface KeeperStatus {
  readonly storage: Storage;
  readonly reading: (Reading & { readonly capture: number; readonly name: string }) | null;
  readonly queued: number;
  /** Interfaces that are listened to. */
  readonly interfaces: readonly ListeningStatus[];
  /** Of the last transaction with its plant, in milliseconds; null before the first. */
  readonly flushMilliseconds: number | null;
  readonly flushes: number;
  readonly assets: number;
  readonly conversations: number;
  /** Heard so far. */
  readonly packets: number;
}
