import { visible } from '../../agent/report/visible.ts';

/**
 * Says something on standard error: one line, whatever is in it. Names of files and words of what was read stand in such
 * lines, and whoever chose them could else move the cursor, clear the screen or forge a line.
 */
export function tell(line: string): void {
  process.stderr.write(`fieldmark: ${visible(line)}\n`);
}
