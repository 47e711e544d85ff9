/** The rules by which roles are judged. Each says what it saw; none knows a plant. */
import { sourceWords } from '../../facts/source-words.ts';
import { type Behaviour, type Dealing, field, peersOf, somePeer } from '../behaviour.ts';
import { makerPortsOf } from '../maker-ports.ts';
import type { EvidenceSnapshot } from '../snapshot.ts';
import { FAMILIES, MAKERS, NAMES } from './families.ts';
import { CONTROLLERS, FIELD_DEVICES, type Role, type Vote } from './role.ts';

/** What is known of a device when its role is judged. */
export interface RoleFacts {
  readonly behaviour: Behaviour;
  readonly evidence: readonly EvidenceSnapshot[];
  /** Makers by evidence and by MAC address. */
  readonly vendors: readonly string[];
  readonly names: readonly string[];
  /** Its address is a public one. */
  readonly isExternal: boolean;
  /** Addresses that its MAC address only forwards for. */
  readonly forwardsFor: number;
  /** Networks (by /24 or VLAN) in which it has an address of its own. */
  readonly networks: number;
  /** Its packets come through a router: nothing is heard on its own link. */
  readonly offLink: boolean;
  /** It names itself as computers do (NetBIOS, SMB, LDAP). */
  readonly isComputer: boolean;
  /** Units behind it that answered. */
  readonly units: number;
}

/** The role of the device that has an address, as judged without knowing its peers. */
export type RoleOfPeer = (address: string) => Role;

/** Devices that one supervisory host polls; fewer is what an operator panel does. */
const POLLED_BY_SCADA = 3;
/** Requests from which on asking is an occupation, and not somebody's look. */
const CYCLIC_REQUESTS = 20;
/** Clients from which on serving is what a host is for. */
const MANY_CLIENTS = 5;
/** Addresses behind a MAC address that are not its own: even one, once routed, was forwarded. */
const FORWARDED_BY_ROUTER = 1;

/** Protocols by the controller they betray, when served. */
const SERVED: Readonly<Record<string, readonly [Role, number]>> = {
  s7comm: ['plc', 3],
  's7comm-plus': ['plc', 3],
  enip: ['plc', 1.5],
  modbus: ['plc', 1.5],
  fins: ['plc', 3],
  slmp: ['plc', 3],
  ads: ['plc', 2],
  codesys: ['plc', 3],
  'ge-srtp': ['plc', 3],
  pcworx: ['plc', 3],
  proconos: ['plc', 3],
  dnp3: ['rtu', 3],
  iec104: ['rtu', 3],
  mms: ['ied', 3],
  bacnet: ['plc', 1.5],
  tristation: ['safety-controller', 6],
  'hart-ip': ['gateway', 2],
  'cip-io': ['remote-io', 1.5],
};

/** What the device is and does by itself. */
export function ownVotes(facts: RoleFacts): Vote[] {
  return [...sayings(facts), ...serving(facts), ...asking(facts), ...services(facts), ...network(facts)];
}

function sayings({ evidence, vendors, names, forwardsFor, isComputer, behaviour }: RoleFacts): Vote[] {
  const votes: Vote[] = [];
  // every router tells the time: that it does makes it no clock
  const isSideline = (source: string) => forwardsFor >= FORWARDED_BY_ROUTER && source.startsWith('ntp.');
  const told = evidence.filter(
    ({ field: about, source }) => ['product', 'model', 'device-type', 'os'].includes(about) && !isSideline(source),
  );
  const families = new Map<Role, string>();
  for (const { value, source, confidence } of told) {
    const family = FAMILIES.find(([pattern]) => pattern.test(value));
    if (family !== undefined && confidence >= 0.5 && !families.has(family[1])) {
      families.set(family[1], `says it is "${value}": ${sourceWords(source)}`);
    }
  }
  for (const [role, reason] of families) votes.push({ role, weight: 4, reason });
  for (const vendor of vendors) {
    const maker = MAKERS.find(([pattern]) => pattern.test(vendor));
    // makers of I/O and drives make panel computers too
    if (isComputer && maker !== undefined && (maker[1] === 'remote-io' || maker[1] === 'drive')) continue;
    if (maker !== undefined && !votes.some(({ role, reason }) => role === maker[1] && reason.startsWith('made by'))) {
      votes.push({ role: maker[1], weight: maker[2], reason: `made by ${vendor}` });
    }
  }
  for (const { role, says } of makerPortsOf(vendors, behaviour)) votes.push({ role, weight: 1, reason: says });
  const named = new Set<Role>();
  for (const name of names) {
    const habit = NAMES.find(([pattern]) => pattern.test(name));
    if (habit === undefined || named.has(habit[1])) continue;
    named.add(habit[1]);
    votes.push({ role: habit[1], weight: 1.5, reason: `is called "${name}"` });
  }
  for (const { value } of evidence.filter(({ field: about }) => about === 'client-kind')) {
    if (/engineering|programming/i.test(value))
      votes.push({ role: 'engineering-workstation', weight: 1, reason: `connects as ${value}` });
    else if (/\bHMI\b|operator/i.test(value)) votes.push({ role: 'hmi', weight: 1, reason: `connects as ${value}` });
  }
  return votes;
}

