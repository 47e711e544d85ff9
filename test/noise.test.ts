/** Bytes that are nobody's, on the ports of everybody: no protocol may be seen in them, and nothing be said of a device. */
import { describe, expect, test } from 'vitest';
import { EtherType, ethernet, IpProtocol, ipv4, udp } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { Random } from '../fixtures/plant/random.ts';
import { protocols } from '../parsers/registry.ts';
import { endsOf, snapshotOf } from './sensing.ts';
import { TcpTalk } from './tcp-talk.ts';

/** Ports of no protocol, beside all that protocols have. */
const FOREIGN = [3000, 5555, 34567, 50_001];
const MESSAGES = 12;
const A = '10.0.0.1';
const B = '10.0.0.2';

const random = (numbers: Random, length: number, most = 256) => Uint8Array.from({ length }, () => numbers.below(most));
const repeated = (text: string, length: number) =>
  new TextEncoder().encode(text.repeat(Math.ceil(length / text.length)).slice(0, length));
const changed = (bytes: Uint8Array, change: (view: DataView) => void) => {
  change(new DataView(bytes.buffer));
  return bytes;
};

const KINDS: readonly (readonly [string, (numbers: Random, length: number) => Uint8Array])[] = [
  ['encrypted', (numbers, length) => random(numbers, length)],
  ['zeros', (_, length) => new Uint8Array(length)],
  ['ones', (_, length) => new Uint8Array(length).fill(0xff)],
  ['printable characters', (numbers, length) => random(numbers, length, 95).map((byte) => byte + 0x20)],
  ['lines of a device that tells its state', (_, length) => repeated('status ok temperature 12.5\r\n', length)],
  ['its length in two bytes, then anything', (n, length) => changed(random(n, length), (v) => v.setUint16(0, length))],
  ['its length in four', (n, length) => changed(random(n, length), (v) => v.setUint32(0, length - 4))],
  ['measured values', (n, length) => changed(new Uint8Array(length), (v) => floats(v, n))],
  ['a counter, then zeros', (n, length) => changed(new Uint8Array(length), (v) => v.setUint32(0, n.below(1000)))],
];

describe.each(KINDS)('%s', (_, make) => {
  test.each([1, 2])('are nobody’s message (seed %d)', (seed) => {
    const numbers = new Random(seed);
    const message = () => make(numbers, numbers.between(8, 128));
    const tcp = [...new Set([...protocols.flatMap(({ tcpPorts }) => tcpPorts), ...FOREIGN])];
    const udpPorts = [...new Set([...protocols.flatMap((protocol) => protocol.udpPorts), ...FOREIGN])];
    for (const port of tcp) {
      const talk = new TcpTalk(port).open();
      for (let i = 0; i < MESSAGES; i++) talk.say(i % 2 === 0 ? 'client' : 'server', message());
      expectNothing(talk.frames);
    }
    for (const port of udpPorts) {
      expectNothing(Array.from({ length: MESSAGES }, (_unused, i) => datagram(port, i % 2 === 0, message(), i)));
    }
  });
});

function expectNothing(frames: readonly Frame[]): void {
  const { conversations, hosts } = snapshotOf(frames);
  expect(conversations.filter(({ recognised }) => recognised).map(endsOf)).toEqual([]);
  expect(hosts.flatMap(({ evidence }) => evidence)).toEqual([]);
}

function floats(view: DataView, numbers: Random): void {
  for (let at = 0; at + 4 <= view.byteLength; at += 4) view.setFloat32(at, 20 + numbers.below(100) / 10);
}

function datagram(port: number, up: boolean, payload: Uint8Array, time: number): Frame {
  const segment = up ? udp(A, B, 50_000, port, payload) : udp(B, A, port, 50_000, payload);
  const packet = ipv4(up ? A : B, up ? B : A, 64, time + 1, IpProtocol.udp, segment);
  const macs = ['02:00:00:00:00:01', '02:00:00:00:00:02'] as const;
  const bytes = ethernet(macs[up ? 0 : 1], macs[up ? 1 : 0], undefined, EtherType.ipv4, packet, true);
  return { time: time * 1_000_000, bytes, length: bytes.length };
}
