/** Draws the zones: network by network, each as it is used. */
import type { Asset } from '../model/asset.ts';
import type { Assets } from '../model/assets.ts';
import { CONTROLLERS } from '../model/roles/role.ts';
import type { Control } from './control.ts';
import { divided } from './divide.ts';
import { type DraftZone, united } from './draft.ts';
import type { Flow } from './flow.ts';
import { appended, byText } from './grouping.ts';
import { labelOf } from './labels.ts';
import type { Network, Networks } from './networks.ts';
import { isPlantUse, outsideZones } from './outside.ts';
import type { Division } from './part.ts';
import { purposeOf } from './purpose.ts';
import { isOperators, type PurposeOf, type Use, useOf } from './uses.ts';

/** More single stations behind routers than this are shown as one zone of many sites. */
const MOST_SINGLE_SITES = 8;

/** Answers the zones in the order of their ids; every asset of a network is in one of them, parts with their devices. */
export function drawnZones(assets: Assets, flows: readonly Flow[], networks: Networks, control: Control): DraftZone[] {
  const { byId } = assets;
  const runsProcess = processSafety(assets.all, networks, control);
  const purpose: PurposeOf = (asset) => purposeOf(asset, runsProcess);
  const supervised = networks.all.some((network) => isOperators(network, purpose));
  const uses = new Map(networks.all.map((network) => [network.id, useOf(network, purpose, control, supervised)]));
  const flowsTo = new Map<string, Flow[]>();
  for (const flow of flows) if (flow.server.assetId === null) appended(flowsTo, flow.server.scoped, flow);

  const division: Division = {
    control,
    flowsTo,
    purposeOf: purpose,
    label: (id) => labelOf(byId.get(id), id),
    isOperational: (id) => {
      const asset = byId.get(id);
      return (
        asset !== undefined && ['process', 'safety', 'panel', 'operations', 'engineering'].includes(purpose(asset))
      );
    },
  };
  const plant = networks.all.filter(({ id }) => isPlantUse(uses.get(id) as Use));
  const drafts = [
    ...gathered(plant, uses).flatMap(([network, use]) => divided(network, use, division)),
    ...outsideZones(networks, uses, flows),
  ];
  const zones = new Map<string, DraftZone>();
  for (const draft of drafts) {
    const known = zones.get(draft.id);
    zones.set(draft.id, known === undefined ? draft : united(known, draft));
  }
  return withParts([...zones.values()], assets.all).sort((a, b) => byText(a.id, b.id));
}

/**
 * Safety controllers that run a process too: a panel commands them and no other controller is in their network. A safety
 * instrumented system is never commanded by operators.
 */
function processSafety(all: readonly Asset[], networks: Networks, control: Control): ReadonlySet<string> {
  const commanded = new Set<string>();
  for (const [panel, controllers] of control.panelOf) {
    for (const { server, commands } of control.parties.get(panel)?.asks ?? []) {
      const { id, role } = server.asset;
      if (commands && role === 'safety-controller' && controllers.includes(id)) commanded.add(id);
    }
  }
  const isOther = ({ role }: Asset) => role !== 'safety-controller' && CONTROLLERS.has(role);
  const alone = new Map(networks.all.map((network) => [network.id, !network.assets.some(isOther)]));
  return new Set(
    all.flatMap(({ id }) => (commanded.has(id) && alone.get(networks.ofAsset.get(id)?.id ?? '') ? [id] : [])),
  );
}

/** Networks with their uses; many single stations of one use behind routers are taken for one network. */
function gathered(networks: readonly Network[], uses: ReadonlyMap<string, Use>): [Network, Use][] {
  const sites = new Map<string, Network[]>();
  const others: [Network, Use][] = [];
  for (const network of networks) {
    const use = uses.get(network.id) as Use;
    const single = !network.onLink && network.assets.length === 1 && (use === 'field' || use === 'control');
    if (single) appended(sites, `${use} ${network.id.split('-').slice(0, 2).join('-')}`, network);
    else others.push([network, use]);
  }
  for (const [key, members] of sites) {
    const [use = 'control', prefix = ''] = key.split(' ') as [Use, string];
    if (members.length <= MOST_SINGLE_SITES) others.push(...members.map((network): [Network, Use] => [network, use]));
    else others.push([oneOf(members, prefix), use]);
  }
  return others;
}

function oneOf(sites: readonly Network[], prefix: string): Network {
  return {
    id: `${prefix}-sites`,
    label: `${sites.length} sites in ${prefix.replace('-', '.')}.0.0/16`,
    onLink: false,
    assets: sites.flatMap(({ assets }) => assets),
    addresses: sites.flatMap(({ addresses }) => addresses),
  };
}

/** Parts behind a device are where the device is. */
function withParts(zones: readonly DraftZone[], all: readonly Asset[]): DraftZone[] {
  const parts = new Map<string, string[]>();
  for (const { id, parent } of all) if (parent !== null) appended(parts, parent, id);
  return zones.map((zone) => ({
    ...zone,
    members: new Map(
      [...zone.members].flatMap(([id, reasons]) => [
        [id, reasons] as const,
        ...(parts.get(id) ?? []).map((part) => [part, [`is a part of ${id}`]] as const),
      ]),
    ),
  }));
}
