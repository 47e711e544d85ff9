/** A protocol's messages as a stream that TCP cuts, from its beginning and without loss. */
import { Counters } from '../../../agent/counters.ts';
import { Moment } from '../../../agent/facts/moment.ts';
import { Budget } from '../../../agent/flow/budget.ts';
import { PduStream, type StreamContext } from '../../../agent/flow/pdu-stream.ts';
import { LIMITS } from '../../../agent/limits.ts';
import type { Protocol } from '../../../parsers/protocol.ts';
import { Recorder } from '../../support.ts';

export interface Streamed {
  readonly facts: object;
  /** Bytes that were passed over in search of a message. */
  readonly skippedBytes: number;
}

/** @param sizes of the segments, in turn; none: each message is a segment */
export function streamed(
  protocol: Protocol,
  messages: readonly { readonly tag: string; readonly bytes: Uint8Array }[],
  sizes: readonly number[],
): Streamed {
  const facts = new Recorder(protocol);
  const decoder = protocol.open(facts);
  const context: StreamContext = {
    moment: new Moment(),
    limits: LIMITS,
    counters: new Counters(),
    heldMessages: new Budget(64 << 20),
    heldSegments: new Budget(0), // all come in their order
  };
  const taker = {
    message(b: Uint8Array, at: number, end: number, direction: 0 | 1) {
      facts.fromClient = direction === 0;
      decoder.decode(b, at, end, direction === 0);
    },
    cut(b: Uint8Array, at: number, end: number, direction: 0 | 1) {
      taker.message(b, at, end, direction); // what came of it is decoded like a message that is too short
    },
    lost(direction: 0 | 1) {
      decoder.lost?.(direction === 0);
    },
  };
  const streams = [
    new PduStream(protocol.stream, taker, 0, true, context),
    new PduStream(protocol.stream, taker, 1, true, context),
  ] as const;
  for (const stream of streams) stream.start(0);
  const sequence: [number, number] = [0, 0];
  let turn = 0;
  for (const { tag, bytes } of messages) {
    const direction = tag === 'client' ? 0 : 1;
    for (let at = 0; at < bytes.length; ) {
      const size = sizes.length === 0 ? bytes.length : (sizes[turn++ % sizes.length] as number);
      const end = Math.min(bytes.length, at + size);
      streams[direction].segment(sequence[direction], bytes.slice(at, end), 0, end - at, 0);
      sequence[direction] += end - at;
      at = end;
    }
  }
  return { facts: facts.all(), skippedBytes: streams[0].skippedBytes + streams[1].skippedBytes };
}
