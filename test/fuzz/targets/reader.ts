/** Capture files: pcap and pcapng, plain and compressed, whole and in chunks. */
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { CaptureError } from '../../../agent/capture/capture-error.ts';
import { PCAP, writePcap } from '../../../fixtures/plant/capture/pcap.ts';
import { PCAPNG, writePcapng } from '../../../fixtures/plant/capture/pcapng.ts';
import { MemorySink, type Sink } from '../../../fixtures/plant/capture/sink.ts';
import type { Frame } from '../../../fixtures/plant/network.ts';
import { COMPRESSED, Notebook, zstd } from '../../capture-support.ts';
import type { Case, Target } from '../engine/case.ts';
import { demo } from './demo.ts';

/** The bytes as they are; or compressed before they are read, so that changes are to what is inside. */
const PLAIN = 'plain';
const GZIP = 'gzip';
const ZSTD = 'zstd';

export const target: Target = {
  name: 'reader',
  tags: [PLAIN, PLAIN, PLAIN, GZIP, ZSTD],
  mostBytes: 20_000,
  mostParts: 1,
  words: [Uint8Array.of(0x1f, 0x8b, 8), Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd)],
  async open() {
    const { readCapture } = await import('../../../agent/capture/read-capture.ts');
    const { CaptureParser } = await import('../../../agent/capture/capture-parser.ts');

    /** All that a reading gives, and how it ends; what is no CaptureError is a fault. */
    async function read(feed: (notes: Notebook) => void | Promise<void>) {
      const notes = new CheckedNotebook();
      try {
        const promise = feed(notes);
        if (promise !== undefined) await promise;
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        return { lines: notes.lines, error: [error.code, error.offset, error.message] };
      }
      return { lines: notes.lines, error: null };
    }
    const parse = (file: Uint8Array, size: number) =>
      read((notes) => {
        const parser = new CaptureParser(notes);
        for (const chunk of chunks(file, size)) parser.feed(chunk);
        parser.end();
      });
    const unpack = (file: Uint8Array, size: number) =>
      read((notes) => readCapture(asyncChunks(file, size), notes, { unpackLimit: { ratio: 100, freeBytes: 4 << 20 } }));

    return {
      covers: (path) => path.startsWith('agent/capture/'),
      seeds: files(),
      async attempt(made) {
        const [{ tag, bytes } = { tag: PLAIN, bytes: new Uint8Array(0) }] = made;
        const size = 1 + (((bytes.at(-1) ?? 0) * 7 + bytes.length) % 600);
        const plain = tag === PLAIN;
        const file = plain
          ? bytes
          : tag === GZIP
            ? gzipSync(bytes, { level: 1 })
            : zstd.of(bytes, 700, { checksum: true });
        const compressed = !plain || file[0] === 0x1f || file[3] === 0xfd || file[3] === 0x18;
        const way = compressed ? unpack : parse;
        const whole = await way(file, file.length + 1);
        const cut = await way(file, size);
        // damaged gzip data: how much of it comes out before the damage is seen is zlib's affair
        const [shorter, longer] = [whole, cut].sort((a, b) => a.lines.length - b.lines.length) as [
          typeof whole,
          typeof cut,
        ];
        if (compressed && [whole, cut].some(({ error }) => error?.[0] === 'COMPRESSION_DAMAGED')) {
          if (isDeepStrictEqual(longer.lines.slice(0, shorter.lines.length), shorter.lines)) return;
        }
        if (!isDeepStrictEqual(whole, cut)) {
          throw new Error(`the chunks change what is read\n${JSON.stringify(whole)}\n${JSON.stringify(cut)}`);
        }
        if (plain) return;
        const unpacked = await parse(bytes, bytes.length + 1);
        if (isDeepStrictEqual(unpacked.lines, whole.lines)) return;
        throw new Error('compressed it holds something else');
      },
    };
  },
};

/** Holds the reader to what `FrameSink` promises. */
class CheckedNotebook extends Notebook {
  override frame(...args: Parameters<Notebook['frame']>): void {
    const [b, at, end, wireBytes, time, link, fcsBytes] = args;
    const sound =
      at >= 0 && at <= end && end <= b.length && wireBytes >= end - at && Number.isSafeInteger(time) && time >= 0;
    if (!sound || !(link >= 0 && link <= 0xffff) || !(fcsBytes >= 0 && fcsBytes <= end - at)) {
      throw new Error(`a frame that cannot be: ${[at, end, b.length, wireBytes, time, link, fcsBytes].join(' ')}`);
    }
    super.frame(...args);
  }

  override hostName(address: Uint8Array, name: string): void {
    if (name === '' || /\p{Cc}/u.test(name)) throw new Error(`a name that cannot be shown: ${JSON.stringify(name)}`);
    super.hostName(address, name);
  }
}

function* chunks(file: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) {
    const lent = Uint8Array.from(file.subarray(at, at + size));
    yield lent;
    lent.fill(0xee);
  }
}

async function* asyncChunks(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  yield* chunks(file, size);
}

/** Small captures of every kind. */
function files(): Case[] {
  const frames = [3, 100, 1500].map((index, turn): Frame => {
    const bytes = demo()[index]?.bytes ?? new Uint8Array(60);
    return { time: turn * 1_000_000, bytes, length: bytes.length };
  });
  const plain = [true, false].flatMap((littleEndian) => [
    file((sink) => writePcap(sink, 1_760_000_400, frames, { ...PCAP, littleEndian, modified: false })),
    file((sink) => writePcap(sink, 1_760_000_400, frames, { ...PCAP, littleEndian, modified: true })),
    file((sink) =>
      writePcapng(sink, 1_760_000_400, frames, {
        ...PCAPNG,
        littleEndian,
        extras: true,
        blocks: ['enhanced', 'simple', 'obsolete'],
        interfaces: [
          { name: 'a', snapLength: 64, resolution: 9, offsetSeconds: 5 },
          { name: 'b', snapLength: 0, resolution: 0x8a },
        ],
      }),
    ),
  ]);
  const [first = new Uint8Array(0)] = plain;
  const small = first.subarray(0, 24 + 16 + 60);
  return [
    ...plain.map((bytes) => [{ tag: PLAIN, bytes }]),
    ...[gzipSync(small), zstd.of(small, 20), zstd.frame([zstd.raw(small), zstd.run(0, 5000, true)]), COMPRESSED].map(
      (bytes) => [{ tag: PLAIN, bytes: Uint8Array.from(bytes) }],
    ),
    [
      {
        tag: PLAIN,
        bytes: Uint8Array.from(Buffer.concat([gzipSync(small.subarray(0, 30)), gzipSync(small.subarray(30))])),
      },
    ],
    [{ tag: GZIP, bytes: small }],
    [{ tag: ZSTD, bytes: plain[2] as Uint8Array }],
  ];
}

function file(write: (sink: Sink) => void): Uint8Array {
  const sink = new MemorySink();
  write(sink);
  return sink.bytes();
}
