/** A second, naive way to find Modbus messages in frames, to hold the simulator's truth against. */
import type { Frame } from '../fixtures/plant/network.ts';
import type { OperationTruth } from '../fixtures/plant/truth.ts';

const MODBUS = 502;
const SYN = 0x02;

interface Stream {
  /** The sequence number of its first byte, when the SYN was seen; else the lowest that was. */
  base: number | undefined;
  readonly bytes: Map<number, number>;
}

/** Counts Modbus messages by function code: all frames are read before any message is looked for. */
export function wholeMessages(frames: readonly Frame[]): Record<string, OperationTruth> {
  const up: Stream = { base: undefined, bytes: new Map() };
  const down: Stream = { base: undefined, bytes: new Map() };
  for (const { bytes } of frames) collect(bytes, up, down);

  const counts: Record<string, OperationTruth> = {};
  for (const [stream, fromClient] of [
    [up, true],
    [down, false],
  ] as const) {
    for (const code of functionCodes(stream)) {
      counts[`${code & 0x7f}`] ??= { requests: 0, responses: 0, errors: 0 };
      const count = counts[`${code & 0x7f}`] as OperationTruth;
      if (fromClient) count.requests++;
      else count.responses++;
      if (code >= 0x80) count.errors++;
    }
  }
  return counts;
}

function collect(frame: Uint8Array, up: Stream, down: Stream): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const ip = view.getUint16(12) === 0x8100 ? 18 : 14;
  if (view.getUint16(ip - 2) !== 0x0800 || view.getUint8(ip + 9) !== 6) return;
  const tcp = ip + 20;
  const [from, to] = [view.getUint16(tcp), view.getUint16(tcp + 2)];
  if (from !== MODBUS && to !== MODBUS) return;
  const stream = to === MODBUS ? up : down;
  const sequence = view.getUint32(tcp + 4);
  if ((view.getUint8(tcp + 13) & SYN) !== 0) {
    stream.base = (sequence + 1) >>> 0;
    return;
  }
  stream.base ??= sequence;
  const start = tcp + (view.getUint8(tcp + 12) >> 4) * 4;
  const end = ip + view.getUint16(ip + 2);
  for (let at = start; at < end; at++) {
    const offset = (sequence + at - start - stream.base) | 0;
    if (!stream.bytes.has(offset)) stream.bytes.set(offset, frame[at] as number);
  }
}

/** Reads MBAP headers from the stream's first byte on; keep-alive bytes before it are never reached. */
function* functionCodes({ bytes }: Stream): Generator<number> {
  for (let at = 0; bytes.has(at + 7); ) {
    const length = ((bytes.get(at + 4) as number) << 8) | (bytes.get(at + 5) as number);
    if (!bytes.has(at + 5 + length)) return;
    yield bytes.get(at + 7) as number;
    at += 6 + length;
  }
}
