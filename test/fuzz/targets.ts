/** What is fuzzed: every decoder, streams on their ports, the whole pipeline, and the capture parsers. */
import { CaptureError } from '../../agent/capture/capture-error.ts';
import { CaptureParser } from '../../agent/capture/capture-parser.ts';
import { takeSnapshot } from '../../agent/model/take-snapshot.ts';
import { plantOf } from '../../agent/plant.ts';
import { reportOf } from '../../agent/report/report.ts';
import { Sensor } from '../../agent/sensor.ts';
import { PCAP, writePcap } from '../../fixtures/plant/capture/pcap.ts';
import { PCAPNG, writePcapng } from '../../fixtures/plant/capture/pcapng.ts';
import { MemorySink } from '../../fixtures/plant/capture/sink.ts';
import type { Frame } from '../../fixtures/plant/network.ts';
import type { Random } from '../../fixtures/plant/random.ts';
import type { Protocol } from '../../parsers/protocol.ts';
import type { Sample } from '../../parsers/sample.ts';
import { type DamagedFrames, type DemoFrame, damaged, damagedBytes } from '../damage.ts';
import { hex, Recorder } from '../support.ts';
import { type End, TcpTalk } from '../tcp-talk.ts';
import type { Target } from './fuzz.ts';

export type Message = readonly [from: End, bytes: Uint8Array];

const START_SECONDS = 1_760_000_400;

/** The messages of all samples of a protocol. */
export async function sampleMessages(protocol: Protocol): Promise<readonly Message[]> {
  const { samples }: { samples: readonly Sample[] } = await import(`../../parsers/${protocol.name}/samples.ts`);
  return samples.flatMap(({ messages }) => messages.map(([from, bytes]): Message => [from, hex(bytes)]));
}

/** A few messages: some as they should be, some damaged, some of any bytes. */
function anyMessages(samples: readonly Message[], random: Random): Message[] {
  const bytes = samples.map(([, sample]) => ({ bytes: sample }));
  return Array.from({ length: 1 + random.below(8) }, (): Message => {
    const [from, sample] = samples[random.below(samples.length)] as Message;
    const sender = random.chance(0.9) ? from : random.chance(0.5) ? 'client' : 'server';
    return [sender, random.chance(0.4) ? sample : damagedBytes(sample, bytes, random)];
  });
}

/** One protocol's decoder, its recognition, and everything it renders. */
export function decoderTarget(protocol: Protocol, samples: readonly Message[]): Target<readonly Message[]> {
  return {
    name: `decoder ${protocol.name}`,
    make: (random) => anyMessages(samples, random),
    attempt: (messages) => decodeAll(protocol, messages),
    file: (messages) => ['hex', messages.map(([from, b]) => `${from} ${Buffer.from(b).toString('hex')}\n`).join('')],
  };
}

export function decodeAll(protocol: Protocol, messages: readonly Message[]): void {
  const facts = new Recorder(protocol);
  const decoder = protocol.open(facts);
  for (const [from, b] of messages) {
    if (b.length < (protocol.stream?.headerBytes ?? 0)) continue;
    protocol.recognise(b, 0, b.length);
    protocol.sender(b, 0, b.length);
    protocol.stream?.frame(b, 0);
    facts.fromClient = from === 'client';
    const outcome: number = decoder.decode(b, 0, b.length, from === 'client');
    if (!(outcome >= 0 && outcome <= 3)) throw new Error(`outcome ${outcome}`);
  }
  facts.all();
}

/** A protocol's messages, damaged, on its own port, in segments of any size; some of them missing or repeated. */
export function streamTarget(protocol: Protocol, samples: readonly Message[]): Target<readonly Frame[]> {
  return {
    name: `stream ${protocol.name}`,
    make(random) {
      const talk = new TcpTalk(protocol.tcpPorts[0] as number);
      if (random.chance(0.7)) talk.open();
      for (const [from, bytes] of anyMessages(samples, random)) {
        const start = talk.append(from, bytes);
        for (let at = start; at < start + bytes.length; ) {
          const end = Math.min(start + bytes.length, at + 1 + random.below(bytes.length));
          if (!random.chance(0.1)) talk.segment(from, at, end);
          if (random.chance(0.1)) talk.segment(from, random.below(at + 1), end);
          at = end;
        }
      }
      return talk.frames;
    },
    attempt: (frames) => {
      hear(frames.map(({ bytes, time }) => ({ bytes, time: START_SECONDS * 1e6 + Math.floor(time / 1000) })));
    },
    file: (frames) => ['pcap', pcapOf(frames)],
  };
}

/** Stretches of the demo capture, their frames damaged, spliced, doubled and out of order. */
export function pipelineTarget(demo: readonly DemoFrame[]): Target<DamagedFrames> {
  return {
    name: 'pipeline',
    make: (random) => damaged(demo, random.bits()),
    attempt: ({ frames, link }) => hear(frames, link),
    file: ({ frames }) => {
      const start = START_SECONDS * 1e6;
      return [
        'pcap',
        pcapOf(
          frames.map(({ bytes, time }) => ({ bytes, length: bytes.length, time: Math.max(0, time - start) * 1000 })),
        ),
      ];
    },
  };
}

/** Files of both formats, damaged and in chunks of any size. */
export function captureTarget(demo: readonly DemoFrame[]): Target<{ file: Uint8Array; chunk: number }> {
  return {
    name: 'capture files',
    make(random) {
      const frames = Array.from({ length: random.below(6) }, (_, index): Frame => {
        const { bytes } = demo[random.below(demo.length)] as DemoFrame;
        return { time: index * 1_000_000, bytes, length: bytes.length };
      });
      const littleEndian = random.chance(0.5);
      const sink = new MemorySink();
      if (random.chance(0.5))
        writePcap(sink, START_SECONDS, frames, { ...PCAP, littleEndian, modified: random.chance(0.3) });
      else writePcapng(sink, START_SECONDS, frames, { ...PCAPNG, littleEndian, extras: random.chance(0.5) });
      const whole = sink.bytes();
      const file = random.chance(0.9) ? damagedBytes(whole, [{ bytes: whole }], random) : whole;
      return { file, chunk: 1 + random.below(1000) };
    },
    attempt({ file, chunk }) {
      const sensor = new Sensor();
      const parser = new CaptureParser(sensor);
      try {
        for (let at = 0; at < file.length; at += chunk) parser.feed(file.slice(at, at + chunk));
        parser.end();
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
      }
      told(sensor);
    },
    file: ({ file }) => ['pcap', file],
  };
}

function hear(frames: readonly { readonly bytes: Uint8Array; readonly time: number }[], link = 1): void {
  const sensor = new Sensor();
  sensor.beginFile(0);
  for (const { bytes, time } of frames) sensor.frame(bytes, 0, bytes.length, bytes.length, time, link, 0);
  if (sensor.counters.packets !== frames.length) throw new Error('a frame was not counted');
  told(sensor);
}

function told(sensor: Sensor): void {
  sensor.finish();
  JSON.stringify(reportOf(plantOf(takeSnapshot(sensor, []))));
}

function pcapOf(frames: readonly Frame[]): Uint8Array {
  const sink = new MemorySink();
  writePcap(sink, START_SECONDS, frames);
  return sink.bytes();
}
