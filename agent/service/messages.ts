/** What the service and its worker say to each other. */
import type { ErrorCode } from '../errors.ts';
import type { Keeper, KeeperOptions } from './keeper.ts';
import type { Notice } from './keeper-status.ts';

/** What a worker is given when it starts. */
export interface WorkerOptions extends Omit<KeeperOptions, 'clock' | 'onNotice'> {
  /** Other threads go first: for what can be read later as well as now, and not for what an interface hears. */
  readonly giveWay?: boolean;
}

/** The methods of a keeper that can be called from another thread. */
export const CALLS = [
  'add',
  'listen',
  'readAgain',
  'delete',
  'stop',
  'decide',
  'setPolicy',
  'readPolicy',
  'previewPolicy',
  'proposePolicy',
  'assessment',
  'report',
  'takeBaseline',
  'setSetting',
  'addToken',
  'removeToken',
  'tokenUsed',
  'audit',
  'flush',
  'idle',
  'close',
] as const satisfies readonly (keyof Keeper)[];

export type CallName = (typeof CALLS)[number];

/** To the worker. `chunk` and `end` belong to a stream that a call of `add` named. */
export type Request =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: CallName | 'status';
      readonly values: readonly unknown[];
    }
  | { readonly kind: 'chunk'; readonly stream: number; readonly bytes: Uint8Array }
  /** `problem`: why there are no more bytes, though there should be. */
  | { readonly kind: 'end'; readonly stream: number; readonly problem: string | null };

/** From the worker. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  /** `code` is null for a fault of ours; then the message is for the log. */
  | { readonly kind: 'error'; readonly id: number | null; readonly code: ErrorCode | null; readonly message: string }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** The worker has used a chunk: another may come. */
  | { readonly kind: 'taken'; readonly stream: number; readonly more: boolean };

/** In place of the bytes of a stream, which come by themselves. */
export interface StreamReference {
  readonly streamNumber: number;
}
