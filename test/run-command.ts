/** The command as people and scripts run it: a process with arguments, streams and an exit status. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Built by `npm test` (or `npm run build`) before the tests run. */
export const MAIN: string = fileURLToPath(new URL('../dist/api/main.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `fieldmark` in a folder until it ends. */
export async function runCommand(cwd: string, args: readonly string[], input?: Uint8Array): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}
