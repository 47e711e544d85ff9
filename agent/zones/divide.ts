/** The zones of one network of the plant: itself, where it serves one purpose, or parts of it by purpose and by cell. */
import type { Asset } from '../model/asset.ts';
import { type Cell, cellsOf } from './cells.ts';
import { peerIn, staysWithin } from './control.ts';
import type { DraftZone } from './draft.ts';
import { withLeftovers } from './leftovers.ts';
import type { Network } from './networks.ts';
import type { Division, Part } from './part.ts';
import { COMPUTERS, type Purpose } from './purpose.ts';
import type { PurposeOf, Use } from './uses.ts';
import type { ZoneKind } from './zone.ts';

/** Computers that stay behind when the programming hosts leave; fewer need no zone of their own. */
const LEAST_OPERATORS = 2;
/** Of servers and of those who use them: fewer are no zone of their own. */
const LEAST_SERVERS = 2;

/** Divides a network that is used for the plant itself (not one of offices or services). */
export function divided(network: Network, use: Use, division: Division): DraftZone[] {
  const parts = use === 'mixed' ? mixedParts(network, division) : wholeParts(network, use, division);
  return withLeftovers(network, parts, division);
}

const WHOLE: Readonly<Record<string, readonly [kind: ZoneKind, name: string, what: string]>> = {
  safety: ['safety', 'Safety', 'safety controllers and those who serve only them'],
  control: ['control', 'Control', 'controllers, what they control and their panels'],
  field: ['field', 'Outstations', 'outstations or I/O without operators'],
  supervisory: ['supervisory', 'Supervisory', 'hosts that operate the plant'],
  engineering: ['supervisory', 'Engineering', 'hosts that program controllers'],
};

function wholeParts(network: Network, use: Use, division: Division): Part[] {
  const { purposeOf, control, label } = division;
  const [kind, name, what] = WHOLE[use] as (typeof WHOLE)[string];
  if (use === 'supervisory') return operatorParts(network, network.assets, division);
  const reasons = [`the network ${network.label} holds ${what}`];
  const cells = use === 'control' ? cellsOf(...machinesOf(network.assets, purposeOf), control, label) : [];
  const inCells = new Set(cells.flatMap(({ members }) => members));
  const rest = network.assets.filter(({ id }) => !inCells.has(id));
  const only = cells.length > 0 ? `, whose cells are zones of their own` : '';
  return [
    ...cells.map((cell) => cellPart(cell, network, label)),
    part(network, use, kind, name, rest, reasons, (asset) => [
      `stands in ${network.label}, a network of ${kind === 'field' ? 'outstations' : `${use} devices`}${only}`,
      ...purposeReason(asset, division),
    ]),
  ];
}

function mixedParts(network: Network, division: Division): Part[] {
  const { purposeOf, control, label } = division;
  const { assets } = network;
  const safety = safetyOf(assets, division);
  const others = assets.filter(({ id }) => !safety.has(id));
  const [devices, panels] = machinesOf(others, purposeOf);
  const cells = cellsOf(devices, panels, control, label);
  const inCells = new Set(cells.flatMap(({ members }) => members));
  const shares = `the network ${network.label} is shared by machines, operators or offices: divided by purpose`;
  const bare = devices.filter(({ id }) => !inCells.has(id));
  const bareIds = new Set(bare.map(({ id }) => id));
  const isTheirs = (id: string) => control.panelOf.get(id)?.some((controller) => bareIds.has(controller)) ?? false;
  const local = panels.filter(({ id }) => !inCells.has(id) && isTheirs(id));
  const localIds = new Set(local.map(({ id }) => id));
  const staff = others.filter((asset) => {
    const purpose = purposeOf(asset);
    return (
      purpose === 'operations' ||
      purpose === 'engineering' ||
      (purpose === 'panel' && !localIds.has(asset.id) && !inCells.has(asset.id))
    );
  });
  return [
    part(
      network,
      'safety',
      'safety',
      'Safety',
      assets.filter(({ id }) => safety.has(id)),
      [shares, 'safety systems stand apart from what they guard (IEC 62443-3-2, ZCR 3.3)'],
      (asset) => [safety.get(asset.id) as string],
    ),
    ...cells.map((cell) => cellPart(cell, network, label)),
    part(
      network,
      'control',
      'control',
      'Control',
      [...bare, ...local],
      [shares, 'its controllers and what they control'],
      (asset) => purposeReason(asset, division),
    ),
    ...operatorParts(network, staff, division),
    ...officeParts(
      network,
      others.filter((asset) => purposeOf(asset) === 'office'),
      division,
    ),
  ].filter(({ members }) => members.size > 0);
}

/** Controllers and devices, and panels. */
function machinesOf(assets: readonly Asset[], purposeOf: PurposeOf): [devices: Asset[], panels: Asset[]] {
  return [
    assets.filter((asset) => purposeOf(asset) === 'process'),
    assets.filter((asset) => purposeOf(asset) === 'panel'),
  ];
}

