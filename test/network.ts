/** Two network namespaces with cables between them: `feed` sends what `mirror` hears, `feed2` what `mirror2` does. Nothing leaves them. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** MTU that takes every frame of our captures. */
const MTU = '9000';

let made = 0;

export class TestNetwork {
  readonly #feed: string;
  readonly #mirror: string;

  constructor(cables = 1) {
    const name = `fieldmark-${process.pid}-${++made}`;
    this.#feed = `${name}-feed`;
    this.#mirror = `${name}-mirror`;
    try {
      for (const namespace of [this.#feed, this.#mirror]) {
        ip('netns', 'add', namespace);
        const silent = 'for of in all default; do echo 1 > /proc/sys/net/ipv6/conf/$of/disable_ipv6; done';
        ip('netns', 'exec', namespace, 'sh', '-c', `[ ! -d /proc/sys/net/ipv6 ] || { ${silent}; }`);
      }
      for (const number of ['', '2', '3'].slice(0, cables)) {
        const [from, to] = [`feed${number}`, `mirror${number}`];
        ip('link', 'add', from, 'netns', this.#feed, 'type', 'veth', 'peer', 'name', to, 'netns', this.#mirror);
        ip('-n', this.#feed, 'link', 'set', from, 'up', 'mtu', MTU);
        ip('-n', this.#mirror, 'link', 'set', to, 'up', 'mtu', MTU);
      }
      ip('-n', this.#mirror, 'link', 'set', 'lo', 'up');
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Starts a program on the side that listens. */
  spawn(command: string, args: readonly string[]): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.#mirror, command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Sends a capture so many times, with so many packets a second. */
  async replay(file: string, times: number, packetsPerSecond: number, from = 'feed'): Promise<void> {
    const options = ['-q', '-K', '-i', from, `--pps=${packetsPerSecond}`, `--loop=${times}`];
    const child = spawn('ip', ['netns', 'exec', this.#feed, 'tcpreplay', ...options, file], { stdio: 'ignore' });
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Error(`tcpreplay ended with status ${status}`);
  }

  /** Takes the link of the side that listens down, or up again. */
  link(state: 'up' | 'down'): void {
    ip('-n', this.#mirror, 'link', 'set', 'mirror', state);
  }

  /** Packets sent so far by the side that listens. */
  get sent(): number {
    const file = '/sys/class/net/mirror/statistics/tx_packets';
    return Number(ip('netns', 'exec', this.#mirror, 'cat', file));
  }

  remove(): void {
    for (const namespace of [this.#feed, this.#mirror]) spawnSync('ip', ['netns', 'del', namespace]);
  }
}

/** Why no network can be made here; null when one can. */
export function whyNoNetwork(): string | null {
  for (const program of ['ip', 'tcpreplay', 'tcpdump']) {
    const { error, status } = spawnSync('sh', ['-c', `command -v ${program}`]);
    if (error !== undefined || status !== 0) return `${program} is not installed`;
  }
  try {
    new TestNetwork().remove();
    return null;
  } catch (error) {
    return `network namespaces cannot be made: ${(error as Error).message.split('\n').at(-2) ?? error}`;
  }
}

function ip(...args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