function serving({ behaviour, units }: RoleFacts): Vote[] {
  const votes: Vote[] = [];
  const served = field(behaviour.serves);
  for (const { protocol, peers } of served) {
    const known = SERVED[protocol];
    if (known === undefined) continue;
    const [role, weight] = known;
    votes.push({ role, weight, reason: `answers ${protocol} of ${count(peers.size, 'client')}` });
  }
  const asked = field(behaviour.asks);
  if (served.length > 0 && asked.length > 0) {
    votes.push({ role: 'plc', weight: 1.5, reason: `asks field devices itself (${list(asked)})` });
  }
  if (behaviour.asks.has('cip-io')) votes.push({ role: 'plc', weight: 2, reason: 'owns implicit I/O connections' });
  if (behaviour.publishes.has('goose') || behaviour.publishes.has('sampled-values')) {
    votes.push({ role: 'ied', weight: 3, reason: 'publishes GOOSE or sampled values' });
  }
  if (units >= 2) {
    votes.push({ role: 'gateway', weight: 2.5, reason: `answers for ${units} units behind it` });
  }
  return votes;
}

function asking({ behaviour, isComputer, offLink }: RoleFacts): Vote[] {
  const votes: Vote[] = [];
  const asked = field(behaviour.asks).filter(({ protocol }) => protocol !== 'cip-io' && protocol !== 'profinet-io');
  const servesField = field(behaviour.serves).some(({ protocol }) => protocol !== 'cip-io');
  if (asked.length === 0 || servesField) return votes;
  const programs = asked.filter(({ requests }) => requests.has('program'));
  if (programs.length > 0) {
    const reason = `moves programs or configuration (${list(programs)})`;
    votes.push({ role: 'engineering-workstation', weight: 4, reason });
  }
  const diagnoses = peersOf(asked.filter(({ requests }) => requests.has('diagnostic'))).size;
  if (diagnoses >= 2) {
    const reason = `reads identity or diagnosis of ${diagnoses} devices`;
    votes.push({ role: 'engineering-workstation', weight: 1, reason });
  }
  if (behaviour.asks.has('tristation')) {
    const reason = 'talks TriStation, the engineering protocol';
    votes.push({ role: 'engineering-workstation', weight: 3, reason });
  }
  return [...votes, ...polling(asked, { behaviour, isComputer, offLink })];
}

/** Reading and writing process values: how many devices, how steadily. */
function polling(
  asked: readonly Dealing[],
  { behaviour, isComputer, offLink }: Pick<RoleFacts, 'behaviour' | 'isComputer' | 'offLink'>,
): Vote[] {
  const process = asked.filter(
    ({ requests }) => requests.has('read') || requests.has('write') || requests.has('control'),
  );
  const steady = steadyOf(process);
  const polled = peersOf(steady).size;
  if (process.length > 0 && steady.length === 0) {
    const reason = `asked ${count(peersOf(process).size, 'field device')} a few times (${list(process)})`;
    return [{ role: 'hmi', weight: 0.5, reason }];
  }
  if (polled === 0) return [];
  const writes = steady.some(({ requests }) => requests.has('write') || requests.has('control'));
  const what = `${writes ? 'reads and writes' : 'reads'} ${count(polled, 'field device')} steadily (${list(steady)})`;
  if (DATABASES.some((database) => behaviour.serves.has(database))) {
    return [{ role: 'historian', weight: 3, reason: `${what} and keeps a database` }];
  }
  if (polled >= POLLED_BY_SCADA) return [{ role: 'scada-server', weight: 4.5, reason: what }];
  if (polled >= 2 && isComputer) return [{ role: 'scada-server', weight: 2.5, reason: `${what}, as a computer` }];
  if (offLink && !writes) {
    // a panel stands beside what it operates, and operates it
    const reason = `${what}, from another network`;
    return [
      { role: 'server', weight: 1, reason },
      { role: 'workstation', weight: 0.5, reason },
    ];
  }
  return [{ role: 'hmi', weight: 2, reason: what }];
}

