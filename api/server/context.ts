/** What the routes work with. */
import type { KeeperThread } from '../../agent/service/keeper-thread.ts';
import type { Reader } from '../../agent/store/reader.ts';
import type { Settings } from '../configuration/settings.ts';
import type { App } from './app.ts';
import type { EventClients } from './event-clients.ts';
import type { KeeperWatch } from './keeper-watch.ts';
import type { Revisions } from './revisions.ts';
import type { Spool } from './spool.ts';

export interface Context {
  readonly settings: Settings;
  readonly reader: Reader;
  readonly revisions: Revisions;
  readonly service: KeeperThread;
  /** How the worker fares, as of a moment ago. */
  readonly watch: KeeperWatch;
  readonly spool: Spool;
  readonly eventClients: EventClients;
  readonly version: string;
}

/** Adds the routes of one resource. */
export type Routes = (app: App, context: Context) => void;
