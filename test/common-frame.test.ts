/** The straight line that reads the common frame ends where the layers end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EtherType, ethernet, IpProtocol, ipv4, tcp, udp } from '../fixtures/plant/frames.ts';
import { PacketReader } from '../parsers/net/packet.ts';
import { everything } from './packet-support.ts';
import { runs } from './runs.ts';

const ETHERNET_LINK = 1;
/** Four bytes, an Ethernet frame, its check sequence: the same frame, which no short cut is tried on. */
const NET_ANALYZER_LINK = 240;

const newReader = () => new PacketReader({ datagrams: 4, pieces: 8, timeout: 1e6 }, () => {});

const A = '10.0.0.1';
const B = '192.168.1.200';
const port = fc.oneof(fc.nat(0xffff), fc.constantFrom(502, 4789, 8472, 6081, 0));
const payload = fc.uint8Array({ maxLength: 64 });
const segment = fc
  .record({ sourcePort: port, destinationPort: port, flags: fc.nat(255), payload })
  .map((fields) =>
    tcp(A, B, { ...fields, sequence: 0x89abcdef, acknowledgment: 0xfedcba98, window: 1, maximumSegmentSize: 9 }),
  );
const datagram = fc.tuple(port, port, payload).map(([source, target, bytes]) => udp(A, B, source, target, bytes));
const packet = fc
  .oneof(
    segment.map((body) => [IpProtocol.tcp, body] as const),
    datagram.map((body) => [IpProtocol.udp, body] as const),
    payload.map((body) => [IpProtocol.icmp, body] as const),
  )
  .map(([protocol, body]) => ipv4(A, B, 64, 7, protocol, body));
const frame = fc
  .tuple(
    packet,
    fc.option(fc.nat(0xffff)),
    fc.constantFrom(EtherType.ipv4, EtherType.ipv4, EtherType.arp),
    fc.boolean(),
  )
  .map(([body, vlan, type, padded]) =>
    ethernet('02:00:00:00:00:01', '02:00:00:00:00:02', vlan ?? undefined, type, body, padded),
  );
/** A change where headers are: the first bytes of the frame matter most. */
const change = fc.tuple(
  fc.nat(80),
  fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x20, 0x45, 0x46, 0x50, 0x81, 0x88, 0xa8)),
);

test('the common frame and the layers agree on any frame, changed and cut anywhere', () => {
  fc.assert(
    fc.property(
      frame,
      fc.array(change, { maxLength: 3 }),
      fc.option(fc.nat(120)),
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      (whole, changes, cut, around) => {
        for (const [at, value] of changes) whole[at % whole.length] = value;
        const bytes = whole.subarray(0, cut ?? whole.length);
        const wrapped = Uint8Array.of(...around.subarray(0, 4), ...bytes, ...around.subarray(4));
        const [straight, layered] = [newReader(), newReader()];
        const kind = straight.read(bytes, 0, bytes.length, ETHERNET_LINK, 0, 0);
        const layeredKind = layered.read(wrapped, 0, wrapped.length, NET_ANALYZER_LINK, 0, 0);
        expect(everything(kind, straight.view)).toEqual(everything(layeredKind, layered.view));
      },
    ),
    { numRuns: runs(5000) },
  );
});
