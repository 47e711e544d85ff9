/** A plant of any size, as one snapshot: what a store and its lists are measured and held to. */

import { NOTHING_HEARD } from '../dist/agent/model/merge-snapshots.js';

const START = 1_760_000_000_000_000;
const SERVICES = [
  { port: 502, protocol: 'modbus', code: '3', name: 'Read Holding Registers', access: 'read' },
  { port: 502, protocol: 'modbus', code: '16', name: 'Write Multiple Registers', access: 'write' },
  { port: 44818, protocol: 'enip', code: 'cip.0x4c', name: 'Read Tag', access: 'read' },
  { port: 102, protocol: 's7comm', code: '0x04', name: 'Read Var', access: 'read' },
  { port: 443, protocol: 'tls', code: 'hello', name: 'Client Hello', access: 'session' },
  { port: 161, protocol: 'snmp', code: 'get', name: 'Get', access: 'read' },
];

/** `hosts` addresses in networks of 250, and `conversations` between them, all different. */
export function bigPlant(hosts, conversations) {
  const addressOf = (host) => `10.${host >> 16}.${Math.floor((host & 0xffff) / 250)}.${1 + (host % 250)}`;
  const macOf = (host) =>
    `00:1d:9c:${[16, 8, 0].map((s) => ((host >> s) & 255).toString(16).padStart(2, '0')).join(':')}`;
  const all = Array.from({ length: hosts }, (_, host) => {
    const [firstSent, lastSent] = [START + host * 1000, START + 3_600_000_000 + ((host * 7919) % hosts) * 1000];
    const said = (field, value, source) => ({
      field,
      value,
      source,
      confidence: 0.95,
      frame: host + 1,
      firstSeen: firstSent,
      lastSeen: lastSent,
      times: 3,
      unit: null,
      file: 'big.pcap',
    });
    return {
      address: addressOf(host),
      scope: 0,
      kind: 4,
      unicast: true,
      firstSent,
      lastSent,
      sightings: [{ mac: macOf(host), vlan: 1 + (host % 40), claimed: true, lowestTtl: 64, highestTtl: 64 }],
      evidence: [
        said('model', `Model ${host % 37}`, 'enip.identity'),
        said('firmware', `V${host % 5}.${host % 11}`, 'enip.identity'),
        said('name', `device-${host}`, 'lldp'),
      ],
    };
  });
  const talks = Array.from({ length: conversations }, (_, index) => {
    const client = index % hosts;
    const round = Math.floor(index / hosts);
    const server = (client + 1 + round * 13) % hosts;
    const { port, protocol, code, name, access } = SERVICES[(client + round) % SERVICES.length];
    const firstSeen = START + index * 10;
    const lastSeen = START + 3_600_000_000 + ((index * 7919) % conversations) * 100;
    const packets = 10 + ((index * 31) % 9973);
    const operation = {
      code,
      name,
      access,
      effect: null,
      units: [1],
      unitsAnswered: [1],
      requests: packets >> 1,
      responses: 2,
      errors: 0,
      firstSeen,
      lastSeen,
      firstFrame: { file: 'big.pcap', frame: index + 1 },
      ranges: [],
    };
    return {
      client: addressOf(client),
      server: addressOf(server),
      scope: 0,
      transport: 'tcp',
      port,
      protocol,
      recognised: true,
      initiator: 'syn',
      flows: 1,
      packets,
      packetsFromClient: packets - 5,
      packetsFromServer: 5,
      bytes: packets * 80,
      firstSeen,
      lastSeen,
      firstFrame: { file: 'big.pcap', frame: index + 1 },
      operations: [operation],
    };
  });
  const capture = { ...NOTHING_HEARD.capture, packets: 10, bytes: 800, firstSeen: START, lastSeen: START + 1 };
  return { capture, hosts: all, conversations: talks };
}
