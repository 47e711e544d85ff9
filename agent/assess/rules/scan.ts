import { few } from '../../few.ts';
import type { PlantView, Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks } from '../telling.ts';
import { count, lines } from '../words.ts';

/** Hosts, or services of one host, that somebody tried without talking to them; fewer may be a stale configuration. */
const LEAST_HOSTS = 10;
const LEAST_PORTS = 15;
/** Packets per connection of somebody who only knocks. */
const KNOCKS = 4;

/** One host that knocks at many doors. A poller that talks to many is none. */
export const scan: Rule = {
  id: 'scan',
  title: 'Hosts that try many addresses or services',
  requirement: 'SR 6.2',
  against: [],
  measure: 'investigate',
  technique: 'T0846',
  evaluate(view) {
    const scanners = scannersOf(view);
    if (scanners.length === 0) return [];
    const talks = scanners.flatMap((scanner) => scanner.talks);
    return [
      {
        about: null,
        title: `${count(scanners.length, 'host tries', 'hosts try')} many addresses or services`,
        why: 'That is how somebody learns what is there to attack, and how an inventory tool works. Scans alone have stopped controllers.',
        severity: 'high',
        ...ofTalks(talks),
        evidence: lines(
          scanners.map(({ talks: [first], hosts, ports }) => {
            const where = ports.length > 4 ? count(ports.length, 'port') : few(ports);
            return `${endName((first as Talk).client)}: ${count(hosts, 'address', 'addresses')}, ${where}, without talking to them`;
          }),
        ),
        mend: 'Find out who runs it. Scan plant networks only by agreement, slowly, and outside production.',
        disturbs: 'Nothing.',
      },
    ];
  },
};

interface Scanner {
  readonly talks: readonly Talk[];
  readonly hosts: number;
  readonly ports: readonly string[];
}

function scannersOf({ talks }: PlantView): Scanner[] {
  const knocking = new Map<string, Talk[]>();
  for (const talk of talks) {
    if (!isKnock(talk)) continue;
    const known = knocking.get(talk.client.scoped);
    if (known === undefined) knocking.set(talk.client.scoped, [talk]);
    else known.push(talk);
  }
  return [...knocking]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const hosts = new Set(own.map(({ server }) => server.scoped));
      const ports = new Set(own.map(({ conversation: { transport, port } }) => `${transport}/${port}`));
      const portsOfOne = mostPorts(own);
      if (hosts.size < LEAST_HOSTS && portsOfOne < LEAST_PORTS) return [];
      return [{ talks: own, hosts: hosts.size, ports: [...ports].sort() }];
    });
}

/** Of TCP only: who sends a datagram to many does not expect answers of all. */
function isKnock({
  conversation: { transport, operations, packets, flows, initiator, packetsFromServer },
  server,
}: Talk): boolean {
  if (transport !== 'tcp' || operations.length > 0 || initiator !== 'syn' || server.kind === 'external') return false;
  return packets <= KNOCKS * flows && packetsFromServer <= 2 * flows;
}

function mostPorts(talks: readonly Talk[]): number {
  const ports = new Map<string, number>();
  let most = 0;
  for (const { server } of talks) {
    const many = (ports.get(server.scoped) ?? 0) + 1;
    ports.set(server.scoped, many);
    most = Math.max(most, many);
  }
  return most;
}
