import { writeFile } from 'node:fs/promises';
import { UsageError } from './command.ts';

/**
 * Writes what a command made to a file, or, where `path` is `-`, to standard output.
 * @param what it is called in messages, e.g. "analyze: the report"
 * @throws UsageError when the file cannot be written
 */
export async function writeOutput(text: string, path: string, what: string): Promise<void> {
  if (path === '-') {
    process.stdout.write(text);
    return;
  }
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${what} cannot be written to ${path}: ${error.message}`);
  });
}

/** A report as the JSON that programs read. */
export function jsonText(report: object): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
