/** Connections and datagrams of every protocol, in segments that are late, lost and repeated, through the whole sensor. */

import type { Sensor } from '../../../agent/sensor.ts';
import { EtherType, ethernet, IpProtocol, ipv4, udp } from '../../../fixtures/plant/frames.ts';
import type { Protocol } from '../../../parsers/protocol.ts';
import type { Sample } from '../../../parsers/sample.ts';
import { hex } from '../../support.ts';
import { CLIENT, type End, SERVER, TcpTalk } from '../../tcp-talk.ts';
import type { Case, Part, Target } from '../engine/case.ts';
import { checkCeilings, START, TINY } from './sensing.ts';

/** What becomes of a segment. */
const FATES = ['', ' late', ' lost', ' again', ' in two'] as const;
const OPEN = 'open tcp/';
const DATAGRAM = 'udp/';

export const target: Target = {
  name: 'flow',
  tags: [
    ...(['client', 'server'] as const).flatMap((end) => FATES.map((fate) => end + fate)),
    ...[502, 20_000, 102, 44_818, 2404, 4840, 21, 23, 80, 443, 445].map((port) => `${OPEN}${port}`),
    ...[53, 67, 161, 2222, 47_808, 44_818].map((port) => `${DATAGRAM}${port}`),
  ],
  mostBytes: 3000,
  mostParts: 24,
  async open() {
    const { Sensor } = await import('../../../agent/sensor.ts');
    const { takeSnapshot } = await import('../../../agent/model/take-snapshot.ts');
    const { protocols } = await import('../../../parsers/registry.ts');
    const seeds = (await Promise.all(protocols.map(exchanges))).flat();
    return {
      covers: (path) => path.startsWith('agent/flow/') || path.startsWith('agent/facts/') || path === 'agent/sensor.ts',
      seeds,
      attempt(made) {
        const frames = framesOf(made);
        const sensor = new Sensor({ limits: TINY });
        hear(sensor, frames, 0);
        if (sensor.counters.packets !== frames.length) throw new Error('a frame was not counted');
        checkCeilings(sensor, TINY);
        sensor.finish();
        if (sensor.flows.dialogues !== 0) throw new Error('a dialogue is left over');
        takeSnapshot(sensor, []);
      },
      lasting() {
        const sensor = new Sensor({ limits: TINY });
        let time = 0;
        return {
          take(made) {
            time += 1_000_000;
            hear(sensor, framesOf(made), time);
          },
        };
      },
    };
  },
};

function hear(
  sensor: Sensor,
  frames: readonly { readonly bytes: Uint8Array; readonly time: number }[],
  after: number,
): void {
  sensor.beginFile(0);
  for (const { bytes, time } of frames) {
    sensor.frame(bytes, 0, bytes.length, bytes.length, START + after + Math.floor(time / 1000), 1, 0);
  }
}

/** The samples of a protocol as connections, or as datagrams, on its own port. */
async function exchanges(protocol: Protocol): Promise<Case[]> {
  const { samples }: { samples: readonly Sample[] } = await import(`../../../parsers/${protocol.name}/samples.ts`);
  const [port] = protocol.tcpPorts;
  const [datagramPort] = protocol.udpPorts;
  return samples.slice(0, 6).flatMap(({ messages }): Case[] => {
    const parts = messages.map(([tag, text]): Part => ({ tag, bytes: hex(text) }));
    const cases: Case[] = [];
    if (port !== undefined) cases.push([{ tag: `${OPEN}${port}`, bytes: new Uint8Array(0) }, ...parts]);
    if (datagramPort !== undefined)
      cases.push(parts.map(({ bytes }) => ({ tag: `${DATAGRAM}${datagramPort}`, bytes })));
    return cases;
  });
}

function framesOf(made: Case): { readonly bytes: Uint8Array; readonly time: number }[] {
  const frames: { bytes: Uint8Array; time: number }[] = [];
  let talk = new TcpTalk(502);
  const flush = () => frames.push(...talk.frames.splice(0));
  const late: (() => void)[] = [];
  for (const { tag, bytes } of made) {
    if (tag.startsWith(OPEN)) {
      flush();
      talk = new TcpTalk(Number(tag.slice(OPEN.length)) & 0xffff);
      if (bytes.length % 4 !== 3) talk.open(); // else its beginning was not heard
      continue;
    }
    if (tag.startsWith(DATAGRAM)) {
      flush();
      frames.push({
        bytes: datagram(Number(tag.slice(DATAGRAM.length)) & 0xffff, bytes),
        time: frames.length * 100_000,
      });
      continue;
    }
    const [from, ...fate] = tag.split(' ') as [End, ...string[]];
    const start = talk.append(from, bytes);
    const end = start + bytes.length;
    const waiting = late.splice(0);
    switch (fate.join(' ')) {
      case 'late':
        late.push(() => talk.segment(from, start, end));
        break;
      case 'lost':
        break;
      case 'again':
        talk.segment(from, start, end).segment(from, Math.max(0, start - (bytes.length % 50)), end);
        break;
      case 'in two': {
        const middle = start + ((bytes[0] ?? 0) % (bytes.length + 1));
        talk.segment(from, start, middle).segment(from, middle, end);
        break;
      }
      default:
        talk.segment(from, start, end);
    }
    for (const send of waiting) send();
  }
  flush();
  return frames;
}

function datagram(port: number, payload: Uint8Array): Uint8Array {
  const packet = ipv4(CLIENT, SERVER, 64, payload.length, IpProtocol.udp, udp(CLIENT, SERVER, 50_000, port, payload));
  return ethernet('02:00:00:00:00:01', '02:00:00:00:00:02', undefined, EtherType.ipv4, packet, true);
}
