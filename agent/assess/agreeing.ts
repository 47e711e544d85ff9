/**
 * What was heard in a zone that agrees with a system requirement. Each is a positive observation: that nothing was heard
 * against a requirement is never one. It proves nothing for what was not heard.
 */
import { few } from '../few.ts';
import type { Asset } from '../model/asset.ts';
import type { Zone } from '../zones/zone.ts';
import { clearShareOf } from './clear-traffic.ts';
import { controllerChange } from './controller-operations.ts';
import { isReporting, isTimekeeping } from './monitoring-traffic.ts';
import { isOt, type PlantView, type Talk } from './plant-view.ts';
import { kindOfProtection } from './protections.ts';
import { isSession } from './remote-access.ts';
import { assetName } from './telling.ts';
import { count, percent } from './words.ts';

/** A statement about a system requirement. */
export interface Agreement {
  readonly requirement: string;
  /** It speaks for the requirement; else it only tells how things are. */
  readonly agrees: boolean;
  readonly statement: string;
}

/** A zone with what belongs to it, looked up once. */
export interface ZoneScope {
  readonly zone: Zone;
  readonly assets: readonly Asset[];
  /** Talks with an end in the zone. */
  readonly talks: readonly Talk[];
}

type Observation = (scope: ZoneScope) => Agreement[];

const say = (requirement: string, statement: string, agrees = true): Agreement[] => [
  { requirement, statement, agrees },
];

/** Protocols in which an end proves who it is, by certificate or key. */
const AUTHENTICATES =
  /^OPC UA: secured|Secure Authentication|secure authentication|CIP Security: configured|KNX IP Secure|secured BVLL/;
const MODERN_TLS = /^TLS 1\.[23]$/;

const authenticatedDevices: Observation = ({ assets }) => {
  const names = showing(assets, (value) => AUTHENTICATES.test(value));
  return names.length === 0
    ? []
    : [
        ...say('SR 1.2', `Authenticated by their protocol at least some of the time: ${few(names)}`),
        ...say('SR 3.1', `Protected against change by their protocol at least some of the time: ${few(names)}`),
      ];
};

const modernCryptography: Observation = ({ assets }) => {
  const names = showing(assets, (value) => MODERN_TLS.test(value));
  return names.length === 0 ? [] : say('SR 4.3', `TLS 1.2 or 1.3 was agreed on: ${few(names)}`);
};

const accessProtection: Observation = ({ assets }) => {
  const names = showing(assets, (value) => kindOfProtection({ value }) === 'access-protected');
  return names.length === 0
    ? []
    : say('SR 2.1', `Say that they are protected, or refuse what is not permitted: ${few(names)}`);
};

/** From this share on the traffic across a border counts as encrypted. */
const MOSTLY = 0.9;

const encryptedTraffic: Observation = ({ talks, zone }) => {
  const crossing = talks.filter(({ client, server }) => client.zone !== server.zone);
  const share = clearShareOf(crossing.map(({ conversation }) => conversation));
  if (share === null) return [];
  return say(
    'SR 4.1',
    `${percent(share)} of the bytes across the border of ${zone.name} of which it is known pass in clear`,
    1 - share >= MOSTLY,
  );
};

const reporting: Observation = ({ talks, zone }) => {
  const senders = clientsIn(zone, talks.filter(isReporting));
  return senders.length === 0
    ? []
    : [
        ...say('SR 2.8', `Log messages or traps come from ${count(senders.length, 'host')}: ${few(senders)}`),
        ...say(
          'SR 6.1',
          `Log messages or traps leave ${count(senders.length, 'host')} for a collector: ${few(senders)}`,
        ),
      ];
};

const timekeeping: Observation = ({ talks, zone }) => {
  const clients = clientsIn(zone, talks.filter(isTimekeeping));
  return clients.length === 0
    ? []
    : say('SR 2.11', `Time is synchronised by ${count(clients.length, 'host')}: ${few(clients)}`);
};

