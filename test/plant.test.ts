import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeBench } from '../fixtures/plant/bench/bench.ts';
import { PCAP, type PcapOptions, writePcap } from '../fixtures/plant/capture/pcap.ts';
import { PCAPNG, writePcapng } from '../fixtures/plant/capture/pcapng.ts';
import { MemorySink } from '../fixtures/plant/capture/sink.ts';
import { foldedChecksum, wordSum } from '../fixtures/plant/checksum.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { cell } from '../fixtures/plant/scenarios/cell.ts';
import { demo } from '../fixtures/plant/scenarios/demo/index.ts';
import { type Scenario, simulate } from '../fixtures/plant/simulation.ts';
import { wholeMessages } from './plant-reader.ts';

const committed = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/plant/${name}`, import.meta.url));

describe('the demo', () => {
  const simulation = simulate(demo);
  const frames = [...simulation.frames];

  test('is what is committed, byte for byte', () => {
    const sink = new MemorySink();
    writePcap(sink, simulation.startSeconds, frames);
    expect(Buffer.from(sink.bytes()).equals(committed('demo.pcap'))).toBe(true);
  });

  test('has the truth that is committed', () => {
    expect(`${JSON.stringify(simulation.truth(), null, 1)}\n`).toBe(
      Buffer.from(committed('demo.expect.json')).toString(),
    );
  });

  test('has frames in the order of their times, all of which count', () => {
    expect(frames.every(({ time }, index) => index === 0 || time >= (frames[index - 1] as Frame).time)).toBe(true);
    expect(simulation.truth().packets).toBe(frames.length);
    expect(simulation.truth().bytes).toBe(frames.reduce((sum, { length }) => sum + length, 0));
  });

  test('has right IPv4 checksums', () => {
    for (const { bytes } of frames) {
      if (bytes[16] === 0x08 && bytes[17] === 0x00) expect(foldedChecksum(wordSum(bytes, 18, 38))).toBe(0);
    }
  });
});

describe('the truth', () => {
  const cases: readonly (readonly [string, Scenario])[] = [
    ['a clean mirror port', cell({})],
    ['retransmissions', cell({ impairments: { retransmission: 0.1, lossBeforeMirror: 0.05 } })],
    ['split and swapped messages', cell({ impairments: { split: 0.5, reorder: 0.5 } })],
    [
      'duplicates, also behind a router',
      cell({ impairments: { duplicate: 0.2, bothHops: true }, mirror: { tagged: true } }),
    ],
    ['keep-alives', cell({ impairments: { keepAlive: 100_000_000 } })],
    ['only the client', cell({ impairments: { only: 'client' } })],
    ['only the server', cell({ impairments: { only: 'server' } })],
    ['connections older than the capture', cell({ midStream: true })],
    ['frames without padding', cell({ mirror: { padded: false } })],
  ];

  test.each(cases)('is what an independent reader finds: %s', (_, scenario) => {
    const simulation = simulate(scenario);
    const frames = [...simulation.frames];
    const { conversations } = simulation.truth();
    expect(conversations.map(({ protocol }) => protocol).sort()).toEqual(['dnp3', 'enip', 'modbus', 's7comm']);
    const modbus = conversations.find(({ protocol }) => protocol === 'modbus');
    expect(wholeMessages(frames)).toEqual(modbus?.operations);
  });

  test('counts no message that the mirror port lost', () => {
    const whole = simulate(cell({}));
    const lossy = simulate(cell({ impairments: { lossAtMirror: 0.1 } }));
    expect([...whole.frames].length).toBeGreaterThan([...lossy.frames].length);
    const reads = (simulation: typeof whole): number =>
      simulation.truth().conversations.find(({ protocol }) => protocol === 'modbus')?.operations['3']?.requests ?? 0;
    expect(reads(lossy)).toBeLessThan(reads(whole));
    expect(reads(lossy)).toBeGreaterThan(0.8 * reads(whole));
  });

  test('calls messages cut whose end lies beyond the snapshot length', () => {
    const simulation = simulate(cell({ mirror: { snapLength: 80 } }));
    expect([...simulation.frames].every(({ bytes }) => bytes.length <= 80)).toBe(true);
    expect(simulation.truth().conversations.every(({ cutMessages }) => cutMessages > 0)).toBe(true);
  });

  test('is the same each time, and other with another seed', () => {
    const written = (seed: number): Uint8Array => {
      const { startSeconds, frames } = simulate(cell({ seed, impairments: { split: 0.3, duplicate: 0.1 } }));
      const sink = new MemorySink();
      writePcap(sink, startSeconds, frames);
      return sink.bytes();
    };
    expect(Buffer.from(written(5)).equals(written(5))).toBe(true);
    expect(Buffer.from(written(5)).equals(written(6))).toBe(false);
  });
});

describe('captures', () => {
  const frames: readonly Frame[] = [
    { time: 1, bytes: Uint8Array.of(1, 2, 3), length: 3 },
    { time: 2_000_001_500, bytes: Uint8Array.of(4, 5, 6, 7, 8), length: 90 },
  ];
  const START = 1_000;

  const pcap = (options: Partial<PcapOptions>): DataView => {
    const sink = new MemorySink();
    writePcap(sink, START, frames, { ...PCAP, ...options });
    return new DataView(sink.bytes().buffer);
  };

  test.each([
    ['microseconds', true, false, 0xa1b2c3d4, 1],
    ['microseconds', false, false, 0xa1b2c3d4, 1],
    ['nanoseconds', true, false, 0xa1b23c4d, 1500],
    ['nanoseconds', false, false, 0xa1b23c4d, 1500],
    ['microseconds', true, true, 0xa1b2cd34, 1],
  ] as const)('pcap with %s, little-endian %s, modified %s', (unit, littleEndian, modified, magic, fraction) => {
    const view = pcap({ unit, littleEndian, modified });
    const headerBytes = modified ? 24 : 16;
    const second = 24 + headerBytes + 3;
    const u32 = (at: number): number => view.getUint32(at, littleEndian);
    expect(u32(0)).toBe(magic);
    expect([u32(24), u32(28 + 4), u32(28 + 8)]).toEqual([START, 3, 3]);
    expect([u32(second), u32(second + 4), u32(second + 8), u32(second + 12)]).toEqual([START + 2, fraction, 5, 90]);
    expect(view.byteLength).toBe(second + headerBytes + 5);
  });

  test.each([true, false])('pcapng with every kind of block, little-endian %s', (littleEndian) => {
    const sink = new MemorySink();
    const many = Array.from({ length: 6 }, (_, index) => ({ ...(frames[1] as Frame), time: index * 1_000_000 }));
    writePcapng(sink, START, many, {
      littleEndian,
      interfaces: [
        { name: 'micro', snapLength: 0 },
        { name: 'nano', snapLength: 96, resolution: 9, offsetSeconds: 500 },
      ],
      blocks: ['enhanced', 'simple', 'obsolete'],
      extras: true,
    });
    const view = new DataView(sink.bytes().buffer);
    const types: number[] = [];
    let at = 0;
    while (at < view.byteLength) {
      types.push(view.getUint32(at, littleEndian));
      const length = view.getUint32(at + 4, littleEndian);
      expect(length % 4).toBe(0);
      expect(view.getUint32(at + length - 4, littleEndian)).toBe(length);
      at += length;
    }
    expect(types).toEqual([0x0a0d0d0a, 1, 1, 6, 4, 0x0bad, 3, 2, 6, 3, 2, 5]);
  });

  test('pcapng stamps are those of the frames', () => {
    const sink = new MemorySink();
    writePcapng(sink, START, frames, { ...PCAPNG, interfaces: [{ name: 'n', snapLength: 0, resolution: 9 }] });
    const view = new DataView(sink.bytes().buffer);
    const first = view.getUint32(4, true) + view.getUint32(view.getUint32(4, true) + 4, true);
    const stamp = (BigInt(view.getUint32(first + 12, true)) << 32n) | BigInt(view.getUint32(first + 16, true));
    expect(stamp).toBe(BigInt(START) * 1_000_000_000n + 1n);
  });
});

describe('the benchmark', () => {
  test('writes what it says, with right checksums, in order', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'fieldmark-')), 'bench.pcap');
    const truth = writeBench(path, 2_000_000);
    const file = readFileSync(path);
    rmSync(dirname(path), { recursive: true });
    expect(file.length).toBe(truth.bytes);

    let packets = 0;
    let last = 0;
    let wrong = 0;
    for (let at = 24; at < file.length; packets++) {
      const time = file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4);
      if (time < last) wrong++;
      last = time;
      const frame = at + 16;
      const length = file.readUInt32LE(at + 8);
      if (file.readUInt16BE(frame + 12) === 0x0800) {
        const ip = frame + 14;
        const end = ip + file.readUInt16BE(ip + 2);
        const transport = wordSum(file, ip + 12, ip + 20) + file.readUInt8(ip + 9) + (end - ip - 20);
        if (foldedChecksum(wordSum(file, ip, ip + 20)) !== 0) wrong++;
        if (foldedChecksum(transport + wordSum(file, ip + 20, end)) !== 0) wrong++;
      }
      at = frame + length;
    }
    expect([packets, wrong]).toEqual([truth.packets, 0]);
    expect(truth.conversations).toHaveLength(300);
  });
});
