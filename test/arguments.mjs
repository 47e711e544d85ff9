/** The command line of a script for developers. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * What the arguments are. `--help` prints the comment that the script begins with, and so does a mistake: with status 2.
 * @param {string | URL} script whose comment it is
 * @param {import('node:util').ParseArgsConfig} config
 */
export function argumentsOf(script, config) {
  try {
    const parsed = parseArgs({ ...config, options: { ...config.options, help: { type: 'boolean', default: false } } });
    if (!parsed.values.help) return parsed;
    console.log(usageOf(script));
    process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n\n${usageOf(script)}`);
    process.exit(2);
  }
}

function usageOf(script) {
  const [, comment = ''] = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(new URL(script), 'utf8')) ?? [];
  return comment.replaceAll(/^ \* ?/gm, '').trim();
}
