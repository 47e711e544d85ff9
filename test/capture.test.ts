/** The capture parser: every format, every cut, and whatever bytes there are. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { parse } from 'pcap-parser';
import { describe, expect, test } from 'vitest';
import { CaptureError } from '../agent/capture/capture-error.ts';
import { CaptureParser } from '../agent/capture/capture-parser.ts';
import {
  Bytes,
  block,
  concat,
  enhancedPacket,
  interfaceDescription,
  Magic,
  option,
  type Packet,
  pcap,
  pcapHeader,
  read,
  sectionHeader,
  simplePacket,
} from './capture-support.ts';

const ETHERNET = 1;
const RAW_IP = 101;

const PACKETS: readonly Packet[] = [
  { seconds: 1_700_000_000, fraction: 999_999, data: [1, 2, 3], original: 3 },
  { seconds: 0xffff_ffff, fraction: 1, data: [], original: 0 },
  { seconds: 1, fraction: 0, data: [4], original: 1500 },
];

const orders = [
  ['little-endian', false],
  ['big-endian', true],
] as const;

describe.each(orders)('pcap, %s', (_, bigEndian) => {
  test.each(['microseconds', 'modified'] as const)('%s', (kind) => {
    expect(read(pcap(bigEndian, Magic[kind], ETHERNET, PACKETS))).toEqual({
      lines: [
        '1700000000999999 link 1: 010203 of 3',
        '4294967295000001 link 1:  of 0',
        '1000000 link 1: 04 of 1500', // cut by the snapshot length
      ],
      error: undefined,
    });
  });

  test('nanoseconds are cut to microseconds', () => {
    const packets = [
      { seconds: 1_700_000_000, fraction: 999_999_999, data: [1], original: 1 },
      { seconds: 1_700_000_000, fraction: 1_000, data: [2], original: 1 },
    ];
    expect(read(pcap(bigEndian, Magic.nanoseconds, RAW_IP, packets)).lines).toEqual([
      '1700000000999999 link 101: 01 of 1',
      '1700000000000001 link 101: 02 of 1',
    ]);
  });

  test('a wire length below the captured one is a lie', () => {
    const packet = { seconds: 0, fraction: 0, data: [1, 2, 3], original: 2 };
    expect(read(pcap(bigEndian, Magic.microseconds, ETHERNET, [packet])).lines).toEqual(['0 link 1: 010203 of 3']);
  });

  test('frame check sequences: the upper bits of the link type count 16-bit words', () => {
    const link = (2 << 28) | 0x0400_0000 | ETHERNET;
    const data = [1, 2, 3, 4, 5, 6];
    const packets = [6, 8, 10].map((original) => ({ seconds: 0, fraction: 0, data, original }));
    expect(read(pcap(bigEndian, Magic.microseconds, link, packets)).lines).toEqual([
      '0 link 1: 010203040506 of 6 fcs 4',
      '0 link 1: 010203040506 of 8 fcs 2', // the snapshot length cuts the frame check sequence first
      '0 link 1: 010203040506 of 10',
    ]);
    const absent = (2 << 28) | ETHERNET; // without the bit that says the length is there
    expect(read(pcap(bigEndian, Magic.microseconds, absent, packets)).lines[0]).toBe('0 link 1: 010203040506 of 6');
  });

  test('nothing but the file header is a capture in which nothing was heard', () => {
    expect(read(pcap(bigEndian, Magic.microseconds, ETHERNET, []))).toEqual({ lines: [], error: undefined });
  });

  test.each([262_144, 262_145, 0xffff_ffff])('a captured length of %i', (captured) => {
    const file = pcapHeader(bigEndian).u32(0).u32(0).u32(captured).u32(captured).u8(1, 2, 3).done();
    const expected =
      captured <= 262_144 ? { code: 'CAPTURE_CUT', offset: 24 } : { code: 'CAPTURE_DAMAGED', offset: 24 + 8 };
    expect(read(file).error).toMatchObject(expected);
  });

  test('a cut anywhere gives the packets before it and where the cut one begins', () => {
    const whole = pcap(bigEndian, Magic.microseconds, ETHERNET, PACKETS);
    const starts = [24, 24 + 19, 24 + 19 + 16, whole.length];
    for (let end = 4; end < whole.length; end++) {
      const { lines, error } = read(whole.slice(0, end));
      const packets = starts.filter((start) => start <= end).length - 1;
      expect(lines).toEqual(read(whole).lines.slice(0, Math.max(0, packets)));
      if (starts.includes(end)) expect(error).toBeUndefined();
      else expect(error).toMatchObject({ code: 'CAPTURE_CUT', offset: end < 24 ? 0 : starts[packets] });
    }
  });

  test('another version', () => {
    const file = new Bytes(bigEndian).u32(Magic.microseconds).u16(1).u16(0).u32(0).u32(0).u32(0).u32(1).done();
    expect(read(file).error).toMatchObject({ code: 'CAPTURE_UNSUPPORTED_VERSION', offset: 4 });
  });
});

describe.each(orders)('pcapng, %s', (_, bigEndian) => {
  const ethernet = interfaceDescription(bigEndian, ETHERNET, 0);
  const section = sectionHeader(bigEndian);
  const time = 1_700_000_000_123_456n;

  test('interfaces with their own link type, resolution and offset', () => {
    const file = concat(
      section,
      ethernet,
      interfaceDescription(bigEndian, RAW_IP, 96, { resolution: 9 }),
      interfaceDescription(bigEndian, ETHERNET, 0, { resolution: 0x80 | 20, offsetSeconds: 1_000_000n }),
      interfaceDescription(bigEndian, ETHERNET, 0, { offsetSeconds: -2n }),
      enhancedPacket(bigEndian, 1, 1_700_000_000_123_456_789n, [1, 2, 3, 4, 5]),
      enhancedPacket(bigEndian, 0, time, [6, 7], 1500),
      enhancedPacket(bigEndian, 2, (5n << 20n) | (1n << 19n), [8]),
      enhancedPacket(bigEndian, 3, 3_000_000n, []),
      enhancedPacket(bigEndian, 3, 1_000_000n, []), // before 1970
    );
    expect(read(file)).toEqual({
      lines: [
        '1700000000123456 link 101: 0102030405 of 5',
        '1700000000123456 link 1: 0607 of 1500',
        '1000005500000 link 1: 08 of 1',
        '1000000 link 1:  of 0',
        '0 link 1:  of 0',
      ],
      error: undefined,
    });
  });

  test('a section of the other byte order has interfaces of its own', () => {
    const file = concat(
      section,
      ethernet,
      enhancedPacket(bigEndian, 0, 1n, [1]),
      sectionHeader(!bigEndian),
      interfaceDescription(!bigEndian, RAW_IP, 0),
      enhancedPacket(!bigEndian, 0, 2n, [2]),
      enhancedPacket(!bigEndian, 1, 3n, [3]),
    );
    expect(read(file)).toMatchObject({
      lines: ['1 link 1: 01 of 1', '2 link 101: 02 of 1'],
      error: { code: 'CAPTURE_DAMAGED', message: expect.stringContaining('interface 1 was not described') },
    });
  });

  test('simple packets have no time, and are cut by the snapshot length of interface 0', () => {
    const file = concat(
      section,
      interfaceDescription(bigEndian, ETHERNET, 3),
      interfaceDescription(bigEndian, RAW_IP, 0),
      simplePacket(bigEndian, [1, 2]),
      enhancedPacket(bigEndian, 1, time, [9]),
      simplePacket(bigEndian, [1, 2, 3], 64),
    );
    expect(read(file).lines).toEqual([
      '0 link 1: 0102 of 2',
      '1700000000123456 link 101: 09 of 1',
      '1700000000123456 link 1: 010203 of 64', // as late as the one before it
    ]);
  });

  test('obsolete packet blocks, which also count what was lost', () => {
    const packet = (id: number, drops: number, value: number) =>
      block(bigEndian, 2, (b) => b.u16(id).u16(drops).u32(0).u32(value).u32(1).u32(1).u8(value));
    const file = concat(section, ethernet, packet(0, 3, 1), packet(0, 0xffff, 2), packet(0, 2, 3));
    expect(read(file).lines).toEqual([
      '3 lost',
      '1 link 1: 01 of 1',
      '2 link 1: 02 of 1',
      '2 lost',
      '3 link 1: 03 of 1',
    ]);
  });

  test('losses are told once, however they are told', () => {
    const u64 = (value: bigint) => new Bytes(bigEndian).u64(value).done();
    const lostBefore = (value: bigint) => enhancedPacket(bigEndian, 0, 0n, [], 0, option(bigEndian, 4, u64(value)));
    const statistics = (id: number, dropped: bigint, byOs: bigint) =>
      block(bigEndian, 5, (b) =>
        b
          .u32(id)
          .u64(0n)
          .data(option(bigEndian, 4, u64(1000n))) // received
          .data(option(bigEndian, 5, u64(dropped)))
          .data(option(bigEndian, 7, u64(byOs))),
      );
    const file = concat(
      ...[section, ethernet, ethernet],
      ...[lostBefore(4n), lostBefore(2n)],
      ...[statistics(0, 5n, 1n), statistics(0, 8n, 2n), statistics(1, 7n, 0n)],
      statistics(0, 0xffff_ffff_ffff_ffffn, 0n), // not known
      ...[section, ethernet, statistics(0, 1n, 0n)], // another section counts anew
    );
    expect(read(file).lines.filter((line) => line.endsWith('lost'))).toEqual([
      '4 lost',
      '2 lost',
      '4 lost',
      '7 lost',
      '1 lost',
    ]);
  });

  test('name resolution: several names of an address, other records passed over, rubbish left out', () => {
    const names = (...values: string[]) => [...Buffer.from(values.map((name) => `${name}\0`).join(''))];
    const file = concat(
      section,
      block(bigEndian, 4, (b) =>
        b
          .data(option(bigEndian, 1, [10, 0, 0, 1, ...names('plc-7.plant', 'plc7')]))
          .data(option(bigEndian, 3, [0, 0x1d, 0x9c, 0, 0, 1, ...names('switch')])) // EUI-48
          .data(option(bigEndian, 2, [0xfe, 0x80, ...Array(13).fill(0), 1, ...names('hmi\u0007')]))
          .data(option(bigEndian, 1, [10, 0, 0, 2, ...Buffer.from('no end')]))
          .data(option(bigEndian, 1, [10, 0, 0, 3, 0, 0]))
          .data(option(bigEndian, 0, []))
          .data(option(bigEndian, 1, [10, 0, 0, 4, ...names('after the end')])),
      ),
    );
    expect(read(file).lines).toEqual([
      '0a000001 is plc-7.plant',
      '0a000001 is plc7',
      'fe800000000000000000000000000001 is hmi',
      '0a000002 is no end',
    ]);
  });

  test('frame check sequences: of the interface, in octets or bits, or of the packet', () => {
    const data = [1, 2, 3, 4, 5];
    const flags = option(bigEndian, 2, new Bytes(bigEndian).u32(2 << 5).done());
    const file = concat(
      section,
      interfaceDescription(bigEndian, ETHERNET, 0, { fcsLength: 4 }),
      interfaceDescription(bigEndian, ETHERNET, 0, { fcsLength: 32 }),
      enhancedPacket(bigEndian, 0, 0n, data),
      enhancedPacket(bigEndian, 1, 0n, data, 6),
      enhancedPacket(bigEndian, 0, 0n, data, 5, concat(option(bigEndian, 1, [65]), flags)),
    );
    expect(read(file).lines.map((line) => line.slice(line.indexOf(' of ')))).toEqual([
      ' of 5 fcs 4',
      ' of 6 fcs 3',
      ' of 5 fcs 2',
    ]);
  });

  test('blocks of unknown type are passed over, however they are cut', () => {
    const unknown = block(bigEndian, 0xbad, (b) => b.data(Array(100_000).fill(1)));
    const file = concat(section, unknown, ethernet, enhancedPacket(bigEndian, 0, 1n, [1]));
    for (const size of [1000, 4096, 99_999, section.length + unknown.length - 2]) {
      expect(read(file, Array(200).fill(size))).toEqual({ lines: ['1 link 1: 01 of 1'], error: undefined });
    }
    for (const length of [40, 100_000, section.length + unknown.length - 1]) {
      const cut = read(file.slice(0, length), [33, 50]);
      expect(cut.error).toMatchObject({ code: 'CAPTURE_CUT', offset: section.length });
    }
  });

  test('a cut anywhere is an error at the block it cuts, and only there', () => {
    const blocks = [section, ethernet, block(bigEndian, 99, (b) => b.u32(0)), enhancedPacket(bigEndian, 0, 1n, [1])];
    const whole = concat(...blocks);
    const starts = blocks.map((_, i) => concat(...blocks.slice(0, i)).length);
    for (let end = 4; end < whole.length; end++) {
      const { error } = read(whole.slice(0, end), [end >> 1]);
      if (starts.includes(end)) expect(error).toBeUndefined();
      else {
        expect(error).toMatchObject({ code: 'CAPTURE_CUT', offset: starts.findLast((start) => start < end) });
        expect((error as Error).message).toMatch(/^cut short: the last block is \d+ of at least \d+ bytes \(at byte/);
      }
    }
  });

  const lies: readonly (readonly [string, Uint8Array, number])[] = [
    ['a block shorter than any', new Bytes(bigEndian).u32(6).u32(8).u32(8).done(), 4],
    ['a block shorter than its kind', new Bytes(bigEndian).u32(6).u32(16).u32(0).u32(16).done(), 4],
    ['a block that is no whole words', new Bytes(bigEndian).u32(0xbad).u32(13).u32(0).u8(0).u32(13).done(), 4],
    ['a block of 2 GB', new Bytes(bigEndian).u32(0xbad).u32(0x8000_0000).u32(0).done(), 4],
    ['two lengths', new Bytes(bigEndian).u32(0xbad).u32(16).u32(0).u32(20).done(), 12],
    ['a packet longer than its block', alter(enhancedPacket(bigEndian, 0, 0n, [1, 2, 3, 4]), bigEndian, 20, 5), 20],
    ['a packet of 4 GB', alter(enhancedPacket(bigEndian, 0, 0n, [1]), bigEndian, 20, 0xffff_ffff), 20],
    ['a simple packet longer than its block', simplePacket(bigEndian, [1, 2, 3, 4], 5), 8],
    ['an option longer than its block', enhancedPacket(bigEndian, 0, 0n, [], 0, [0, 9, 1, 1]), 30],
    ['an interface nobody described', enhancedPacket(bigEndian, 1, 0n, []), 8],
    ['statistics of an interface nobody described', block(bigEndian, 5, (b) => b.u32(9).u64(0n)), 8],
    ['a section without byte order', alter(section, bigEndian, 8, 0), 8],
  ];
  test.each(lies)('a lie is told with its place: %s', (_, lie, offset) => {
    const before = concat(section, ethernet, enhancedPacket(bigEndian, 0, 1n, [1]));
    const { lines, error } = read(concat(before, lie, enhancedPacket(bigEndian, 0, 2n, [2])));
    expect(lines).toEqual(['1 link 1: 01 of 1']);
    expect(error).toBeInstanceOf(CaptureError);
    expect(error).toMatchObject({ code: 'CAPTURE_DAMAGED', offset: before.length + offset });
  });

  test('a simple packet before any interface', () => {
    expect(read(concat(section, simplePacket(bigEndian, [1]))).error).toMatchObject({ code: 'CAPTURE_DAMAGED' });
  });

  test('another version', () => {
    const file = block(bigEndian, 0x0a0d0d0a, (b) => b.u32(0x1a2b3c4d).u16(2).u16(0).u64(-1n));
    expect(read(file).error).toMatchObject({ code: 'CAPTURE_UNSUPPORTED_VERSION', offset: 12 });
  });

  test('no more interfaces than a section can number', () => {
    const parser = new CaptureParser({ frame() {} });
    parser.feed(section);
    const many = concat(...Array(1024).fill(interfaceDescription(bigEndian, ETHERNET, 0)));
    for (let i = 0; i < 64; i++) parser.feed(many);
    expect(() => parser.feed(ethernet)).toThrow('more than 65536 interfaces');
  });
});

describe('what is not a capture', () => {
  const text = (characters: string) => new Uint8Array(Buffer.from(characters, 'latin1'));
  test.each([
    ['', 'CAPTURE_EMPTY', 'empty: there is no byte in it (at byte 0)'],
    ['\xd4\xc3', 'CAPTURE_NOT_A_CAPTURE', 'not a capture: 2 bytes are too few for one (at byte 0)'],
    [
      'no pcap',
      'CAPTURE_NOT_A_CAPTURE',
      'not a capture: it begins with 0x6e6f2070, neither pcap nor pcapng (at byte 0)',
    ],
    ['PK\x03\x04', 'CAPTURE_NOT_A_CAPTURE', 'not a capture: a ZIP archive: unpack it first (at byte 0)'],
    ['snoop\0\0\0', 'CAPTURE_NOT_A_CAPTURE', 'not a capture: a snoop file: convert it with `editcap` (at byte 0)'],
    ['\x1f\x8b\x08\0', 'CAPTURE_NOT_A_CAPTURE', 'not a capture: compressed twice: unpack it once (at byte 0)'],
  ])('%j', (start, code, message) => {
    expect(read(text(start)).error).toMatchObject({ code, message, offset: 0 });
  });

  test('an error stays', () => {
    const parser = new CaptureParser({ frame() {} });
    expect(() => parser.feed(text('no pcap'))).toThrow('not a capture');
    expect(() => parser.feed(pcapHeader(false).done())).toThrow('not a capture');
    expect(() => parser.end()).toThrow('not a capture');
  });
});

/** A copy of `b` with the 32-bit field at `at` set to `value`. */
function alter(b: Uint8Array, bigEndian: boolean, at: number, value: number): Uint8Array {
  const altered = b.slice();
  altered.set(new Bytes(bigEndian).u32(value).done(), at);
  return altered;
}

