/** How long a program takes, of the clock and of the processors, and how much memory it takes at most. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const POLL_MILLISECONDS = 20;

/**
 * Runs a program to its end, its output thrown away.
 * Times are those that bash tells of it (its own and its children's); memory is what Linux says it had at most.
 */
export async function measured(command, args) {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const child = spawn('bash', ['-c', script, 'bash', command, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  let times = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    times += text;
  });
  let rssBytes = 0;
  const poll = setInterval(() => {
    rssBytes = Math.max(rssBytes, memoryBelow(child.pid));
  }, POLL_MILLISECONDS);
  const [status] = await once(child, 'close');
  clearInterval(poll);
  const [seconds, user, system] = times.trim().split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, rssBytes, failed: status !== 0 };
}

/** The most that the processes below `pid` had so far, together; 0 where /proc does not tell. */
function memoryBelow(pid) {
  let bytes = 0;
  for (const child of contents(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)) {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(contents(`/proc/${child}/status`)) ?? [];
    bytes += Number(kilobytes) * 1024 + memoryBelow(child);
  }
  return bytes;
}

function contents(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended, or this is not Linux
  }
}
