/** Captures from files: compressed, growing, missing, through a pipe; and the arguments that stand for them. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CaptureError } from '../agent/capture/capture-error.ts';
import { findCaptures } from '../agent/capture/find-captures.ts';
import { isCompressed, readCapture } from '../agent/capture/read-capture.ts';
import { ERRORS, FieldmarkError, fileError } from '../agent/errors.ts';
import { COMPRESSED, concat, Magic, Notebook, pcap, read, zstd } from './capture-support.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldmark-capture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A capture of `count` packets of 60 bytes, in which little repeats. */
function capture(count: number): Uint8Array {
  let random = 1;
  const next = () => {
    random = (random * 48_271) % 0x7fff_ffff;
    return random & 0xff;
  };
  const data = () => Array.from({ length: 60 }, next);
  const packets = Array.from({ length: count }, (_, i) => ({ seconds: i, fraction: 0, data: data(), original: 60 }));
  return pcap(false, Magic.microseconds, 1, packets);
}

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What a source gives, as `read` tells it. */
async function readFrom(source: string | AsyncIterable<Uint8Array>): Promise<{ lines: string[]; error: unknown }> {
  const notes = new Notebook();
  try {
    await readCapture(source, notes);
  } catch (error) {
    return { lines: notes.lines, error };
  }
  return { lines: notes.lines, error: undefined };
}

/** The bytes in chunks, in one buffer that is written over each time: chunks are only lent. */
async function* lent(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    buffer.set(chunk);
    yield buffer.subarray(0, chunk.length);
    buffer.fill(0xee);
  }
}

const compressible = pcap(
  false,
  Magic.microseconds,
  1,
  Array.from({ length: 40 }, (_, i) => ({ seconds: i, fraction: 0, data: Array(16).fill(i), original: 16 })),
);

