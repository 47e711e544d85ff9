/** The examples of the documentation work as they are printed; only the port is another. */
import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startService, type TestService } from './support.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let service: TestService | undefined;
afterEach(() => service?.close());

test.each(['README.md', 'docs/api.md'])('%s', async (page) => {
  const running = await startService();
  service = running;
  symlinkSync(join(ROOT, 'fixtures'), join(running.folder, 'fixtures'));
  const examples = readFileSync(join(ROOT, page), 'utf8').match(/^curl .+$/gm) ?? [];
  expect(examples.length).toBeGreaterThan(3);
  for (const example of examples) {
    const command = example.replaceAll('http://127.0.0.1:8470', running.url);
    const script = `curl() { command curl --fail-with-body --max-time 30 "$@"; }\n${command}`;
    const { status, stdout } = await run(script, running.folder);
    expect([example, status, status === 0 ? '' : stdout]).toEqual([example, 0, '']);
    await running.settled();
  }
});

/** In a shell, while the service in this process goes on. */
async function run(script: string, cwd: string): Promise<{ status: number | null; stdout: string }> {
  const child = spawn('sh', ['-c', script], { cwd });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout })));
}
