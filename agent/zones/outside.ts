/** Networks that are not the plant's own: offices, the DMZ between them and the plant, and those who come in from afar. */
import type { Asset } from '../model/asset.ts';
import type { DraftZone } from './draft.ts';
import type { Flow } from './flow.ts';
import type { Network, Networks } from './networks.ts';
import type { Use } from './uses.ts';

/** By the name of the protocol: what people enter a plant with. */
export const REMOTE_ACCESS: ReadonlySet<string> = new Set(
  'rdp vnc ssh telnet teamviewer anydesk openvpn wireguard ipsec isakmp l2tp pptp'.split(' '),
);

/** What a host has to do with either side. */
interface Dealings {
  /** Connections it takes from the plant, and from elsewhere. */
  takesFromPlant: number;
  takesFromElsewhere: number;
  opensToPlant: number;
  opensElsewhere: number;
  /** Of those it opens to the plant, the ones of remote access. */
  remoteToPlant: number;
  /** All others that it opens or takes, within its own network too. */
  others: number;
}

/** The share of a network's hosts that must stand between plant and offices for it to be the DMZ. */
const LEAST_BETWEEN = 0.5;

/** @param uses by the network's id; the networks that are divided elsewhere are the plant */
export function outsideZones(networks: Networks, uses: ReadonlyMap<string, Use>, flows: readonly Flow[]): DraftZone[] {
  const isPlant = (network: Network | undefined) => network !== undefined && isPlantUse(uses.get(network.id) as Use);
  const dealings = dealingsOf(networks, flows, isPlant);
  const plant = networks.all.some(isPlant);
  const zones: DraftZone[] = networks.all
    .filter((network) => !isPlant(network))
    .map((network) => outsideZone(network, uses.get(network.id) as Use, dealings, plant));
  if (networks.external.length + networks.externalAddresses.length > 0) zones.push(internet(networks));
  return zones;
}

/** Whether a network is the plant's own, to be divided by purpose. */
export function isPlantUse(use: Use): boolean {
  return use !== 'office' && use !== 'services' && use !== 'unclear';
}

function dealingsOf(
  networks: Networks,
  flows: readonly Flow[],
  isPlant: (network: Network | undefined) => boolean,
): Map<string, Dealings> {
  const all = new Map<string, Dealings>();
  const of = (id: string) => {
    let known = all.get(id);
    if (known === undefined) {
      const none = { takesFromPlant: 0, takesFromElsewhere: 0, opensToPlant: 0, opensElsewhere: 0 };
      known = { ...none, remoteToPlant: 0, others: 0 };
      all.set(id, known);
    }
    return known;
  };
  for (const { client, server, conversation } of flows) {
    const from = client.assetId === null ? undefined : networks.ofAsset.get(client.assetId);
    const to = server.assetId === null ? undefined : networks.ofAsset.get(server.assetId);
    if (client.assetId !== null && !isPlant(from)) {
      const dealings = of(client.assetId);
      if (isPlant(to)) {
        dealings.opensToPlant++;
        if (REMOTE_ACCESS.has(conversation.protocol)) dealings.remoteToPlant++;
      } else if (from !== to) dealings.opensElsewhere++;
      else dealings.others++;
    }
    if (server.assetId !== null && !isPlant(to) && conversation.packetsFromServer > 0) {
      const dealings = of(server.assetId);
      if (isPlant(from)) dealings.takesFromPlant++;
      else if (from !== to) dealings.takesFromElsewhere++;
      else dealings.others++;
    }
  }
  return all;
}

/** Whether a host serves one side and deals with the other: what makes a DMZ. */
function isBetween({ takesFromPlant, takesFromElsewhere, opensToPlant, opensElsewhere }: Dealings): boolean {
  return (
    (takesFromElsewhere > 0 && (takesFromPlant > 0 || opensToPlant > 0)) || (takesFromPlant > 0 && opensElsewhere > 0)
  );
}

