/** What no part of a divided network has taken by itself: infrastructure, devices of unknown purpose, mere addresses. */
import { isFieldProtocol } from '../model/behaviour.ts';
import { type Party, peerIn } from './control.ts';
import type { DraftZone } from './draft.ts';
import { appended, byText, topOf } from './grouping.ts';
import type { Network } from './networks.ts';
import type { Division, Part } from './part.ts';

/** Deals out what no part has taken: infrastructure to the operators, the rest to those with whom they talk most. */
export function withLeftovers(network: Network, parts: readonly Part[], division: Division): DraftZone[] {
  const zoneOf = new Map(
    parts.flatMap(({ id, members }) => [...members.keys()].map((member) => [member, id] as const)),
  );
  const usual = usualPart(parts);
  const managed = parts.find(({ id }) => id.startsWith('supervisory-'))?.id ?? usual;
  const byId = new Map(parts.map((entry) => [entry.id, entry]));
  for (const asset of [...network.assets].sort((a, b) => byText(a.id, b.id))) {
    if (zoneOf.has(asset.id)) continue;
    const party = division.control.parties.get(asset.id);
    const near = party && neighbourZone(party, zoneOf);
    if (near !== undefined) {
      byId.get(near)?.members.set(asset.id, ['its neighbours on Ethernet are all in this zone']);
      continue;
    }
    if (division.purposeOf(asset) === 'infrastructure') {
      byId
        .get(managed)
        ?.members.set(asset.id, [
          `is a ${asset.role} of ${network.label}`,
          'infrastructure goes with those who run the network',
        ]);
      continue;
    }
    const peers = new Map<string, number>();
    for (const dealing of party?.dealings ?? []) {
      const id = zoneOf.get(peerIn(dealing, party as Party).id);
      if (id !== undefined) peers.set(id, (peers.get(id) ?? 0) + dealing.packets);
    }
    const nearest = topOf(peers);
    byId
      .get(nearest ?? usual)
      ?.members.set(asset.id, [
        nearest === undefined
          ? `stands in ${network.label}; its traffic does not tell more`
          : 'deals most with this zone',
      ]);
  }
  const addresses = new Map<string, string[]>();
  const field = topOf(
    new Map(parts.filter(({ kind }) => kind === 'control').map(({ id, members }) => [id, members.size])),
  );
  for (const address of network.addresses)
    appended(addresses, isAskedAsDevice(address, division) ? (field ?? usual) : usual, address);
  return parts
    .map(({ programs = false, ...rest }) => ({ ...rest, programs, addresses: addresses.get(rest.id) ?? [] }))
    .filter(({ members, addresses: { length } }) => members.size > 0 || length > 0);
}

/** The zone of all those with whom an asset exchanges frames straight on Ethernet, if it is one. */
function neighbourZone(party: Party, zoneOf: ReadonlyMap<string, string>): string | undefined {
  const neighbours = party.dealings.filter(({ frames }) => frames > 0);
  const zones = new Set(neighbours.flatMap((dealing) => zoneOf.get(peerIn(dealing, party).id) ?? []));
  const [zone] = zones;
  return zones.size === 1 ? zone : undefined;
}

/** The part where one would look first for what is not known: the largest, but never a cell or the safety system. */
function usualPart(parts: readonly Part[]): string {
  const open = parts.filter(({ id }) => !id.startsWith('cell-') && !id.startsWith('safety-'));
  const among = open.length > 0 ? open : parts;
  return topOf(new Map(among.map(({ id, members }) => [id, members.size]))) as string;
}

/** Whether an address that never answered was asked as controllers are asked: by a mirror that hears one direction. */
function isAskedAsDevice(address: string, { flowsTo }: Division): boolean {
  return (flowsTo.get(address) ?? []).some(
    ({ conversation: { protocol, operations } }) => isFieldProtocol(protocol) && operations.length > 0,
  );
}
