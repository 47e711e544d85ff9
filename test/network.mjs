/** Two network namespaces with cables between them: `feed` sends what `mirror` hears. Nothing leaves them. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** MTU that takes every frame of our captures. */
const MTU = '9000';
/** tcpreplay looks at the clock once for so many milliseconds' packets: more often, and that is what it does. */
const TURN_MILLISECONDS = 1;

let made = 0;

export class TestNetwork {
  #feed;
  #mirror;

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
      for (let cable = 1; cable <= cables; cable++) this.#lay(cable);
      ip('-n', this.#mirror, 'link', 'set', 'lo', 'up');
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Of the namespace that listens. */
  get name() {
    return this.#mirror;
  }

  /** Starts a program on the side that listens. */
  spawn(command, args, options = {}) {
    return spawn('ip', ['netns', 'exec', this.#mirror, command, ...args], {
      ...{ stdio: ['ignore', 'pipe', 'pipe'] },
      ...options,
    });
  }

  /** Runs a program on the side that listens to its end; answers what it wrote. */
  run(command, ...args) {
    return ip('netns', 'exec', this.#mirror, command, ...args);
  }

  /** Sends a capture so many times, with so many packets a second, over one of the cables; answers the seconds it took. */
  async replay(file, times, packetsPerSecond, cable = 1) {
    const together = Math.max(1, Math.round((packetsPerSecond * TURN_MILLISECONDS) / 1000));
    const rate = [`--pps=${packetsPerSecond}`, `--pps-multi=${together}`];
    const options = ['-q', '-K', '-i', named('feed', cable), ...rate, `--loop=${times}`];
    const child = spawn('ip', ['netns', 'exec', this.#feed, 'tcpreplay', ...options, file]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    }
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Error(`tcpreplay ended with status ${status}: ${said}`);
    return Number(/ sent in ([\d.]+) seconds/.exec(said)?.[1]);
  }

  /** Takes the link of the side that listens down, or up again. */
  link(state) {
    ip('-n', this.#mirror, 'link', 'set', 'mirror', state);
  }

  /** Packets sent so far by the side that listens. */
  get sent() {
    return this.#counted('tx_packets');
  }

  /** Packets that came to it so far. */
  get received() {
    return this.#counted('rx_packets');
  }

  #counted(what) {
    const counts = this.run('sh', '-c', `cat /sys/class/net/mirror*/statistics/${what}`).split('\n').map(Number);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  remove() {
    for (const namespace of [this.#feed, this.#mirror]) spawnSync('ip', ['netns', 'del', namespace]);
  }

  #lay(cable) {
    const [feed, mirror] = [named('feed', cable), named('mirror', cable)];
    ip('link', 'add', feed, 'netns', this.#feed, 'type', 'veth', 'peer', 'name', mirror, 'netns', this.#mirror);
    ip('-n', this.#feed, 'link', 'set', feed, 'up', 'mtu', MTU);
    ip('-n', this.#mirror, 'link', 'set', mirror, 'up', 'mtu', MTU);
  }
}

/** Why no network can be made here; null when one can. */
export function whyNoNetwork() {
  for (const program of ['ip', 'tcpreplay', 'tcpdump']) {
    const { error, status } = spawnSync('sh', ['-c', `command -v ${program}`]);
    if (error !== undefined || status !== 0) return `${program} is not installed`;
  }
  try {
    new TestNetwork().remove();
    return null;
  } catch (error) {
    return `network namespaces cannot be made: ${error.message.split('\n').at(-2) ?? error}`;
  }
}

function named(end, cable) {
  return cable === 1 ? end : `${end}${cable}`;
}

function ip(...args) {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