const byte = fc.nat(255);
const u32 = fc.oneof(fc.nat(2000), fc.integer({ min: 0, max: 0xffff_ffff }));
const data = fc.array(byte, { maxLength: 40 });
const packet: fc.Arbitrary<Packet> = fc.record({ seconds: u32, fraction: u32, data, original: u32 });
const packets = fc.array(packet, { maxLength: 8 });
const classic = fc
  .tuple(fc.boolean(), fc.constantFrom(...Object.values(Magic)), u32, packets)
  .map(([bigEndian, magic, link, list]) => pcap(bigEndian, magic, link, list));

const section = fc.boolean().chain((bigEndian) => {
  const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const options = fc
    .array(fc.tuple(fc.nat(15), fc.array(byte, { maxLength: 9 })), { maxLength: 3 })
    .map((list) => concat(...list.map(([code, value]) => option(bigEndian, code, value))));
  const id = fc.nat(1);
  const any = fc.oneof(
    fc.tuple(id, time, data, u32, options).map((epb) => enhancedPacket(bigEndian, ...epb)),
    data.map((bytes) => simplePacket(bigEndian, bytes)),
    fc.tuple(id, options).map(([of, list]) => block(bigEndian, 5, (b) => b.u32(of).u64(0n).data(list))),
    options.map((list) => block(bigEndian, 4, (b) => b.data(list))),
    fc
      .tuple(fc.integer({ min: 7, max: 0xffff }), data)
      .map(([type, body]) => block(bigEndian, type, (b) => b.data(body))),
  );
  const resolution = fc.option(byte, { nil: undefined });
  const described = fc
    .tuple(fc.nat(0xffff), resolution)
    .map(([link, r]) => interfaceDescription(bigEndian, link, 0, r === undefined ? {} : { resolution: r }));
  return fc
    .tuple(described, described, fc.array(any, { maxLength: 8 }))
    .map(([first, second, blocks]) => concat(sectionHeader(bigEndian), first, second, ...blocks));
});
const nextGeneration = fc.array(section, { minLength: 1, maxLength: 3 }).map((sections) => concat(...sections));
const capture = fc.oneof(classic, nextGeneration);
const sizes = fc.array(fc.nat(50), { maxLength: 60 });

