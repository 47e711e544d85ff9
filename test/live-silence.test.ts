/** Passivity, seen from outside: which sockets the processes have, and what the kernel counts as sent. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { presentHelpers } from '../agent/capture/live/helper.ts';
import { DEMO, network, PACKETS, reason, watching } from './watching.ts';

/** Tables of sockets below /proc/PID/net, and the column of the inode in each (packet(7), proc_pid_net(5)). */
const TABLES = { packet: 8, raw: 9, raw6: 9, udp: 9, udp6: 9, tcp: 9, tcp6: 9 } as const;
type Table = keyof typeof TABLES;
/** TCP_LISTEN (Linux, include/net/tcp_states.h). */
const LISTENING = '0A';
/** 127.0.0.1 as the tables write it. */
const LOOPBACK = '0100007F';

/** The rows of a table that belong to a process, as columns. */
function socketsOf(pid: number, table: Table): string[][] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(target(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    ),
  );
  const [, ...lines] = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/)).filter((columns) => inodes.has(columns[TABLES[table]] ?? ''));
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // closed since it was listed
  }
}

describe.skipIf(reason !== null)('the processes of watch', () => {
  test.each(presentHelpers())(
    'with %s: the helper alone has a socket on the interface, and nothing is sent',
    async (helper) => {
      const on = network();
      const watch = await watching(on, `silent-${helper}`, { flags: ['--helper', helper] });
      await on.replay(DEMO, 1, 5000);
      await watch.until(() => (watch.reader.capture(1)?.packets ?? 0) > PACKETS / 2);

      for (const table of ['packet', 'raw', 'raw6', 'udp', 'udp6', 'tcp6'] as const) {
        expect(socketsOf(watch.pid, table), table).toEqual([]);
      }
      const connections = socketsOf(watch.pid, 'tcp');
      expect(connections.map(([, local, , state]) => [local?.slice(0, 8), state])).toEqual([[LOOPBACK, LISTENING]]);

      const [pid, ...others] = watch.helpers();
      expect(others).toEqual([]);
      expect(socketsOf(pid as number, 'packet')).toHaveLength(1);
      for (const table of ['raw', 'raw6', 'udp', 'udp6', 'tcp', 'tcp6'] as const) {
        expect(socketsOf(pid as number, table), table).toEqual([]);
      }
      expect(on.sent).toBe(0);
      expect(await watch.end()).toBe(0);
      expect(on.sent).toBe(0);
    },
  );

  test('nothing is sent by doctor and interfaces either', async () => {
    const on = network();
    const { MAIN } = await import('./run-command.ts');
    expect(on.run(process.execPath, MAIN, 'doctor', 'mirror')).toMatch(
      /mirror is silent: no address, IPv6 off, 0 packets sent/,
    );
    expect(on.run(process.execPath, MAIN, 'interfaces')).toMatch(/mirror +software +up/);
    expect(on.sent).toBe(0);
  });
});
