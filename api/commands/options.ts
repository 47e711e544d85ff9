import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * The arguments of a command, taken apart.
 * @param command its name, for messages
 * @throws UsageError that says what is wrong and where help is
 */
export function parseOptions<T extends Options>(command: string, args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const [line] = (error as Error).message.split(/\.?\n|\.?$/, 1);
    throw new UsageError(`${command}: ${line}: try fieldmark ${command} --help`);
  }
}