function comesInOnly({
  takesFromPlant,
  takesFromElsewhere,
  opensToPlant,
  opensElsewhere,
  remoteToPlant,
  others,
}: Dealings) {
  const rest = takesFromPlant + takesFromElsewhere + opensElsewhere + others;
  return remoteToPlant > 0 && remoteToPlant === opensToPlant && rest === 0;
}

function outsideZone(network: Network, use: Use, dealings: ReadonlyMap<string, Dealings>, plant: boolean): DraftZone {
  const { assets, label, onLink } = network;
  const computers = assets.filter(({ role }) => role !== 'switch' && role !== 'router' && role !== 'firewall');
  const dealing = (test: (of: Dealings) => boolean) => (asset: Asset) => test(dealings.get(asset.id) ?? NONE);
  const between = computers.filter((asset) => asset.role !== 'domain-controller' && dealing(isBetween)(asset));
  if (plant && between.length > 0 && between.length >= LEAST_BETWEEN * computers.length) {
    const serving = new Set(between.map(({ id }) => id));
    const reasons = [
      `${label} stands between offices and plant: ${between.length} of its ${computers.length} hosts serve one side and deal with the other`,
    ];
    return zone(network, 'dmz', `dmz-${network.id}`, `DMZ ${label}`, reasons, ({ id }) =>
      serving.has(id) ? ['serves one of offices and plant and deals with the other'] : [`stands in ${label}`],
    );
  }
  if (!onLink && computers.length > 0 && computers.every(dealing(comesInOnly))) {
    const reasons = [`the hosts of ${label} only come in from behind a router, by remote access`];
    return zone(network, 'remote', `remote-${network.id}`, `Remote access ${label}`, reasons, () => [
      'opens nothing but remote access to the plant',
    ]);
  }
  if (use === 'services') {
    const reasons = [`servers of the plant in ${label}`];
    return zone(network, 'supervisory', `supervisory-${network.id}`, `Servers ${label}`, reasons, ({ role }) => [
      `is judged ${role}: serves the operation of the plant`,
    ]);
  }
  return enterprise(network);
}

const NONE: Dealings = {
  takesFromPlant: 0,
  takesFromElsewhere: 0,
  opensToPlant: 0,
  opensElsewhere: 0,
  remoteToPlant: 0,
  others: 0,
};

/** Offices. What lies behind a router is one zone whatever its networks: their inside is not heard. */
function enterprise(network: Network): DraftZone {
  const { label, onLink, assets } = network;
  const why = ({ role }: Asset) =>
    role === 'unknown'
      ? [`stands in ${label}, where nothing of the plant was heard`]
      : [`is judged ${role} in ${label}, where no machine is`];
  if (onLink)
    return zone(
      network,
      'enterprise',
      `enterprise-${network.id}`,
      `Enterprise ${label}`,
      [`no machine and no operator is in ${label}`],
      why,
    );
  const reasons = ['behind a router, where no machine and no operator was heard'];
  const silent = assets.length === 0;
  return silent
    ? zone(
        network,
        'enterprise',
        'unheard',
        'Unheard networks',
        ['addresses of networks of which nobody was heard'],
        why,
      )
    : zone(network, 'enterprise', 'enterprise', 'Enterprise', reasons, why);
}

function internet({ external, externalAddresses }: Networks): DraftZone {
  return {
    ...{ id: 'internet', name: 'Internet', kind: 'external' as const, programs: false },
    reasons: ['public addresses beyond the plant'],
    members: new Map(external.map(({ id }) => [id, ['has a public address and was only heard behind a router']])),
    addresses: externalAddresses,
  };
}

function zone(
  { assets, addresses }: Network,
  kind: DraftZone['kind'],
  id: string,
  name: string,
  reasons: readonly string[],
  why: (asset: Asset) => readonly string[],
): DraftZone {
  return { id, name, kind, programs: false, reasons, members: new Map(assets.map((a) => [a.id, why(a)])), addresses };
}
