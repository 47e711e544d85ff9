/** What an asset is for. The list is part of the report's contract. */
export type Role =
  | 'plc'
  | 'rtu'
  | 'ied'
  | 'safety-controller'
  | 'remote-io'
  | 'drive'
  | 'hmi'
  | 'scada-server'
  | 'engineering-workstation'
  | 'historian'
  | 'gateway'
  | 'protocol-converter'
  | 'switch'
  | 'router'
  | 'firewall'
  | 'server'
  | 'domain-controller'
  | 'workstation'
  | 'printer'
  | 'camera'
  | 'clock'
  | 'external-host'
  | 'unknown';

/** Roles that control a process directly or stand in it. */
export const CONTROLLERS: ReadonlySet<Role> = new Set(['plc', 'rtu', 'ied', 'safety-controller']);
export const FIELD_DEVICES: ReadonlySet<Role> = new Set([...CONTROLLERS, 'remote-io', 'drive', 'gateway']);

/** Purdue levels (ISA-95, IEC 62264-1) by role; a server or a workstation is where its network is. */
export const LEVELS: Readonly<Record<Role, number | null>> = {
  plc: 1,
  rtu: 1,
  ied: 1,
  'safety-controller': 1,
  'remote-io': 0,
  drive: 0,
  hmi: 2,
  'scada-server': 2,
  'engineering-workstation': 2,
  historian: 3,
  gateway: 1,
  'protocol-converter': 1,
  switch: 2,
  router: 3,
  firewall: 3,
  server: 4,
  'domain-controller': 4,
  workstation: 4,
  printer: 4,
  camera: 2,
  clock: 2,
  'external-host': 5,
  unknown: null,
};

/** Something that speaks for a role. */
export interface Vote {
  readonly role: Role;
  /** How much: 1 a hint, 3 nearly proof, 5 proof. */
  readonly weight: number;
  readonly reason: string;
}

/** The role that most speaks for, why, and what came second. */
export interface Judgement {
  readonly role: Role;
  /** Share of all weight that speaks for the role, 0 to 1; 0 when it is unknown. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly runnerUp: { readonly role: Role; readonly reasons: readonly string[] } | null;
}

/** Less than this speaks for nothing. */
const LEAST_WEIGHT = 1;

/** Counts votes. The order of the votes does not matter: equal weights are decided by the role's name. */
export function judge(votes: readonly Vote[]): Judgement {
  const totals = new Map<Role, { weight: number; reasons: string[] }>();
  for (const { role, weight, reason } of votes) {
    const known = totals.get(role);
    if (known === undefined) totals.set(role, { weight, reasons: [reason] });
    else {
      known.weight += weight;
      known.reasons.push(reason);
    }
  }
  const ranked = [...totals].sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1));
  const [best, second] = ranked;
  if (best === undefined || best[1].weight < LEAST_WEIGHT) {
    return { role: 'unknown', confidence: 0, reasons: ['its traffic does not tell'], runnerUp: null };
  }
  const all = ranked.reduce((sum, [, { weight }]) => sum + weight, 0);
  return {
    role: best[0],
    confidence: Math.round((100 * best[1].weight) / all) / 100,
    reasons: best[1].reasons,
    runnerUp: second === undefined ? null : { role: second[0], reasons: second[1].reasons },
  };
}
