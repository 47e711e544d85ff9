/**
 * Cells of one network: a controller with what it owns and the panel that operates only it. A network of controllers is
 * divided when its machines stand on their own; controllers that common operators run are one process unit.
 */
import { few } from '../few.ts';
import type { Asset } from '../model/asset.ts';
import { Groups } from '../model/groups.ts';
import { CONTROLLERS } from '../model/roles/role.ts';
import { communitiesOf } from './communities.ts';
import type { Control } from './control.ts';
import { appended, byText, topOf } from './grouping.ts';
import { areasOf } from './names.ts';

export interface Cell {
  /** Ids of its controllers in order; the first names the cell. */
  readonly controllers: readonly string[];
  /** Ids of all its members, controllers among them. */
  readonly members: readonly string[];
  /** Why they are one cell. */
  readonly reasons: readonly string[];
  /** The word that its members' names share. */
  readonly area: string | null;
}

/** One of several controllers must get this share of the busiest one's requests to own a device too. */
const SHARE_OF_OWNER = 0.25;
/** Share of a network's controllers that must stand in cells of their own before it is divided. */
const LEAST_SHARE_IN_CELLS = 0.5;

/**
 * The cells of a network, or none when it is better left whole.
 * @param devices the network's controllers and what they may own
 * @param panels the network's panels
 */
export function cellsOf(
  devices: readonly Asset[],
  panels: readonly Asset[],
  control: Control,
  label: (id: string) => string,
): Cell[] {
  const owned = new Map<string, string[]>();
  const groups = new Groups();
  const present = new Set(devices.map(({ id }) => id));
  const controllers = devices.filter((device) => isHead(device, control, present));
  for (const { id } of controllers) groups.add(id);
  const isController = new Set(controllers.map(({ id }) => id));
  for (const { id } of devices) {
    const owner = control.ownerOf.get(id);
    if (owner === undefined || !isController.has(owner)) continue;
    appended(owned, owner, id);
    const askedBy = control.parties.get(id)?.askedBy ?? [];
    const most = askedBy.find(({ client }) => client.asset.id === owner)?.requests ?? 0;
    for (const { client, requests } of askedBy) {
      const other = client.asset.id;
      if (other !== owner && isController.has(other) && requests >= SHARE_OF_OWNER * most) {
        groups.join(owner, other, `${label(id)} is shared by ${label(owner)} and ${label(other)}`);
      }
    }
  }
  const panelsOf = new Map<string, string[]>();
  for (const { id } of panels) {
    const [first, ...others] = (control.panelOf.get(id) ?? []).filter((controller) => isController.has(controller));
    if (first === undefined) continue;
    appended(panelsOf, first, id);
    for (const other of others) {
      groups.join(first, other, `the panel ${label(id)} operates both ${label(first)} and ${label(other)}`);
    }
  }
  const areaOf = sharedAreas(controllers, owned, panelsOf, new Map([...devices, ...panels].map((a) => [a.id, a])));
  joinAreas(groups, areaOf, label);

  const components = new Map<string, string[]>();
  for (const { id } of controllers) appended(components, groups.root(id), id);
  const cells = [...components].map(([root, members]): Cell & { readonly stands: boolean } => {
    const own = members.flatMap((id) => owned.get(id) ?? []);
    const screens = members.flatMap((id) => panelsOf.get(id) ?? []);
    const area = members.map((id) => areaOf.get(id)).find((word) => word !== undefined) ?? null;
    const heads = [...members].sort(byText);
    return {
      controllers: heads,
      members: [...heads, ...own.sort(byText), ...screens.sort(byText)],
      reasons: [...cellReasons(heads, own, screens, label), ...groups.reasons(root).sort(byText)],
      area,
      stands: screens.length > 0 || (area !== null && own.length > 0),
    };
  });
  const standing = cells.filter(({ stands }) => stands);
  const inCells = standing.reduce((sum, cell) => sum + cell.controllers.length, 0);
  if (standing.length >= 2 && inCells >= LEAST_SHARE_IN_CELLS * controllers.length) {
    // a controller with I/O is a machine even without a panel; a bare one stays with the network
    return cells.filter(({ stands, members, controllers: heads }) => stands || members.length > heads.length);
  }
  return communitiesOf(cells, control, label);
}

/** Whether a device is a machine's head: a controller, or a gateway that no controller of the network asks. */
function isHead({ id, role }: Asset, control: Control, present: ReadonlySet<string>): boolean {
  return CONTROLLERS.has(role) || (role === 'gateway' && !present.has(control.ownerOf.get(id) ?? ''));
}

function cellReasons(
  heads: readonly string[],
  owned: readonly string[],
  screens: readonly string[],
  label: (id: string) => string,
): string[] {
  const names = few(heads.map(label));
  return [
    ...(owned.length > 0
      ? [`${names} controls ${owned.length === 1 ? '1 device' : `${owned.length} devices`} of its own`]
      : []),
    ...(screens.length > 0
      ? [`${few(screens.map(label))} ${screens.length === 1 ? 'operates' : 'operate'} only ${names}`]
      : []),
  ];
}

/** The area that a controller's name shares with what hangs on it. */
function sharedAreas(
  controllers: readonly Asset[],
  owned: ReadonlyMap<string, readonly string[]>,
  panels: ReadonlyMap<string, readonly string[]>,
  byId: ReadonlyMap<string, Asset>,
): Map<string, string> {
  const shared = new Map<string, string>();
  for (const { id, names } of controllers) {
    const own = areasOf(names);
    const counts = new Map<string, number>();
    for (const other of [...(owned.get(id) ?? []), ...(panels.get(id) ?? [])]) {
      for (const area of areasOf(byId.get(other)?.names ?? [])) counts.set(area, (counts.get(area) ?? 0) + 1);
    }
    const area = topOf(new Map([...counts].filter(([word]) => own.includes(word))));
    if (area !== undefined) shared.set(id, area);
  }
  return shared;
}

/** Controllers of one area are one cell, unless all are of the same: then the word tells the plant, not the cell. */
function joinAreas(groups: Groups, areaOf: ReadonlyMap<string, string>, label: (id: string) => string): void {
  const firstOf = new Map<string, string>();
  if (new Set(areaOf.values()).size < 2) return;
  for (const [id, area] of [...areaOf].sort(([a], [b]) => byText(a, b))) {
    const first = firstOf.get(area);
    if (first === undefined) firstOf.set(area, id);
    else groups.join(first, id, `${label(first)} and ${label(id)} are both named after "${area}"`);
  }
}
