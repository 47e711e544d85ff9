/**
 * Security level targets (IEC 62443-1-1, 62443-3-2 ZCR 5): from a zone's kind, raised by what hangs on it. A proposal; the
 * operator knows the risk.
 */
import { few } from '../few.ts';
import type { DraftZone } from './draft.ts';
import { byText } from './grouping.ts';
import type { SecurityLevel, ZoneKind } from './zone.ts';

/** What zones have to do with each other, by their ids. */
export interface ZoneLinks {
  /** Zones whose devices a zone asks for process values, or commands. */
  readonly asks: ReadonlyMap<string, ReadonlySet<string>>;
  /** The zones from which connections into a zone are opened. */
  readonly entered: ReadonlyMap<string, ReadonlySet<string>>;
  /** Zones of which nothing is heard but behind a router. */
  readonly remote: ReadonlySet<string>;
}

const BY_KIND: Readonly<Record<ZoneKind, readonly [level: SecurityLevel, why: string]>> = {
  enterprise: [1, 'office systems: protection against casual or coincidental violation'],
  dmz: [2, 'stands between offices and plant: intentional violation with simple means'],
  supervisory: [2, 'operates the process: intentional violation with simple means'],
  control: [2, 'runs the process: intentional violation with simple means'],
  safety: [3, 'keeps people from harm when all else fails: sophisticated violation with specific skills'],
  field: [2, 'stands in the process: intentional violation with simple means'],
  remote: [1, 'others own what is there: only what is let in can be required'],
  external: [0, 'nothing can be required of it'],
};

export const SECURITY_LEVEL_OF_KIND: Readonly<Record<ZoneKind, SecurityLevel>> = {
  enterprise: BY_KIND.enterprise[0],
  dmz: BY_KIND.dmz[0],
  supervisory: BY_KIND.supervisory[0],
  control: BY_KIND.control[0],
  safety: BY_KIND.safety[0],
  field: BY_KIND.field[0],
  remote: BY_KIND.remote[0],
  external: BY_KIND.external[0],
};

/** Kinds of zone that what hangs on them may raise. */
const RAISED: ReadonlySet<ZoneKind> = new Set(['supervisory', 'control']);

/** @param nameOf of a zone by its id */
export function securityLevelOf(
  zone: DraftZone,
  links: ZoneLinks,
  kindOf: ReadonlyMap<string, ZoneKind>,
  nameOf: (id: string) => string,
): { level: SecurityLevel; rationale: string[] } {
  const [level, why] = BY_KIND[zone.kind];
  const exposed = exposure(zone, links, kindOf, nameOf);
  if (zone.id.startsWith('servers-')) {
    return { level: 2, rationale: ['office servers that the plant uses too: who holds them holds both', ...exposed] };
  }
  const raises = RAISED.has(zone.kind) ? raisesOf(zone, links, kindOf, nameOf) : [];
  if (raises.length === 0) return { level, rationale: [why, ...exposed] };
  return { level: 3, rationale: [why, ...raises.map((raise) => `raised to 3: ${raise}`), ...exposed] };
}

function raisesOf(
  zone: DraftZone,
  { asks, remote }: ZoneLinks,
  kindOf: ReadonlyMap<string, ZoneKind>,
  nameOf: (id: string) => string,
): string[] {
  const asked = [...(asks.get(zone.id) ?? [])].sort(byText);
  const safety = asked.filter((id) => kindOf.get(id) === 'safety');
  const sites = asked.filter((id) => remote.has(id) && (kindOf.get(id) === 'field' || kindOf.get(id) === 'control'));
  return [
    ...(zone.programs ? ['hosts in it program controllers: whoever holds them can change the process'] : []),
    ...(safety.length > 0
      ? [`it deals with the safety system (${few(safety.map(nameOf))}): the process it works on can do harm`]
      : []),
    ...(zone.kind === 'supervisory' && sites.some((id) => kindOf.get(id) === 'field')
      ? [
          `it commands ${sites.length === 1 ? 'a site' : `${sites.length} groups of sites`} beyond a router, where nobody is at hand`,
        ]
      : []),
  ];
}

/** From where a zone is entered that it should not trust: told, not counted, for a conduit may end it. */
function exposure(
  { id, kind }: DraftZone,
  { entered }: ZoneLinks,
  kindOf: ReadonlyMap<string, ZoneKind>,
  nameOf: (id: string) => string,
): string[] {
  if (kind === 'enterprise' || kind === 'external' || kind === 'remote') return [];
  const from = [...(entered.get(id) ?? [])].filter((other) => ['external', 'remote'].includes(kindOf.get(other) ?? ''));
  return from.length === 0
    ? []
    : [`entered from outside (${few(from.sort(byText).map(nameOf))}): end or guard that first`];
}