describe('reading a file', () => {
  const small = capture(3);
  const large = capture(40_000); // 3 MB: several reads

  test.each([
    ['small', small],
    ['large', large],
  ])('plain, gzip and zstd give the same: %s', async (_, bytes) => {
    const plain = read(bytes);
    expect(plain.error).toBeUndefined();
    const half = bytes.length >> 1;
    const forms: Record<string, Uint8Array> = {
      'plain.pcap': bytes,
      'one.pcap.gz': gzipSync(bytes),
      'members.pcap.gz': concat(
        gzipSync(bytes.subarray(0, 10)),
        gzipSync(bytes.subarray(10, half)),
        gzipSync(bytes.subarray(half)),
      ),
      'padded.pcap.gz': concat(gzipSync(bytes), new Uint8Array(3_000_000)),
      'raw.pcap.zst': zstd.of(bytes, 100_000),
      'checksums.pcap.zst': concat(
        zstd.skippable(4), // pzstd begins like this
        zstd.of(bytes.subarray(0, half), 700, { checksum: true }),
        zstd.skippable(70_000),
        zstd.of(bytes.subarray(half), 50_000, { checksum: true }),
        zstd.frame([zstd.raw(new Uint8Array(), true)]),
      ),
    };
    for (const [name, stored] of Object.entries(forms)) {
      const { lines, error } = await readFrom(file(name, stored));
      expect([name, lines.length, error]).toEqual([name, plain.lines.length, undefined]);
      expect(lines.join() === plain.lines.join()).toBe(true); // not a difference of megabytes
    }
  });

  test.each([
    ['plain', small, false],
    ['gzip', gzipSync(small), true],
    ['zstd', zstd.of(small, 100), true],
    ['too short to tell', Uint8Array.of(0x1f), false],
    ['nothing', new Uint8Array(), false],
  ])('whether it is compressed: %s', async (_, bytes, compressed) => {
    expect(await isCompressed(file('form', bytes))).toBe(compressed);
    expect(await isCompressed(join(folder, 'not-there'))).toBe(false);
    expect(await isCompressed(folder)).toBe(false);
  });

  test('zstd: run-length, compressed and single-segment blocks', async () => {
    const zeros = pcap(false, Magic.microseconds, 1, [
      { seconds: 1, fraction: 2, data: Array(5000).fill(7), original: 5000 },
    ]);
    const run = zstd.frame([zstd.raw(zeros.subarray(0, 40)), zstd.run(7, 5000, true)]);
    expect(await readFrom(lent(run, 1))).toEqual(read(zeros));
    expect(await readFrom(lent(zstd.single(zeros), 11))).toEqual(read(zeros));
    expect(await readFrom(lent(COMPRESSED, 5))).toEqual(read(compressible));
  });

  test('however the bytes come', async () => {
    for (const stored of [
      small,
      gzipSync(small),
      concat(gzipSync(small.subarray(0, 9)), gzipSync(small.subarray(9))),
      zstd.of(small, 20),
    ]) {
      for (const size of [1, 2, 3, 5, 1000]) expect(await readFrom(lent(stored, size))).toEqual(read(small));
    }
  });

  test('a cut gives what was before it, and says so', async () => {
    for (const stored of [large, gzipSync(large), zstd.of(large, 100_000)]) {
      const { lines, error } = await readFrom(lent(stored.subarray(0, stored.length - 9), 65_536));
      expect(error).toBeInstanceOf(CaptureError);
      expect(error).toMatchObject({ code: 'CAPTURE_CUT' });
      expect(lines.length).toBeGreaterThan(38_000);
      expect(lines).toEqual(read(large).lines.slice(0, lines.length));
    }
    const whole = gzipSync(small);
    for (let end = 4; end < whole.length; end++) {
      expect((await readFrom(lent(whole.subarray(0, end), 7))).error).toMatchObject({ code: 'CAPTURE_CUT' });
    }
    const frame = zstd.of(small, 20);
    for (let end = 4; end < frame.length; end++) {
      expect((await readFrom(lent(frame.subarray(0, end), 7))).error).toMatchObject({ code: 'CAPTURE_CUT' });
    }
  });

  test('a source that fails gives what came before', async () => {
    async function* failing(bytes: Uint8Array) {
      yield* lent(bytes, 65_536);
      throw new FieldmarkError('FILE_READ_FAILED', 'the disk does not answer');
    }
    for (const stored of [large, gzipSync(large), zstd.of(large, 100_000)]) {
      const start = stored.subarray(0, stored.length - 200_000);
      const { lines, error } = await readFrom(failing(start));
      expect(error).toMatchObject({ code: 'FILE_READ_FAILED' });
      expect(lines.length).toBeGreaterThan(30_000);
      expect(lines.length).toBe((await readFrom(lent(start, 65_536))).lines.length);
    }
  });

  test('damaged compression', async () => {
    const gzip = gzipSync(large);
    gzip.fill(0, gzip.length - 8); // checksum and length
    const afterwards = await readFrom(lent(gzip, 100_000));
    expect(afterwards.error).toMatchObject({ code: 'COMPRESSION_DAMAGED' });
    expect(afterwards.lines.length).toBeGreaterThan(39_000);

    const half = small.subarray(0, 100);
    const damaged = [
      zstd.frame([zstd.raw(half), concat(zstd.header(3, 5, true), half)]), // the reserved type
      zstd.frame([zstd.raw(half), zstd.run(0, 131_073, true)]), // above Block_Maximum_Size
      zstd.frame([zstd.raw(half), zstd.raw(new Uint8Array(2000), true)], { window: 0x00 }), // above the window
      concat(zstd.frame([zstd.raw(half, true)]), half), // rubbish after a frame
      zstd.frame([zstd.raw(half), concat(zstd.header(2, 20, true), new Uint8Array(20).fill(0xff))]),
    ];
    for (const stored of damaged) {
      const { error } = await readFrom(lent(stored, 10));
      expect(error).toMatchObject({ code: 'COMPRESSION_DAMAGED', offset: 100 });
    }
  });

  test('zstd that would need too much memory, or a dictionary', async () => {
    const refused = [
      zstd.frame([zstd.raw(small, true)], { window: (18 << 3) | 0 }), // 256 MiB
      concat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 1, 0, 0, 0), zstd.raw(small, true)), // 4 GiB in one
      concat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x38, 9), zstd.raw(small, true)), // dictionary 9
    ];
    for (const stored of refused) {
      expect((await readFrom(lent(stored, 10))).error).toMatchObject({ code: 'COMPRESSION_UNSUPPORTED', offset: 0 });
    }
  });

  test('what is inside compression may be wrong too', async () => {
    const text = Buffer.from('no capture at all');
    for (const stored of [gzipSync(text), zstd.of(text, 5)]) {
      expect((await readFrom(lent(stored, 9))).error).toMatchObject({ code: 'CAPTURE_NOT_A_CAPTURE' });
    }
    for (const stored of [gzipSync(''), zstd.frame([zstd.raw(new Uint8Array(), true)])]) {
      expect((await readFrom(lent(stored, 9))).error).toMatchObject({ code: 'CAPTURE_EMPTY' });
    }
    expect((await readFrom(lent(gzipSync(gzipSync(small)), 9))).error).toMatchObject({
      message: expect.stringContaining('compressed twice'),
    });
  });

  test('whatever the compressed bytes, it ends in a CaptureError if in any', { timeout: 60_000 }, async () => {
    const packed = [COMPRESSED, gzipSync(compressible), zstd.of(compressible, 100)];
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...packed),
        damage,
        fc.integer({ min: 1, max: 99 }),
        async (b, changes, size) => {
          const damaged = Uint8Array.from(b);
          for (const [where, value] of changes) damaged[4 + (where % (b.length - 4))] = value;
          const { error } = await readFrom(lent(damaged, size));
          if (error !== undefined) expect(error).toBeInstanceOf(CaptureError);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('memory stays bounded, whatever is inside', { timeout: 60_000 }, async () => {
    const blocks = Array.from({ length: 1024 }, () => zstd.run(0, 131_072)); // 128 MiB of empty packets
    const packed = zstd.frame([zstd.raw(capture(1)), ...blocks, zstd.raw(new Uint8Array(), true)], { window: 13 << 3 });
    const gzip = gzipSync(concat(capture(1), new Uint8Array(160_000_000)));
    for (const [name, bytes, expected] of [
      ['bomb.pcap.zst', packed, 8_388_609],
      ['bomb.pcap.gz', gzip, 10_000_001],
    ] as const) {
      let frames = 0;
      let most = 0;
      const before = process.memoryUsage().rss;
      const sink = {
        frame() {
          if (frames++ % 100_000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
        },
      };
      await readCapture(file(name, bytes), sink);
      expect(frames).toBe(expected);
      expect(most).toBeLessThan(100_000_000); // 8 MiB of it is the window that was asked for
    }
  });

  test('progress counts the bytes of the file as it is stored', async () => {
    const stored = gzipSync(large);
    const calls: (readonly [number, number | undefined])[] = [];
    const onProgress = (bytesRead: number, totalBytes: number | undefined) => calls.push([bytesRead, totalBytes]);
    await readCapture(file('progress.pcap.gz', stored), new Notebook(), { onProgress, chunkBytes: 1 << 16 });
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.at(-1)).toEqual([stored.length, stored.length]);
    expect(calls).toEqual(calls.toSorted(([a], [b]) => a - b));
  });

  test('a signal ends it', async () => {
    for (const stored of [large, gzipSync(large), zstd.of(large, 100_000)]) {
      const controller = new AbortController();
      const reason = new Error('enough');
      const onProgress = () => controller.abort(reason);
      const options = { onProgress, signal: controller.signal, chunkBytes: 1 << 16 };
      const reading = readCapture(file('signal', stored), new Notebook(), options);
      await expect(reading).rejects.toBe(reason);
    }
    await expect(readCapture(lent(small, 9), new Notebook(), { signal: AbortSignal.abort() })).rejects.toThrow(
      'aborted',
    );
  });

  test('what the sink throws passes', async () => {
    const refusal = new Error('the sink is full');
    const sink = {
      frame() {
        throw refusal;
      },
    };
    for (const stored of [small, gzipSync(small), zstd.of(small, 20)]) {
      await expect(readCapture(lent(stored, 9), sink)).rejects.toBe(refusal);
    }
  });

  test('a file that grows is read as far as it went when it was opened', async () => {
    const path = file('growing.pcap', large);
    const more = large.subarray(24);
    let frames = 0;
    const sink = {
      frame() {
        if (frames++ % 1000 === 0) appendFileSync(path, more.subarray(0, 76 * 10));
      },
    };
    await readCapture(path, sink);
    expect(frames).toBe(40_000);
  });

  test('no file stays open', async () => {
    const path = file('closed.pcap', concat(capture(1), new Uint8Array(3_000_000).fill(0xff)));
    for (let i = 0; i < 50; i++) expect((await readFrom(path)).error).toMatchObject({ code: 'CAPTURE_DAMAGED' });
    const handle = await open(path);
    expect(handle.fd).toBeLessThan(100);
    await handle.close();
  });

  test('standard input', async () => {
    const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
    try {
      for (const bytes of [large, gzipSync(large)]) {
        const child = spawn('cat', [file('piped', bytes)], { stdio: ['ignore', 'pipe', 'inherit'] });
        Object.defineProperty(process, 'stdin', { value: child.stdout, configurable: true });
        expect(await readFrom('-')).toEqual(read(large));
      }
    } finally {
      Object.defineProperty(process, 'stdin', stdin);
    }
  });

  test('a pipe with a name', async () => {
    const path = join(folder, 'pipe.pcap');
    execFileSync('mkfifo', [path]);
    const child = spawn('sh', ['-c', `cat '${file('piped.pcap', large)}' > '${path}'`]);
    expect(await readFrom(path)).toEqual(read(large));
    if (child.exitCode === null) await once(child, 'exit');
  });

  test('missing, empty, a directory: one clear line each', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [join(folder, 'missing.pcap'), 'FILE_NOT_FOUND', 'no such file or directory: check the spelling'],
      [file('empty.pcap', new Uint8Array()), 'CAPTURE_EMPTY', 'empty: there is no byte in it (at byte 0)'],
      [folder, 'FILE_IS_DIRECTORY', 'is a directory, not a capture file'],
      [join(file('plain.pcap', small), 'below'), 'FILE_NOT_FOUND', 'no such file or directory: check the spelling'],
    ];
    for (const [path, code, message] of cases) {
      const { error } = await readFrom(path);
      expect(error).toBeInstanceOf(FieldmarkError);
      expect(error).toMatchObject({ code, message, exitStatus: 1 });
    }
  });

  // The superuser may read everything; the words for it are tested below.
  test.skipIf(process.getuid?.() === 0)('wrong permissions', async () => {
    const path = file('secret.pcap', small);
    chmodSync(path, 0);
    expect((await readFrom(path)).error).toMatchObject({ code: 'FILE_NOT_READABLE' });
  });
});