describe('whatever the bytes', () => {
  test('a capture gives the same however it comes', () => {
    fc.assert(
      fc.property(capture, sizes, (bytes, chunks) => {
        const whole = read(bytes);
        expect(whole.error).toBeUndefined();
        expect(read(bytes, chunks)).toEqual(whole);
        expect(read(bytes, Array(bytes.length).fill(1))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  test('a damaged capture gives the same however it comes, and ends in a CaptureError if in any', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 3, 0x7f, 0x80, 0xff)), { maxLength: 6 });
    fc.assert(
      fc.property(capture, damage, fc.nat(200), sizes, (bytes, changes, cut, chunks) => {
        for (const [where, value] of changes) bytes[where % bytes.length] = value;
        const cutBytes = bytes.slice(0, Math.max(0, bytes.length - (cut > 100 ? 0 : cut)));
        const whole = read(cutBytes);
        if (whole.error !== undefined) expect(whole.error).toBeInstanceOf(CaptureError);
        const inChunks = read(cutBytes, chunks);
        expect(inChunks.lines).toEqual(whole.lines);
        expect(String(inChunks.error)).toBe(String(whole.error));
      }),
      { numRuns: 3000 },
    );
  });

  test('noise ends in a CaptureError', () => {
    const start = fc.constantFrom(
      pcapHeader(true).done(),
      pcapHeader(false).done(),
      sectionHeader(true),
      new Uint8Array(),
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 500 }), sizes, (header, noise, chunks) => {
        const { error } = read(concat(header, noise), chunks);
        if (error !== undefined) expect(error).toBeInstanceOf(CaptureError);
      }),
      { numRuns: 2000 },
    );
  });

  test('memory grows with the bytes that have come, never with what a length promises', () => {
    const parsers: CaptureParser[] = [];
    const longPacket = pcapHeader(false).u32(0).u32(0).u32(262_144).u32(262_144).done();
    const longNames = concat(
      sectionHeader(false),
      new Bytes(false)
        .u32(4)
        .u32(16 << 20)
        .u32(0)
        .done(),
    );
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 1000; i++) {
      for (const start of [longPacket, longNames]) {
        const parser = new CaptureParser({ frame() {} });
        parser.feed(start);
        parsers.push(parser);
      }
    }
    expect((process.memoryUsage().arrayBuffers - before) / parsers.length).toBeLessThan(10_000);
  });
});

