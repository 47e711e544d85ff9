/** Frames through the real sensor, and what it makes of them in a form that tests can compare. */

import type { FrameSink } from '../agent/capture/frame-sink.ts';
import type { ConversationSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { Sensor, type SensorOptions } from '../agent/sensor.ts';
import { LINKTYPE_ETHERNET } from '../fixtures/plant/capture/pcap.ts';
import type { Frame } from '../fixtures/plant/network.ts';

/** Where simulated time begins, in microseconds since 1970. */
const START = 1_760_000_400_000_000;

/** Lets `sink` hear frames. */
export function play(frames: Iterable<Frame>, sink: FrameSink): void {
  for (const { bytes, length, time } of frames) {
    sink.frame(bytes, 0, bytes.length, length, START + Math.floor(time / 1000), LINKTYPE_ETHERNET, 0);
  }
}

/** A sensor that has heard `frames` and been told that no more come. */
export function sensed(frames: Iterable<Frame>, options: SensorOptions = {}): Sensor {
  const sensor = new Sensor(options);
  sensor.beginFile(0);
  play(frames, sensor);
  sensor.finish();
  return sensor;
}

/** What a sensor that has heard `frames` knows. */
export function snapshotOf(frames: Iterable<Frame>, options: SensorOptions = {}): Snapshot {
  const sensor = sensed(frames, options);
  const { packets, bytes } = sensor.counters;
  return takeSnapshot(sensor, [{ name: 'frames', packets, bytes, hearing: null, error: null }]);
}

/** `"10.0.0.1 > 10.0.0.2 tcp/502 modbus"` */
export function endsOf(conversation: {
  readonly client: string;
  readonly server: string;
  readonly transport: string;
  readonly port: number | null;
  readonly protocol: string;
}): string {
  const { client, server, transport, port, protocol } = conversation;
  return `${client} > ${server} ${transport}/${port} ${protocol}`;
}

/** Requests, responses and errors of a conversation by operation code. */
export function countsOf({ operations }: Pick<ConversationSnapshot, 'operations'>): Map<string, Counts> {
  const byCode = new Map<string, Counts>();
  for (const { code, requests, responses, errors } of operations) {
    const sum = byCode.get(code) ?? { requests: 0, responses: 0, errors: 0 };
    sum.requests += requests;
    sum.responses += responses;
    sum.errors += errors;
    byCode.set(code, sum);
  }
  return byCode;
}

export interface Counts {
  requests: number;
  responses: number;
  errors: number;
}

/** What was learned of all conversations and hosts, without times and frame numbers: what no path of the packets may change. */
export function knowledgeOf({ conversations, hosts }: Snapshot): object {
  return {
    conversations: conversations.map((conversation) => [
      endsOf(conversation),
      Object.fromEntries(countsOf(conversation)),
      conversation.operations.map(({ code, name, units, ranges }) => [
        [code, name, units],
        ranges.map(({ unit, space, first, last, times }) => [unit, space, first, last, times]),
      ]),
    ]),
    evidence: hosts.map(({ address, evidence }) => [
      address,
      evidence.map(({ field, value, source, unit, times }) => `${field} ${value} ${source} ${unit} ${times}`).sort(),
    ]),
  };
}
