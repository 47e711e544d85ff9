/** What the keeper and the thread of an interface say to each other. */
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import type { ErrorCode } from '../errors.ts';
import type { Heard, ListeningStatus } from './listener.ts';

/** To the thread: tell what was heard, or end and tell it for the last time. */
export type ListenerRequest = 'heard' | 'stop';

/** From the thread. */
export type ListenerReply =
  | { readonly kind: 'listening' }
  /** It cannot listen. `code` is null for a fault of ours. */
  | { readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string }
  | { readonly kind: 'heard'; readonly heard: Heard }
  | { readonly kind: 'status'; readonly status: ListeningStatus }
  | { readonly kind: 'event'; readonly event: CaptureEvent };