/** Dealings that are an occupation, and not somebody's look. */
function steadyOf(dealings: readonly Dealing[]): Dealing[] {
  return dealings.filter((dealing) => processRequests(dealing) >= CYCLIC_REQUESTS);
}

function processRequests({ requests }: Dealing): number {
  return (requests.get('read') ?? 0) + (requests.get('write') ?? 0) + (requests.get('control') ?? 0);
}

const DATABASES = ['mssql', 'mysql', 'postgresql', 'oracle-tns'];
const REMOTE_DESKTOPS = ['rdp', 'vnc', 'teamviewer'];
const OFFICE = ['http', 'tls', 'smb', 'kerberos', 'ldap', 'imap', 'smtp', 'pop3', 'tcp/9100', 'tcp/8080'];

/** Services of information technology by what they betray, when served. */
const SERVICES: readonly (readonly [protocols: readonly string[], role: Role, weight: number])[] = [
  [['kerberos', 'ldap'], 'domain-controller', 5],
  [['tcp/9100', 'tcp/515', 'tcp/631', 'ipp'], 'printer', 4],
  [['rtsp'], 'camera', 3],
  [['ntp', 'ptp'], 'clock', 2],
  [['tcp/5450'], 'historian', 4],
  [['mssql', 'mysql', 'postgresql', 'oracle-tns'], 'server', 1.5],
  [['smtp', 'imap', 'pop3', 'ftp', 'smb', 'http', 'tls', 'rdp', 'dns', 'mqtt', 'tcp/8530', 'amqp'], 'server', 1],
];

function services({ behaviour, offLink, forwardsFor }: RoleFacts): Vote[] {
  const votes: Vote[] = [];
  const { serves, asks, ports } = behaviour;
  const servesField = field(serves).length > 0;
  for (const [protocols, role, weight] of SERVICES) {
    const served = protocols.filter((protocol) => serves.has(protocol) || ports.has(protocol));
    if (served.length === 0 || (servesField && role === 'server')) continue;
    if (role === 'clock' && forwardsFor >= FORWARDED_BY_ROUTER) continue;
    const clients = peersOf(served.flatMap((protocol) => serves.get(protocol) ?? []));
    const often = clients.size >= MANY_CLIENTS ? 1.5 : clients.size >= 2 ? 1 : 0;
    votes.push({
      role,
      weight: weight + often,
      reason: `serves ${served.join(', ')} to ${count(clients.size, 'client')}`,
    });
  }
  // a computer that polls several devices runs them: that it opens files and desktops too is a sideline
  const polls = () => peersOf(steadyOf(field(asks))).size >= 2;
  const office = OFFICE.filter((protocol) => asks.has(protocol));
  if (office.length >= 1 && !servesField && !polls()) {
    const weight = office.length >= 3 ? 2.5 : office.length === 2 ? 2 : 1;
    votes.push({ role: 'workstation', weight, reason: `uses ${office.join(', ')}` });
  }
  const desktops = REMOTE_DESKTOPS.filter((protocol) => asks.has(protocol));
  if (desktops.length > 0 && !polls()) {
    votes.push({ role: 'workstation', weight: 1.5, reason: `takes over other desktops (${desktops.join(', ')})` });
  }
  const databases = DATABASES.filter((protocol) => asks.has(protocol));
  if (databases.length > 0 && !servesField) {
    const keeps = DATABASES.some((protocol) => serves.has(protocol));
    votes.push(
      keeps
        ? { role: 'historian', weight: 2, reason: `copies from one database to another (${databases.join(', ')})` }
        : { role: 'server', weight: 1, reason: `uses a database (${databases.join(', ')})` },
    );
  }
  const opc = asks.get('opcua');
  if (opc !== undefined && !servesField) {
    const writes = opc.requests.has('write') || opc.requests.has('control');
    if (writes) votes.push({ role: 'hmi', weight: 1.5, reason: 'reads and writes by OPC UA' });
    else if (DATABASES.some((database) => serves.has(database)))
      votes.push({ role: 'historian', weight: 5, reason: 'only reads by OPC UA and keeps a database' });
    else if (offLink) votes.push({ role: 'server', weight: 1.5, reason: 'only reads by OPC UA, from another network' });
    else votes.push({ role: 'historian', weight: 1.5, reason: 'only reads by OPC UA' });
  }
  if (serves.has('opcua') && !servesField) votes.push({ role: 'scada-server', weight: 2, reason: 'serves OPC UA' });
  return votes;
}

