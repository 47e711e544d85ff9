declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';

  /** Opens a log file that is continued under a new name by day or size. */
  export default function roll(options: {
    readonly file: string;
    readonly frequency: 'daily' | 'hourly';
    readonly size: string;
    readonly limit: { readonly count: number };
    readonly mkdir: boolean;
  }): Promise<DestinationStream>;
}
