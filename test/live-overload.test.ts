/** More comes than can be read: what is passed over, what never is, and who is told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlant } from '../agent/store/open-plant.ts';
import { PCAP, writePcap } from '../fixtures/plant/capture/pcap.ts';
import { EtherType, ethernet, IpProtocol, ipv4, udp } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { hex } from './support.ts';
import { CLIENT, TcpTalk } from './tcp-talk.ts';
import { folder, network, reason, watching } from './watching.ts';

const CAMERA = '10.0.0.9';
const READ_REQUEST = hex('00 01 00 00 00 06 01 03 00 00 00 01');
const READ_ANSWER = hex('00 01 00 00 00 05 01 03 02 00 07');
/** Datagrams of the camera for each request of the machine. */
const VIDEO = 10;
const REQUESTS = 1500;

/** A video stream, and a controller that is read meanwhile; the second half begins with a flow that is new then. */
function capture(path: string): number {
  const talk = new TcpTalk(502).open();
  const opening = talk.frames.length;
  for (let i = 0; i < REQUESTS; i++) talk.say('client', READ_REQUEST).say('server', READ_ANSWER);
  const late = new TcpTalk(502).open().say('client', READ_REQUEST).say('server', READ_ANSWER);
  const frames: Frame[] = talk.frames.slice(0, opening);
  for (let i = 0; i < REQUESTS; i++) {
    for (let j = 0; j < VIDEO; j++) frames.push(video(i * VIDEO + j));
    frames.push(...talk.frames.slice(opening + 2 * i, opening + 2 * i + 2));
    if (i === Math.floor(REQUESTS / 2)) frames.push(...late.frames.map(moved));
  }
  const pieces: Uint8Array[] = [];
  const sink = { write: (bytes: Uint8Array) => void pieces.push(bytes) };
  const ordered = frames.map((frame, index) => ({ ...frame, time: index * 1000 }));
  writePcap(sink, 1_760_000_400, ordered, PCAP);
  writeFileSync(path, Buffer.concat(pieces));
  return frames.length;
}

/** A datagram that no protocol recognises. */
function video(number: number): Frame {
  const payload = udp(CAMERA, CLIENT, 40_000, 31_000, new Uint8Array(400).fill(0xa7));
  const packet = ipv4(CAMERA, CLIENT, 64, number & 0xffff, IpProtocol.udp, payload);
  const bytes = ethernet('02:00:00:00:00:09', '02:00:00:00:00:01', undefined, EtherType.ipv4, packet, true);
  return { bytes, length: bytes.length, time: 0 };
}

/** The same frame between two other addresses (10.0.0.1 and 10.0.0.2 become 10.1.0.1 and 10.1.0.2). */
function moved({ bytes, ...frame }: Frame): Frame {
  const copy = Uint8Array.from(bytes);
  for (const address of [26, 30]) copy[address + 1] = 1; // of the IPv4 header behind 14 bytes of Ethernet
  return { ...frame, bytes: copy };
}

describe.skipIf(reason !== null)('more than can be read', () => {
  test('bulk transfers are sampled, machines and new flows are not, and everybody is told', async () => {
    const path = join(folder, 'video.pcap');
    const packets = capture(path);
    const on = network();
    const watch = await watching(on, 'overload', { preload: new URL('./busy-listener.mjs', import.meta.url).href });
    await on.replay(path, 1, 3000);
    await watch.heard(packets);
    await watch.until(() => watch.events().includes('sensor.frames-shed'));
    const { interfaces } = watch.ask('/api/v1/sensor') as { interfaces: { shed: number; reading: number }[] };
    const health = watch.ask('/healthz') as { shed: number };
    expect(interfaces[0]?.reading).toBeGreaterThan(1);
    expect(interfaces[0]?.shed).toBeGreaterThan(0);
    expect(health.shed).toBeGreaterThan(0);
    expect(await watch.end()).toBe(0);

    const { capture: heard, conversations } = openPlant(watch.db).plant.snapshot;
    expect(heard.packets).toBe(packets);
    expect(heard.quality.droppedByCapture).toBe(0);
    expect(heard.quality.limitsHit).toMatchObject({ packetsShed: health.shed });
    const modbus = conversations.filter(({ protocol }) => protocol === 'modbus');
    expect(modbus.map(({ client, operations }) => [client, operations[0]?.requests, operations[0]?.responses])).toEqual(
      [
        ['10.0.0.1', REQUESTS, REQUESTS],
        ['10.1.0.1', 1, 1],
      ],
    );
  });
});
