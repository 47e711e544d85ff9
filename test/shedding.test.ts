/** What is passed over when more comes than can be read, and what never is. */
import { expect, test } from 'vitest';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { Sensor } from '../agent/sensor.ts';
import { LINKTYPE_ETHERNET } from '../fixtures/plant/capture/pcap.ts';
import { EtherType, ethernet, IpProtocol, ipv4, udp } from '../fixtures/plant/frames.ts';
import { sensed } from './sensing.ts';
import { hex } from './support.ts';
import { CLIENT, TcpTalk } from './tcp-talk.ts';

const CAMERA = '10.0.0.9';
const READ_REQUEST = hex('00 01 00 00 00 06 01 03 00 00 00 01');

let time = 1_760_000_400_000_000;
let identification = 0;

/** A datagram of a video stream: nothing recognises it. */
function datagram(source: string, port: number, vlan?: number): Uint8Array {
  identification = (identification + 1) & 0xffff;
  const payload = new Uint8Array(1000).fill(0xa7);
  const packet = ipv4(source, CLIENT, 64, identification, IpProtocol.udp, udp(source, CLIENT, port, 31_000, payload));
  return ethernet('02:00:00:00:00:09', '02:00:00:00:00:01', vlan, EtherType.ipv4, packet, true);
}

function hear(sensor: Sensor, frame: Uint8Array): void {
  time += 100;
  sensor.frame(frame, 0, frame.length, frame.length, time, LINKTYPE_ETHERNET, 0);
}

test.each([undefined, 110])(
  'of a bulk transfer one frame in so many is read (VLAN %s), and all are counted',
  (vlan) => {
    const sensor = new Sensor();
    for (let i = 0; i < 2000; i++) hear(sensor, datagram(CAMERA, 40_000, vlan));
    sensor.shed(4);
    for (let i = 0; i < 4000; i++) hear(sensor, datagram(CAMERA, 40_000, vlan));
    expect(sensor.counters.packets).toBe(6000);
    expect(sensor.counters.packetsShed).toBe(3000);
    sensor.shed(1);
    for (let i = 0; i < 1000; i++) hear(sensor, datagram(CAMERA, 40_000, vlan));
    expect(sensor.counters.packetsShed).toBe(3000);
    sensor.finish();
    expect(takeSnapshot(sensor, []).capture.quality.limitsHit).toMatchObject({ packetsShed: 3000 });
  },
);

test('a new flow, and one that is no bulk transfer, are read whole', () => {
  const sensor = new Sensor();
  for (let i = 0; i < 2000; i++) hear(sensor, datagram(CAMERA, 40_000));
  for (let i = 0; i < 500; i++) hear(sensor, datagram(CAMERA, 40_001));
  sensor.shed(64);
  for (let i = 0; i < 400; i++) hear(sensor, datagram(CAMERA, 40_001));
  for (let i = 0; i < 400; i++) hear(sensor, datagram('10.0.0.10', 40_000));
  expect(sensor.counters.packetsShed).toBe(0);
});

test('what machines say is never passed over, however much it is', () => {
  const talk = new TcpTalk(502).open();
  for (let i = 0; i < 3000; i++) talk.say('client', READ_REQUEST);
  const whole = sensed(talk.frames);
  const sensor = new Sensor();
  for (const [index, frame] of talk.frames.entries()) {
    if (index % 500 === 499) sensor.shed(64);
    const at = 1_760_000_400_000_000 + Math.floor(frame.time / 1000);
    sensor.frame(frame.bytes, 0, frame.bytes.length, frame.length, at, LINKTYPE_ETHERNET, 0);
  }
  sensor.finish();
  expect(sensor.counters.packetsShed).toBe(0);
  expect(takeSnapshot(sensor, []).conversations).toEqual(takeSnapshot(whole, []).conversations);
  expect(takeSnapshot(sensor, []).conversations[0]?.operations[0]?.requests).toBe(3000);
});
