/** The service's log: one JSON object in each line, with the request's id. Secrets never get there. */
import pino, { type DestinationStream, type Logger } from 'pino';
import pinoRoll from 'pino-roll';
import type { Settings } from '../configuration/settings.ts';

const ROTATION = { frequency: 'daily', size: '20m', limit: { count: 14 }, mkdir: true } as const;

/** Where secrets could be in what is logged. */
const SECRETS = ['req.headers.authorization', 'req.headers.cookie', 'headers.authorization', 'token', '*.token'];

/** @param destination for tests; else a file or standard output, as is set */
export async function makeLogger(
  { logLevel, logFile }: Pick<Settings, 'logLevel' | 'logFile'>,
  destination?: DestinationStream,
): Promise<Logger> {
  const stream =
    destination ?? (logFile === null ? pino.destination(1) : await pinoRoll({ file: logFile, ...ROTATION }));
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS, censor: '[secret]' },
      serializers: { req: requestLine },
    },
    stream,
  );
}

/** Headers and query are left out: they may hold secrets by mistake. */
function requestLine(request: { method?: string; url?: string; ip?: string }): object {
  return { method: request.method, path: request.url?.split('?', 1)[0], from: request.ip };
}
