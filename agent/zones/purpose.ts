/** What an asset is there for, in the terms in which zones are drawn. */
import type { Asset } from '../model/asset.ts';
import type { Role } from '../model/roles/role.ts';

export type Purpose =
  | 'safety'
  | 'process'
  | 'panel'
  | 'operations'
  | 'engineering'
  | 'office'
  | 'infrastructure'
  | 'outside'
  | 'unknown';

const PURPOSES: Readonly<Record<Role, Purpose>> = {
  plc: 'process',
  rtu: 'process',
  ied: 'process',
  'safety-controller': 'safety',
  'remote-io': 'process',
  drive: 'process',
  gateway: 'process',
  'protocol-converter': 'process',
  hmi: 'panel',
  'scada-server': 'operations',
  historian: 'operations',
  'engineering-workstation': 'engineering',
  server: 'office',
  'domain-controller': 'office',
  workstation: 'office',
  printer: 'office',
  switch: 'infrastructure',
  router: 'infrastructure',
  firewall: 'infrastructure',
  clock: 'infrastructure',
  camera: 'infrastructure',
  'external-host': 'outside',
  unknown: 'unknown',
};

/** The highest Purdue level of operations technology (IEC 62264-1): a computer up to here serves the plant. */
const OPERATIONS_LEVEL = 3;

/** @param runsProcess ids of safety controllers that run a process beside its safety: they are its controllers */
export function purposeOf({ id, role, purdueLevel }: Asset, runsProcess: ReadonlySet<string>): Purpose {
  const purpose = PURPOSES[role];
  if (purpose === 'safety' && runsProcess.has(id)) return 'process';
  const servesPlant = purpose === 'office' && purdueLevel !== null && purdueLevel <= OPERATIONS_LEVEL;
  return servesPlant ? 'operations' : purpose;
}

/** Purposes of hosts that people work at or that serve them: neither devices nor infrastructure. */
export const COMPUTERS: ReadonlySet<Purpose> = new Set(['panel', 'operations', 'engineering', 'office']);