const certificates: Observation = ({ assets }) => {
  const names = assets
    .filter(({ evidence }) => evidence.some(({ source }) => source === 'tls.certificate.issuer'))
    .map(assetName)
    .sort();
  return names.length === 0
    ? []
    : say('SR 1.8', `Certificates were shown by ${few(names)}; how they are managed was not heard`, false);
};

const uploads: Observation = ({ talks, zone }) => {
  const read = talks.filter(
    ({ server, conversation }) =>
      server.zone === zone && conversation.operations.some((operation) => controllerChange(operation) === 'upload'),
  );
  const names = [...new Set(read.map(({ server }) => server.address))].sort();
  return names.length === 0
    ? []
    : say('SR 7.3', `Logic or files were read out of ${few(names)}: a backup, perhaps`, false);
};

const jumpHost: Observation = ({ talks, zone }) => {
  const sessions = talks.filter(
    ({ client, server, conversation, answered }) =>
      answered && client.kind === 'dmz' && server.zone === zone && isOt(server) && isSession(conversation),
  );
  const hosts = [...new Set(sessions.map(({ client }) => client.address))].sort();
  return hosts.length === 0 ? [] : say('SR 1.13', `Remote sessions come from the DMZ: ${few(hosts)}`);
};

const boundary =
  (view: PlantView): Observation =>
  ({ zone }) => {
    const routed = view.conduits.filter(
      ({ from, to, boundary: { observed }, traffic }) =>
        traffic !== null && observed === 'router' && (from === zone.id || to === zone.id),
    );
    return routed.length === 0
      ? []
      : [
          ...say(
            'SR 5.1',
            `${count(routed.length, 'conduit')} of the zone ${routed.length === 1 ? 'passes' : 'pass'} a router`,
          ),
        ];
  };

const permitted =
  (view: PlantView): Observation =>
  ({ zone, talks }) => {
    if (view.check === null || talks.every(({ client, server }) => client.zone === server.zone)) return [];
    if (view.check.violations.some(({ fromZone, toZone }) => fromZone === zone.id || toZone === zone.id)) return [];
    return say(
      'SR 5.2',
      'Every flow heard across the border of the zone is one that the policy allows; whether the rest is blocked was not heard',
    );
  };

const listening =
  (view: PlantView): Observation =>
  ({ talks }) => {
    if (talks.length === 0) return [];
    const { oneSidedShare } = view.snapshot.capture.quality;
    return say(
      'SR 6.2',
      `This listener hears the zone: ${count(talks.length, 'conversation')}, of the TCP conversations of the plant ${percent(oneSidedShare)} in one direction only`,
    );
  };

const inventory: Observation = ({ assets }) => {
  if (assets.length === 0) return [];
  const score = assets.reduce((sum, { completeness }) => sum + completeness.score, 0) / assets.length;
  return say(
    'SR 7.8',
    `An inventory of ${count(assets.length, 'asset')} was heard, on average ${percent(score)} complete`,
  );
};

/** What agrees with the requirements in one zone. */
export function agreementsOf(view: PlantView, scope: ZoneScope): Agreement[] {
  const observations: readonly Observation[] = [
    authenticatedDevices,
    modernCryptography,
    accessProtection,
    encryptedTraffic,
    reporting,
    timekeeping,
    certificates,
    uploads,
    jumpHost,
    boundary(view),
    permitted(view),
    listening(view),
    inventory,
  ];
  return observations.flatMap((observe) => observe(scope));
}

/** Assets of which some protection evidence fits. */
function showing(assets: readonly Asset[], fits: (value: string) => boolean): string[] {
  return assets
    .filter(({ evidence }) => evidence.some(({ field, value }) => field === 'protection' && fits(value)))
    .map(assetName)
    .sort();
}

function clientsIn(zone: Zone, talks: readonly Talk[]): string[] {
  return [...new Set(talks.flatMap(({ client }) => (client.zone === zone ? [client.address] : [])))].sort();
}