test('agrees with pcap-parser on every classic capture it can read', { timeout: 60_000 }, async () => {
  const readable = fc
    .tuple(fc.boolean(), fc.nat(0xffff), packets)
    .map(([bigEndian, link, list]) => pcap(bigEndian, Magic.microseconds, link, list));
  await fc.assert(
    fc.asyncProperty(readable, fc.integer({ min: 0, max: 100 }), async (whole, cut) => {
      const bytes = whole.slice(0, Math.max(24, whole.length - (cut > 30 ? 0 : cut)));
      const link = Buffer.from(bytes).readUInt32LE(0) === Magic.microseconds ? 'readUInt32LE' : 'readUInt32BE';
      const theirs = await oracle(bytes, Buffer.from(bytes)[link](20));
      expect(read(bytes).lines).toEqual(theirs);
    }),
    { numRuns: 500 },
  );
});

/** What pcap-parser makes of a capture, in a Notebook's words. */
function oracle(bytes: Uint8Array, link: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    parse(Readable.from([Buffer.from(bytes)]))
      .on('packet', ({ header, data }) => {
        const time = header.timestampSeconds * 1_000_000 + header.timestampMicroseconds;
        const wireBytes = Math.max(header.capturedLength, header.originalLength);
        lines.push(`${time} link ${link}: ${data.toString('hex')} of ${wireBytes}`);
      })
      .on('end', () => resolve(lines))
      .on('error', reject);
  });
}
