/** What a failing case shows, so that the same fault is told once. */
export interface Fault {
  /** The same for cases that fail alike. */
  readonly key: string;
  readonly message: string;
}

export function faultOf(error: unknown): Fault {
  const { name = 'Error', message = String(error), stack = '' } = error as Error;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node:'));
  const place = frames.find((line) => /\/(parsers|agent|api)\//.test(line)) ?? frames[0] ?? '';
  const kind = message.split('\n', 1)[0]?.replace(/\d+|'.*'|".*"/g, '#') ?? '';
  return {
    key: `${name}: ${kind} ${place.trim().replace(/:\d+\)?$/, '')}`,
    message: stack.includes(message) ? stack : `${name}: ${message}\n${stack}`,
  };
}