/** Safety controllers, the devices they own, and the hosts that deal with nobody else; with the reason of each. */
function safetyOf(assets: readonly Asset[], { purposeOf, control, label }: Division): Map<string, string> {
  const safety = new Map<string, string>();
  const controllers = new Set(assets.filter((asset) => purposeOf(asset) === 'safety').map(({ id }) => id));
  for (const id of controllers) safety.set(id, 'is a safety controller');
  for (const asset of assets) {
    const owner = control.ownerOf.get(asset.id);
    if (owner !== undefined && controllers.has(owner)) safety.set(asset.id, `is controlled by ${label(owner)}`);
    else if (COMPUTERS.has(purposeOf(asset)) && staysWithin(control, asset.id, controllers)) {
      safety.set(asset.id, 'programs or asks safety controllers only');
    }
  }
  return safety;
}

function cellPart(cell: Cell, network: Network, label: (id: string) => string): Part {
  const [head] = cell.controllers as [string];
  const name = cell.area === null ? `Cell of ${label(head)}` : `Cell ${cell.area.toUpperCase()} (${label(head)})`;
  const heads = new Set(cell.controllers);
  const members = cell.members.map((id): [string, readonly string[]] => [
    id,
    [
      heads.has(id)
        ? id === head
          ? 'is the controller of this cell'
          : 'is a controller of this cell'
        : `works with ${label(head)} of this cell`,
    ],
  ]);
  return {
    id: `cell-${head.replace(/^(ip|mac)-/, '').replace(/[^a-z0-9]+/g, '-')}`,
    name,
    kind: 'control',
    reasons: [...cell.reasons, `in the network ${network.label}`],
    members: new Map(members),
  };
}

/** Operators, and apart from them the hosts that program: whoever holds those holds every controller. */
function operatorParts(network: Network, staff: readonly Asset[], division: Division): Part[] {
  const { purposeOf } = division;
  const programmers = staff.filter((asset) => purposeOf(asset) === 'engineering');
  const rest = staff.filter((asset) => purposeOf(asset) !== 'engineering');
  const operators = rest.filter((asset) => COMPUTERS.has(purposeOf(asset)));
  const apart = programmers.length > 0 && operators.length >= LEAST_OPERATORS;
  const here = `in the network ${network.label}`;
  const why = (asset: Asset) => purposeReason(asset, division);
  if (!apart) {
    return [
      part(
        network,
        'supervisory',
        'supervisory',
        'Supervisory',
        staff,
        [`hosts that operate the plant, ${here}`],
        why,
        programmers.length > 0,
      ),
    ];
  }
  return [
    part(network, 'supervisory', 'supervisory', 'Supervisory', rest, [`hosts that operate the plant, ${here}`], why),
    part(
      network,
      'engineering',
      'supervisory',
      'Engineering',
      programmers,
      [
        `hosts that program controllers, ${here}`,
        'whoever holds them can change every controller they reach: they need more protection than operators',
      ],
      why,
      true,
    ),
  ];
}

/** Offices, and apart from them the servers that the plant uses too. */
function officeParts(network: Network, office: readonly Asset[], division: Division): Part[] {
  const isServer = ({ role }: Asset) => role === 'server' || role === 'domain-controller';
  const servers = office.filter(isServer);
  const clients = office.filter((asset) => !isServer(asset));
  const { parties } = division.control;
  const shared = servers.some(({ id }) => {
    const party = parties.get(id);
    return party?.dealings.some((dealing) => division.isOperational(peerIn(dealing, party).id));
  });
  const here = `in the network ${network.label}`;
  const why = (asset: Asset) => purposeReason(asset, division);
  if (servers.length < LEAST_SERVERS || clients.length < LEAST_SERVERS || !shared) {
    return [part(network, 'enterprise', 'enterprise', 'Office', office, [`office computers, ${here}`], why)];
  }
  return [
    part(network, 'enterprise', 'enterprise', 'Office', clients, [`office computers, ${here}`], why),
    part(
      network,
      'servers',
      'enterprise',
      'Servers',
      servers,
      [`servers that offices and the plant both use, ${here}`],
      why,
    ),
  ];
}

function part(
  network: Network,
  word: string,
  kind: ZoneKind,
  name: string,
  assets: readonly Asset[],
  reasons: readonly string[],
  why: (asset: Asset) => readonly string[],
  programs = word === 'engineering',
): Part {
  const members = new Map(assets.map((asset) => [asset.id, why(asset)]));
  return { id: `${word}-${network.id}`, name: `${name} ${network.label}`, kind, programs, reasons, members };
}

const PURPOSE_REASONS: Readonly<Record<Purpose, string | null>> = {
  safety: 'is a safety controller',
  process: null,
  panel: 'operates the process',
  operations: 'serves the operation of the plant',
  engineering: 'programs controllers',
  office: 'does office work',
  infrastructure: 'serves the network it stands in',
  outside: 'has a public address',
  unknown: null,
};

function purposeReason(asset: Asset, { purposeOf, control, label }: Division): string[] {
  const owner = control.ownerOf.get(asset.id);
  if (owner !== undefined) return [`is a ${asset.role}, controlled by ${label(owner)}`];
  const panelOf = control.panelOf.get(asset.id);
  if (panelOf !== undefined) return [`operates ${panelOf.map(label).join(' and ')} and no other`];
  const reason = PURPOSE_REASONS[purposeOf(asset)];
  return [`is judged ${asset.role}${reason === null ? '' : `: ${reason}`}`];
}