describe('errors', () => {
  test.each([
    ['ENOENT', 'FILE_NOT_FOUND', 'no such file or directory: check the spelling'],
    ['EACCES', 'FILE_NOT_READABLE', 'no permission to read it: change its mode or owner'],
    ['EPERM', 'FILE_NOT_READABLE', 'no permission to read it: change its mode or owner'],
    ['EISDIR', 'FILE_IS_DIRECTORY', 'is a directory, not a capture file'],
    ['EIO', 'FILE_READ_FAILED', 'cannot be read: EIO: i/o error, read'],
  ])('%s in words', (code, ours, message) => {
    const cause = Object.assign(new Error(`${code}: i/o error, read\nand more`), { code });
    const error = fileError(cause);
    expect(error).toMatchObject({ code: ours, message, cause, exitStatus: 1 });
    expect(fileError(error)).toBe(error);
  });

  test('every code is explained in a sentence', () => {
    for (const { explanation } of Object.values(ERRORS)) expect(explanation).toMatch(/^[A-Z].*\.$/);
  });
});

describe('finding captures', () => {
  let plant: string;
  beforeAll(() => {
    plant = join(folder, 'plant');
    mkdirSync(join(plant, 'cell b', 'deep'), { recursive: true });
    mkdirSync(join(plant, 'nothing'));
    for (const name of [
      ...['b.pcap', 'a.PCAPNG', 'c.cap.gz', 'd.dmp.zst', 'e.ntar', '.hidden.pcap', 'notes.txt', 'f.pcap.txt'],
      ...['cell b/1.pcap', 'cell b/deep/2.pcap', '[x].pcap', 'nothing/README'],
    ]) {
      writeFileSync(join(plant, name), '');
    }
    symlinkSync(plant, join(plant, 'loop'));
    symlinkSync(join(plant, 'b.pcap'), join(plant, 'z-again.pcap'));
    symlinkSync(join(plant, 'gone'), join(plant, 'z-broken.pcap'));
  });

  /** Sources and problems, with the folder's path taken off. */
  async function find(...args: string[]): Promise<string[]> {
    const { sources, problems } = await findCaptures(args);
    const lines = [...sources, ...problems.map(({ name, error }) => `${name}: ${error.code}`)];
    return lines.map((line) => line.replace(`${plant}/`, ''));
  }

  test('a directory: to its depth, in order, each file once', async () => {
    expect(await find(plant)).toEqual([
      ...['[x].pcap', 'a.PCAPNG', 'b.pcap', 'c.cap.gz', 'cell b/1.pcap', 'cell b/deep/2.pcap', 'd.dmp.zst', 'e.ntar'],
      'z-broken.pcap: FILE_NOT_FOUND',
    ]);
    expect(await find(`${plant}/cell b/`)).toEqual(['cell b/1.pcap', 'cell b/deep/2.pcap']);
    expect(await find(join(plant, 'nothing'))).toEqual(['nothing: NO_CAPTURES_IN_DIRECTORY']);
  });

  test('files, whatever their names, and standard input, in the order given', async () => {
    const args = ['b.pcap', 'notes.txt', 'gone.pcap', 'a.PCAPNG', 'z-again.pcap'].map((name) => join(plant, name));
    expect(await find('-', ...args, '-')).toEqual([
      '-',
      'b.pcap',
      'notes.txt',
      'a.PCAPNG',
      'gone.pcap: FILE_NOT_FOUND',
    ]);
  });

  test('globs', async () => {
    expect(await find(`${plant}/*.{pcap,ntar}`)).toEqual(['[x].pcap', 'b.pcap', 'e.ntar']);
    expect(await find(`${plant}/**/*.pcap`)).toEqual(['[x].pcap', 'b.pcap', 'cell b/1.pcap', 'cell b/deep/2.pcap']);
    expect(await find(`${plant}/cell*/?.pcap`)).toEqual(['cell b/1.pcap']);
    expect(await find(`${plant}/*.nothing`)).toEqual(['*.nothing: NO_FILE_MATCHES']);
    expect(await find(`${plant}/gone/*.pcap`)).toEqual(['gone/*.pcap: NO_FILE_MATCHES']);
  });

  test('something of that very name wins over its meaning as a glob', async () => {
    expect(await find(`${plant}/[x].pcap`)).toEqual(['[x].pcap']);
    rmSync(join(plant, '[x].pcap'));
    writeFileSync(join(plant, 'x.pcap'), '');
    expect(await find(`${plant}/[x].pcap`)).toEqual(['x.pcap']);
  });

  test('names stay as they were given', async () => {
    const here = process.cwd();
    try {
      process.chdir(folder);
      expect((await findCaptures(['./plant/cell b', 'plant/b*.pcap', './plant/*.ntar', '*/e.nta[r]'])).sources).toEqual(
        ['./plant/cell b/1.pcap', './plant/cell b/deep/2.pcap', 'plant/b.pcap', './plant/e.ntar'],
      );
      process.chdir(plant);
      expect((await findCaptures(['*.dmp.zst'])).sources).toEqual(['d.dmp.zst']);
    } finally {
      process.chdir(here);
    }
  });
});
