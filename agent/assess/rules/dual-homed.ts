import { few } from '../../few.ts';
import { isGlobal } from '../../model/address.ts';
import type { Asset } from '../../model/asset.ts';
import type { PlantView } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { assetName, spanOf } from '../telling.ts';
import { count, lines } from '../words.ts';

/** Roles that are meant to stand in several networks. */
const FORWARDERS = new Set(['router', 'firewall', 'switch']);

/** A computer with a foot in two networks is a way around the boundary between them. */
export const dualHomed: Rule = {
  id: 'dual-homed',
  title: 'Hosts that stand in several networks',
  requirement: 'SR 5.2',
  against: [],
  measure: 'segment',
  technique: null,
  evaluate(view) {
    const several = view.devices.filter(
      (asset) => !FORWARDERS.has(asset.role) && asset.role !== 'external-host' && networksOf(asset).length > 1,
    );
    if (several.length === 0) return [];
    const sides = sidesOf(new Set(several.map(({ id }) => id)), view);
    const found = several.map((asset) => {
      return { asset, networks: networksOf(asset), sides: [...(sides.get(asset.id) ?? [])].sort() };
    });
    const bridging = found.filter(
      ({ sides }) => sides.includes('enterprise') && sides.some((side) => side !== 'enterprise'),
    );
    const assets = found.map(({ asset }) => asset);
    return [
      {
        about: null,
        title: `${count(found.length, 'host stands', 'hosts stand')} in several networks`,
        why: 'A host with several interfaces can pass on what a firewall between its networks would stop, and is the way in for whoever takes it over.',
        severity: bridging.length > 0 ? 'high' : 'medium',
        assets: assets.map(({ id }) => id),
        zones: view.zonesOf(assets.map(({ id }) => id)),
        evidence: lines(
          found.map(({ asset, networks, sides }) => {
            const peers = sides.length > 1 ? `, talks with ${few(sides)}` : '';
            return `${assetName(asset)} (${asset.role}): ${few(asset.ip, 4)}, in ${count(networks.length, 'network')}${peers}`;
          }),
        ),
        samples: [],
        mend: 'Leave each host one interface, and route through the firewall; where a second is needed (redundancy, a device network), write it down and disable forwarding.',
        disturbs: 'Whatever uses the second interface: find out first.',
        ...spanOf(assets),
      },
    ];
  },
};

/** Networks of the first three bytes of IPv4 addresses; link-local ones are none. */
function networksOf({ ip }: Asset): string[] {
  const own = ip.filter((address) => !address.includes(':') && !address.startsWith('169.254.') && !isGlobal(address));
  return [...new Set(own.map((address) => address.replace(/\.\d+$/, '')))];
}

/** Kinds of the zones that lie at the other end of the talks of each of some assets. */
function sidesOf(ids: ReadonlySet<string>, { talks }: PlantView): Map<string, Set<string>> {
  const sides = new Map<string, Set<string>>([...ids].map((id) => [id, new Set()]));
  for (const { client, server } of talks) {
    if (client.asset !== null && server.kind !== null) sides.get(client.asset.id)?.add(server.kind);
    if (server.asset !== null && client.kind !== null) sides.get(server.asset.id)?.add(client.kind);
  }
  return sides;
}
