import type { ParseArgsConfig, parseArgs } from 'node:util';

export function argumentsOf<Config extends ParseArgsConfig>(
  script: string | URL,
  config: Config,
): ReturnType<typeof parseArgs<Config>>;
