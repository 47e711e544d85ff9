/** Every link type and tunnel, and one datagram that must be found inside. */
import { describe, expect, test } from 'vitest';
import { ipv4, tcp, udp } from '../fixtures/plant/frames.ts';
import { PacketReader } from '../parsers/net/packet.ts';
import { summary } from './packet-support.ts';
import { hex } from './support.ts';
import { bytes, ETHERNET_FRAMES, FRAME, FROM, ipv6, LINK_FRAMES, MACS, outer, PACKET, u16 } from './wrapped-frames.ts';

const newReader = () => new PacketReader({ datagrams: 4, pieces: 8, timeout: 1e6 }, () => {});

function read(reader: PacketReader, frame: Uint8Array, link = 1, fcsBytes = 0): string {
  return summary(reader.read(frame, 0, frame.length, link, fcsBytes, 0), reader.view);
}

test.each(ETHERNET_FRAMES)('finds the datagram in Ethernet with %s', (_, frame, found) => {
  expect(read(newReader(), frame)).toBe(found);
});

test.each(LINK_FRAMES)('finds the datagram behind %s', (_, link, frame, found) => {
  expect(read(newReader(), frame, link)).toBe(found);
});

test('a cut anywhere is a fault or tells what is missing, and nothing is read behind it', () => {
  const all = [
    ...ETHERNET_FRAMES.map(([, frame]) => [frame, 1] as const),
    ...LINK_FRAMES.map(([, link, frame]) => [frame, link] as const),
  ];
  for (const [frame, link] of all) {
    for (let end = 0; end < frame.length; end++) {
      const reader = newReader();
      const kind = reader.read(frame.slice(0, end), 0, end, link, 0, 0);
      const { payloadAt, payloadEnd } = reader.view;
      if (kind !== 0) expect(payloadAt).toBeLessThanOrEqual(payloadEnd);
      expect(payloadEnd).toBeLessThanOrEqual(Math.max(end, reader.view.bytes.length));
    }
  }
});

test('the frame check sequence is not payload', () => {
  const plain = bytes(MACS, '88cc 0207');
  expect(read(newReader(), bytes(plain, 'deadbeef'), 1, 4)).toBe(read(newReader(), plain));
});

test('a packet cut by the snapshot length says how much is missing', () => {
  expect(read(newReader(), FRAME.slice(0, -2))).toBe(`udp 10.0.0.1:40000 > 10.0.0.2:502 666965 and 2 more${FROM}`);
});

test('TCP, with options', () => {
  const segment = tcp('10.0.0.1', '10.0.0.2', {
    sourcePort: 40_000,
    destinationPort: 502,
    sequence: 1,
    acknowledgment: 2,
    flags: 0x18,
    window: 1,
    maximumSegmentSize: 1460,
    payload: hex('0102'),
  });
  const frame = bytes(MACS, '0800', ipv4('10.0.0.1', '10.0.0.2', 64, 7, 6, segment));
  expect(read(newReader(), frame)).toBe(`tcp 10.0.0.1:40000 > 10.0.0.2:502 0102${FROM}`);
});

test('too many layers', () => {
  const tags = Array.from({ length: 40 }, () => outer(4));
  const nested = tags.reduce((inner) => outer(4, inner), PACKET);
  expect(read(newReader(), bytes(MACS, '0800', nested))).toMatch(/^broken \(too many layers\)/);
});

describe('fragments', () => {
  // 40 bytes of UDP in pieces of 16, 16 and 8 bytes
  const long = udp(
    '10.0.0.1',
    '10.0.0.2',
    40_000,
    502,
    Uint8Array.from({ length: 32 }, (_, i) => i),
  );
  const whole = `udp 10.0.0.1:40000 > 10.0.0.2:502 ${Buffer.from(long.subarray(8)).toString('hex')}${FROM}`;
  const wholeV6 = whole.replace('10.0.0.1:', '[fd00::1]:').replace('10.0.0.2:', '[fd00::2]:');
  const waits = `ip 10.0.0.1 > 10.0.0.2 fragment${FROM}`;
  const waitsV6 = `ip fd00::1 > fd00::2 fragment${FROM}`;

  const v4 = (from: number, to: number, identification = '0007') => {
    const flags = (from >> 3) | (to < long.length ? 0x2000 : 0);
    const header = `45 00 ${u16(20 + to - from)} ${identification} ${u16(flags)} 40 11 0000 0a000001 0a000002`;
    return bytes(MACS, '0800', header, long.subarray(from, to));
  };
  const v6 = (from: number, to: number) => {
    const offset = u16(from | (to < long.length ? 1 : 0));
    return bytes(MACS, '86dd', ipv6('2c', `11 00 ${offset} 00000007`, long.subarray(from, to)));
  };
  const A = [0, 16] as const;
  const B = [16, 32] as const;
  const C = [32, 40] as const;

  test.each([
    ['in order', [A, B, C]],
    ['reversed', [C, B, A]],
    ['mixed', [B, A, C]],
    ['the first twice', [A, A, B, C]],
    ['the last twice', [C, C, A, B]],
  ] as const)('%s', (_, pieces) => {
    const [reader, readerV6] = [newReader(), newReader()];
    const found = pieces.map(([from, to]) => read(reader, v4(from, to)));
    expect(found).toEqual([...pieces.slice(1).map(() => waits), whole]);
    const foundV6 = pieces.map(([from, to]) => read(readerV6, v6(from, to)));
    expect(foundV6).toEqual([...pieces.slice(1).map(() => waitsV6), wholeV6]);
  });

  test('that overlap are refused with their datagram', () => {
    const reader = newReader();
    const pieces = [A, [8, 24], B, C] as const;
    expect(pieces.map(([from, to]) => read(reader, v4(from, to)))).toEqual(pieces.map(() => waits));
    expect(reader.fragments.abandoned).toBe(1);
  });

  test('of several datagrams at once', () => {
    const reader = newReader();
    const found = [A, B, C].flatMap(([from, to]) => [
      read(reader, v4(from, to, '0001')),
      read(reader, v4(from, to, '0002')),
    ]);
    expect(found).toEqual([waits, waits, waits, waits, whole, whole]);
  });

  test('that never become whole give way to newer ones', () => {
    const reader = newReader();
    for (let i = 0; i < 100; i++) read(reader, v4(0, 16, u16(i)));
    expect(reader.fragments.abandoned).toBe(96);
    expect([B, C].map(([from, to]) => read(reader, v4(from, to, u16(99))))).toEqual([waits, whole]);
  });
});
