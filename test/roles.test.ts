/** Roles and levels of hosts that do several things: what they mostly do counts. */
import { describe, expect, test } from 'vitest';
import { assetsOf } from '../agent/model/assets.ts';
import type { ConversationSnapshot, HostSnapshot } from '../agent/model/snapshot.ts';
import { alsoRouted, device, distant, PLC, polls, reads, SCADA, uses } from './plants.ts';
import { evidence, host, operation, sighting, snapshot, talk } from './snapshots.ts';

const plain = (address: string, mac: string) => host(address, { sightings: [sighting(mac, { claimed: true })] });
const assetAt = (address: string, hosts: readonly HostSnapshot[], talks: readonly ConversationSnapshot[]) => {
  const { all, idOf } = assetsOf(snapshot(hosts, talks));
  return all.find(({ id }) => id === idOf.get(address));
};

describe('the role', () => {
  const router = '70:db:98:00:00:01';
  const pc = plain('10.1.0.5', '02:00:00:00:00:05');
  const plcs = [device('10.1.0.10', PLC), device('10.1.0.11', PLC)];

  test.each<
    readonly [
      what: string,
      hosts: readonly HostSnapshot[],
      talks: readonly ConversationSnapshot[],
      at: string,
      role: string,
    ]
  >([
    [
      'router, though it tells the time and gives out addresses',
      [
        host('10.1.0.1', {
          sightings: [sighting(router, { claimed: true })],
          evidence: [evidence('device-type', 'time server', { source: 'ntp.primary' })],
        }),
        distant('10.9.0.1', 'desktop'),
        pc,
      ],
      [uses('10.1.0.5', '10.1.0.1', 'ntp', 123), uses('10.9.0.1', '10.1.0.5', 'http', 80)],
      '10.1.0.1',
      'router',
    ],
    [
      'server, that reads a controller from another network',
      [
        host('10.9.0.1', { sightings: [sighting(router)] }),
        host('10.9.0.2', { sightings: [sighting(router)] }),
        ...plcs,
      ],
      [reads('10.9.0.1', '10.1.0.10', 90)],
      '10.9.0.1',
      'server',
    ],
    [
      'scada-server, though it opens files, pages and desktops',
      [pc, ...plcs, device('10.1.0.9', 'file share')],
      [
        ...['10.1.0.10', '10.1.0.11'].map((plc) => polls('10.1.0.5', plc)),
        uses('10.1.0.5', '10.1.0.9', 'smb', 445),
        uses('10.1.0.5', '10.1.0.9', 'http', 80),
        uses('10.1.0.5', '10.1.0.9', 'vnc', 5900),
      ],
      '10.1.0.5',
      'scada-server',
    ],
    [
      'historian, that only reads by OPC UA and keeps a database for others',
      [pc, device('10.1.0.20', SCADA), device('10.1.0.21', 'desktop'), device('10.1.0.22', 'desktop')],
      [
        talk('10.1.0.5', '10.1.0.20', 'opcua', [operation('read', 90)], { port: 4840 }),
        ...['10.1.0.21', '10.1.0.22'].flatMap((client) => [
          uses(client, '10.1.0.5', 'mssql', 1433),
          uses(client, '10.1.0.5', 'tls', 443),
        ]),
      ],
      '10.1.0.5',
      'historian',
    ],
    [
      'hmi, on a computer whose maker is known for I/O stations',
      [host('10.1.0.5', { sightings: [sighting('00:d0:c9:00:00:05', { claimed: true })] }), ...plcs],
      [
        talk('10.1.0.5', '10.1.0.255', 'netbios-ns', [], { transport: 'udp', port: 137 }),
        polls('10.1.0.5', '10.1.0.10'),
      ],
      '10.1.0.5',
      'hmi',
    ],
    [
      'plc, with a public address on the plant’s own link',
      [device('141.81.0.10', PLC), device('141.81.0.1', SCADA)],
      [polls('141.81.0.1', '141.81.0.10')],
      '141.81.0.10',
      'plc',
    ],
  ])('is %s', (_, hosts, talks, at, role) => {
    expect(assetAt(at, hosts, talks)?.role).toBe(role);
  });
});

describe('the level on a network that offices and the plant share', () => {
  const offices = [1, 2, 3].map((at) => device(`10.1.0.${at}`, 'desktop', 0, `PC-${at}`));
  const machines = [11, 12, 13, 14].map((at) => device(`10.1.0.${at}`, PLC));
  const hosts = [
    ...offices,
    ...machines,
    device('10.1.0.20', SCADA),
    device('10.1.0.30', 'server', 0, 'srv-files'),
    distant('142.250.74.36', 'web'),
  ];
  const office = [1, 2, 3].flatMap((at) => [
    uses(`10.1.0.${at}`, '142.250.74.36', 'tls', 443),
    uses(`10.1.0.${at}`, '142.250.74.36', 'http', 80),
  ]);
  const plant = [11, 12, 13, 14].map((at) => polls('10.1.0.20', `10.1.0.${at}`));

  test('is that of those with whom a host deals', () => {
    const serves = (clients: readonly string[]) =>
      assetAt('10.1.0.30', hosts, [
        ...office,
        ...plant,
        ...clients.map((client) => uses(client, '10.1.0.30', 'smb', 445)),
      ]);
    expect(serves(['10.1.0.1', '10.1.0.2', '10.1.0.20'])?.purdueLevel).toBe(4);
    expect(serves(['10.1.0.20', '10.1.0.11', '10.1.0.1'])?.purdueLevel).toBe(3);
    expect(assetAt('10.1.0.1', hosts, [...office, ...plant])).toMatchObject({ role: 'workstation', purdueLevel: 4 });
  });

  test('is that of the network where nearly all serve the plant', () => {
    const stray = [...machines, ...hosts.slice(7, 9), alsoRouted(offices[0] as HostSnapshot, 0)];
    expect(assetAt('10.1.0.1', stray, [...office.slice(0, 2), ...plant])?.purdueLevel).toBe(3);
  });
});

describe("a maker's own port", () => {
  const HIMA = '00:e0:a1:00:00:01';
  const said = 'speaks on the port of safeethernet (UDP 6010)';
  const safeethernet = talk('10.1.0.20', '10.1.0.21', 'udp/6010', [], {
    ...{ transport: 'udp', port: 6010, recognised: false },
  });
  const at = (address: string, macs: readonly [string, string]) =>
    assetAt(address, [plain('10.1.0.20', macs[0]), plain('10.1.0.21', macs[1])], [safeethernet]);

  test.each(['10.1.0.20', '10.1.0.21'])(
    "speaks for a safety controller where the interface is the maker's: %s",
    (ip) => {
      const asset = at(ip, [HIMA, HIMA.replace(/1$/, '2')]);
      expect(asset?.role).toBe('safety-controller');
      expect(asset?.roleReasons).toContain(said);
      expect(asset?.evidence).toContainEqual(
        expect.objectContaining({ field: 'note', value: said, source: 'udp.6010.maker-port', confidence: 0.3 }),
      );
    },
  );

  test('says nothing of anybody else', () => {
    const asset = at('10.1.0.20', ['00:1d:9c:00:00:01', HIMA]);
    expect(asset?.roleReasons).not.toContain(said);
    expect(asset?.evidence.map(({ value }) => value)).not.toContain(said);
  });
});
