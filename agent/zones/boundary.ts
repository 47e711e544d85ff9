/** What stands between two zones, told from where their hosts' frames were seen. */
import { few } from '../few.ts';
import type { Assets } from '../model/assets.ts';
import { type Snapshot, scopedAddress } from '../model/snapshot.ts';
import type { Boundary } from './conduit.ts';
import type { Flow } from './flow.ts';
import { added, byText } from './grouping.ts';
import { haveLinkInCommon, isDirect, type Sight, sightOf } from './sight.ts';

export type Sights = ReadonlyMap<string, Sight>;

/** How every address of a snapshot was seen, by scoped address. */
export function sightsOf(snapshot: Snapshot, assets: Assets): Sights {
  const sights = new Map<string, Sight>();
  for (const host of snapshot.hosts) {
    const scoped = scopedAddress(host.address, host.scope);
    const asset = assets.byId.get(assets.idOf.get(scoped) ?? '');
    if (asset !== undefined) sights.set(scoped, sightOf(host, asset.mac));
  }
  return sights;
}

/** Pairs of hosts that a reason names; the rest is counted. */
const MOST_PAIRS = 3;

/** The boundary that the flows of one conduit passed. */
export function boundaryOf(flows: readonly Flow[], sights: Sights): Boundary {
  const direct = new Set<string>();
  const carriers = new Set<string>();
  const apart = new Map<string, Set<string>>();
  let steps = 0;
  for (const { client, server } of flows) {
    const a = sights.get(client.scoped);
    const b = sights.get(server.scoped);
    if (a === undefined || b === undefined) continue;
    if (isDirect(a, b)) {
      direct.add(`${client.address} and ${server.address}`);
      continue;
    }
    for (const mac of carriersBetween(a, b)) carriers.add(mac);
    steps = Math.max(steps, a.steps, b.steps);
    if (a.links.size > 0 && b.links.size > 0 && !haveLinkInCommon(a, b)) added(apart, a.linkNames, b.linkNames);
  }
  const vlans = [...apart].flatMap(([one, others]) => [...others].map((other) => `${one} and ${other}`));
  const macs = [...carriers].sort(byText);
  const routed = [
    ...(macs.length > 0 ? [`packets come from ${few(macs)}, and not from their senders' own MAC addresses`] : []),
    ...(steps > 0 ? [`their TTL is lower by ${steps} on the other side`] : []),
    ...(vlans.length > 0
      ? [`the ends are attached to different VLANs: ${vlans.sort(byText).slice(0, MOST_PAIRS).join('; ')}`]
      : []),
  ];
  if (direct.size > 0) {
    const pairs = [...direct].sort(byText);
    const more = pairs.length > MOST_PAIRS ? ` and ${pairs.length - MOST_PAIRS} more pairs` : '';
    const seen = `no boundary observed: ${pairs.slice(0, MOST_PAIRS).join(', ')}${more} exchange frames between their own MAC addresses on one segment, with the TTL untouched; a transparent firewall would look the same`;
    return { observed: 'none', macs, reasons: [seen, ...routed] };
  }
  if (routed.length > 0) return { observed: 'router', macs, reasons: routed };
  return { observed: 'unknown', macs: [], reasons: ['the frames do not tell: an end was never heard'] };
}

/** The routers whose packets of one end are seen where the other is attached; all of either's where that is not known. */
function carriersBetween(a: Sight, b: Sight): string[] {
  const near = [
    ...a.carriers.filter(({ vlan }) => b.links.has(vlan)),
    ...b.carriers.filter(({ vlan }) => a.links.has(vlan)),
  ];
  return (near.length > 0 ? near : [...a.carriers, ...b.carriers]).map(({ mac }) => mac);
}
