/** Who speaks to a group asks it: a group never asks. What looks like a broadcast address is a station's once it sends. */
import { expect, test } from 'vitest';
import { plantOf } from '../agent/plant.ts';
import { EtherType, ethernet, IpProtocol, ipv4, TcpFlag, tcp, udp } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { snapshotOf } from './sensing.ts';

const STATION = '10.0.0.1';
const PAYLOAD = Uint8Array.of(0x64, 0, 0, 0);

/** A datagram, in the second that `time` says. */
function datagram(source: string, destination: string, ports: readonly [number, number], time = 1): Frame {
  const packet = ipv4(source, destination, 64, time, IpProtocol.udp, udp(source, destination, ...ports, PAYLOAD));
  const bytes = ethernet('00:0e:8c:00:00:01', '00:0e:8c:00:00:02', undefined, EtherType.ipv4, packet, true);
  return { bytes, length: bytes.length, time: time * 1_000_000 };
}

test.each(['10.0.0.255', '255.255.255.255', '239.1.2.3'])('%s is no client, whatever the ports', (group) => {
  const { conversations } = snapshotOf([datagram(STATION, group, [101, 40_000])]);
  expect(conversations).toMatchObject([{ client: STATION, server: group, port: 40_000, initiator: 'port' }]);
});

test('a segment to an address that looks like a broadcast is to a station: the ports say who asks', () => {
  const there = '10.0.0.255';
  const fields = { sourcePort: 502, destinationPort: 40_000, sequence: 1, acknowledgment: 1, window: 1024 };
  const segment = tcp(STATION, there, { ...fields, flags: TcpFlag.ack, payload: PAYLOAD });
  const packet = ipv4(STATION, there, 64, 1, IpProtocol.tcp, segment);
  const bytes = ethernet('00:0e:8c:00:00:01', '00:0e:8c:00:00:02', undefined, EtherType.ipv4, packet, true);
  const { conversations } = snapshotOf([{ bytes, length: bytes.length, time: 0 }]);
  expect(conversations).toMatchObject([{ client: there, server: STATION, port: 502, initiator: 'port' }]);
});

test('a station at the end of a range has a zone as all others have', () => {
  const there = '10.0.0.255';
  const plant = plantOf(
    snapshotOf([datagram(STATION, there, [50_000, 161]), datagram(there, STATION, [161, 50_000], 2)]),
  );
  expect(plant.assets.all.map(({ ip }) => ip)).toEqual([[STATION], [there]]);
  expect(plant.zoning.zones.flatMap(({ members }) => members)).toHaveLength(2);
});
