/** Plants written by hand for tests of zones and conduits: hosts with their links, and who asks whom for what. */

import type { HostSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import type { Plant } from '../agent/plant.ts';
import { evidence, host, operation, sighting, snapshot, talk } from './snapshots.ts';

const ROUTER = '70:db:98:00:00:01';

/** The MAC address of a host, made of its IP address. */
export function macOf(address: string): string {
  return ['00:0e', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
}

/** A device on its own link that says what it is. */
export function device(address: string, product: string, vlan = 0, name?: string): HostSnapshot {
  return host(address, {
    sightings: [sighting(macOf(address), { vlan, claimed: true })],
    evidence: [evidence('product', product), ...(name === undefined ? [] : [evidence('name', name)])],
  });
}

/** A host that is only heard behind the router. */
export function distant(address: string, product: string): HostSnapshot {
  return host(address, {
    sightings: [sighting(ROUTER, { lowestTtl: 61, highestTtl: 61 })],
    evidence: [evidence('product', product)],
  });
}

/** The same host, seen behind the router in another VLAN too: its packets are routed. */
export function alsoRouted(entry: HostSnapshot, vlan: number): HostSnapshot {
  const routed = sighting(ROUTER, { vlan, lowestTtl: 63, highestTtl: 63 });
  return { ...entry, sightings: [...entry.sightings, routed] };
}

export const PLC = 'CPU 1516-3 PN/DP';
export const PANEL = 'Comfort Panel TP1200';
export const STATION = 'ET 200SP';
export const SCADA = 'WinCC';
export const SAFETY = 'Triconex Tricon';
export const ENGINEERING = 'TIA Portal';

/** Steady polling with now and then a write. */
export function polls(client: string, server: string, requests = 500, writes = 10) {
  const operations = [operation('read', requests), ...(writes > 0 ? [operation('write', writes)] : [])];
  return talk(client, server, 'modbus', operations, { port: 502 });
}

export function reads(client: string, server: string, requests = 30) {
  return polls(client, server, requests, 0);
}

export function programs(client: string, server: string) {
  return talk(client, server, 's7comm', [operation('program', 5), operation('session', 1)], { port: 102 });
}

export function uses(client: string, server: string, protocol: string, port: number) {
  return talk(client, server, protocol, [operation('session', 3)], { port });
}

/** Machines of a controller, a panel and two I/O stations each on one network, with SCADA, historian and engineering. */
export function flatPlant(machines = 3): Snapshot {
  const net = (at: number) => `10.1.0.${at}`;
  const hosts = [device(net(200), SCADA), device(net(201), 'PI Data Archive historian'), device(net(210), ENGINEERING)];
  const talks = [uses(net(200), net(201), 'mssql', 1433), programs(net(210), net(10))];
  for (let machine = 1; machine <= machines; machine++) {
    const [plc, panel, first, second] = [0, 1, 2, 3].map((at) => net(10 * machine + at)) as [
      string,
      string,
      string,
      string,
    ];
    hosts.push(device(plc, PLC), device(panel, PANEL), device(first, STATION), device(second, STATION));
    talks.push(polls(net(200), plc), polls(panel, plc, 1500), polls(plc, first, 2000), polls(plc, second, 2000));
    if (machine > 1) talks.push(reads(plc, net(10 * machine - 10), 300));
  }
  return snapshot(hosts, talks);
}

/** A network of controllers, one of operators and one of a safety system, in VLANs behind one router. */
export function layeredPlant(): Snapshot {
  const [control, operators, safety] = [30, 40, 50];
  const hosts = [
    ...[1, 2, 3].map((at) => alsoRouted(device(`10.3.0.${at}`, PLC, control), operators)),
    device('10.3.0.50', STATION, control),
    ...[1, 2].map((at) => alsoRouted(device(`10.4.0.${at}`, SCADA, operators), control)),
    alsoRouted(device('10.4.0.9', ENGINEERING, operators), control),
    alsoRouted(device('10.5.0.1', SAFETY, safety), control),
    device('10.5.0.9', 'TriStation 1131', safety),
  ];
  const servers = [1, 2].flatMap((server) => [1, 2, 3].map((plc) => polls(`10.4.0.${server}`, `10.3.0.${plc}`)));
  return snapshot(hosts, [
    ...servers,
    polls('10.3.0.1', '10.3.0.50', 2000),
    reads('10.3.0.1', '10.5.0.1', 300),
    programs('10.4.0.9', '10.3.0.2'),
    talk('10.5.0.9', '10.5.0.1', 'tristation', [operation('program', 4)], { transport: 'udp', port: 1502 }),
  ]);
}

/** A control centre with outstations behind a WAN router, a vendor who comes in, and the internet. */
export function telecontrolPlant(): Snapshot {
  const stations = ['10.50.1.1', '10.50.1.2', '10.50.2.1', '10.50.2.2'];
  const hosts = [
    device('172.16.0.10', SCADA),
    device('172.16.0.21', PANEL),
    device('172.16.0.40', ENGINEERING),
    ...stations.map((address) => distant(address, 'SCADAPack 334E')),
    distant('10.99.0.5', 'desktop'),
    distant('8.8.8.8', 'resolver'),
  ];
  return snapshot(hosts, [
    ...stations.map((station) =>
      talk('172.16.0.10', station, 'dnp3', [operation('read', 90), operation('control', 2)]),
    ),
    uses('172.16.0.21', '172.16.0.10', 'opcua', 4840),
    programs('172.16.0.40', '10.50.1.1'),
    uses('10.99.0.5', '172.16.0.40', 'rdp', 3389),
    uses('172.16.0.10', '8.8.8.8', 'dns', 53),
  ]);
}

export const PLANTS: readonly (readonly [name: string, make: () => Snapshot])[] = [
  ['machines on one network', flatPlant],
  ['layers in VLANs', layeredPlant],
  ['outstations behind a router', telecontrolPlant],
];

/** The zone of each address, by the zone's id: sorted addresses. */
export function zonesOf({ zoning }: Plant): Record<string, string[]> {
  const zones: Record<string, string[]> = {};
  for (const { id } of zoning.zones) zones[id] = [];
  for (const [address, id] of zoning.zoneOfAddress) if (!address.includes(':')) zones[id]?.push(address);
  for (const addresses of Object.values(zones)) addresses.sort();
  return zones;
}
