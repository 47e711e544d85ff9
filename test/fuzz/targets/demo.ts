/** What the plant simulator's demo capture holds: seeds for every target. */

import { type DemoFrame, demoFrames } from '../../damage.ts';
import type { Case, Part } from '../engine/case.ts';

/** Messages of one seed, and seeds of one protocol. */
const MESSAGES = 6;
const MOST_SEEDS = 60;

let frames: readonly DemoFrame[] | undefined;

export function demo(): readonly DemoFrame[] {
  frames ??= demoFrames();
  return frames;
}

/** Exchanges of one protocol, as its decoder got them while the capture was read; each kind of message once. */
export async function demoMessages(name: string): Promise<Case[]> {
  const [{ Sensor }, { protocols }] = await Promise.all([
    import('../../../agent/sensor.ts'),
    import('../../../parsers/registry.ts'),
  ]);
  const heard: Part[] = [];
  const tapped = protocols.map((protocol) => {
    if (protocol.name !== name) return protocol;
    return {
      ...protocol,
      open(facts: Parameters<typeof protocol.open>[0]) {
        const decoder = protocol.open(facts);
        const decode = decoder.decode.bind(decoder);
        decoder.decode = (b, at, end, fromClient) => {
          heard.push({ tag: fromClient ? 'client' : 'server', bytes: b.slice(at, end) });
          return decode(b, at, end, fromClient);
        };
        return decoder;
      },
    };
  });
  const sensor = new Sensor({ protocols: tapped });
  sensor.beginFile(0);
  for (const { bytes, time } of demo()) sensor.frame(bytes, 0, bytes.length, bytes.length, time, 1, 0);
  sensor.finish();
  const seeds: Case[] = [];
  const kinds = new Set<string>();
  for (let at = 0; at < heard.length && seeds.length < MOST_SEEDS; at += MESSAGES) {
    const exchange = heard.slice(at, at + MESSAGES);
    const kind = exchange.map(({ tag, bytes }) => `${tag} ${bytes.length} ${bytes.subarray(0, 16)}`).join();
    if (!kinds.has(kind)) seeds.push(exchange);
    kinds.add(kind);
  }
  return seeds;
}

/** One frame of each kind in the demo: what is above Ethernet, and between which ports. */
export function demoKinds(): Uint8Array[] {
  const kinds = new Map<string, Uint8Array>();
  for (const { bytes } of demo()) {
    const known = `${bytes.subarray(12, 15)} ${bytes[23]} ${bytes.subarray(36, 38)} ${bytes[47]}`;
    if (!kinds.has(known)) kinds.set(known, bytes);
  }
  return [...kinds.values()].slice(0, 200);
}