function network({ isExternal, forwardsFor, networks, behaviour }: RoleFacts): Vote[] {
  const votes: Vote[] = [];
  if (isExternal) votes.push({ role: 'external-host', weight: 8, reason: 'has a public address' });
  if (forwardsFor >= FORWARDED_BY_ROUTER) {
    votes.push({ role: 'router', weight: 4, reason: `its MAC address carries the packets of ${forwardsFor} others` });
  }
  if (behaviour.serves.has('dhcp')) votes.push({ role: 'router', weight: 1.5, reason: 'gives out addresses by DHCP' });
  if (networks >= 2) votes.push({ role: 'router', weight: 1.5, reason: `has addresses in ${networks} networks` });
  const bridging = ['stp', 'mrp', 'lldp', 'cdp'].filter((protocol) => behaviour.publishes.has(protocol));
  if (bridging.includes('stp') || bridging.includes('mrp')) {
    votes.push({ role: 'switch', weight: 3, reason: `takes part in ${bridging.join(', ')}` });
  }
  return votes;
}

/** What the roles of those it deals with add. */
export function peerVotes({ behaviour }: RoleFacts, own: readonly Vote[], roleOf: RoleOfPeer): Vote[] {
  const votes: Vote[] = [];
  const served = field(behaviour.serves);
  if (served.length > 0 && !somePeer(served, (client) => !CONTROLLERS.has(roleOf(client)))) {
    const names = served.map(({ protocol }) => protocol).join(', ');
    votes.push({ role: 'remote-io', weight: 3, reason: `only controllers ask it (${names})` });
  }
  const isFieldDevice = (peer: string) => FIELD_DEVICES.has(roleOf(peer));
  const asksField = somePeer(field(behaviour.asks), isFieldDevice);
  const shells = ['ssh', 'telnet', 'http', 'ftp', 'tftp'].filter((protocol) =>
    somePeer([behaviour.asks.get(protocol)], (peer) => isFieldDevice(peer) || roleOf(peer) === 'switch'),
  );
  if (shells.length > 0 && served.length === 0) {
    const reason = `opens ${shells.join(', ')} of controllers or switches`;
    votes.push({ role: 'engineering-workstation', weight: shells.length >= 2 ? 2 : 1, reason });
  }
  const stores = DATABASES.map((database) => behaviour.serves.get(database));
  if (somePeer(stores, (peer) => roleOf(peer) === 'scada-server' || roleOf(peer) === 'hmi')) {
    votes.push({ role: 'historian', weight: 2, reason: 'keeps the database of a SCADA server' });
  }
  const supervisors = [...behaviour.asks.values()].filter(
    (dealing) =>
      !REMOTE_DESKTOPS.includes(dealing.protocol) && somePeer([dealing], (peer) => roleOf(peer) === 'scada-server'),
  );
  const isServer = own.some(({ role }) => role === 'scada-server' || role === 'server' || role === 'historian');
  if (served.length === 0 && supervisors.length > 0 && !asksField && !isServer) {
    votes.push({ role: 'hmi', weight: 1.5, reason: `is a client of a SCADA server (${list(supervisors)})` });
  }
  return votes;
}

function list(dealings: readonly Dealing[]): string {
  return dealings.map(({ protocol }) => protocol).join(', ');
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
