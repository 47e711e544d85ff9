/** What an asset is for, judged by the field protocols it serves and uses: a first guess with its reason. */
import type { ConversationSnapshot } from './snapshot.ts';

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

export interface RoleGuess {
  readonly role: Role;
  /** Purdue level 0 to 5, or null when it is not known. */
  readonly level: number | null;
  readonly reason: string;
}

/** Protocols that controllers and field devices serve. */
const FIELD_PROTOCOLS: ReadonlySet<string> = new Set(['modbus', 's7comm', 's7comm-plus', 'dnp3', 'enip', 'cip-io']);

/** Devices that one supervisory host polls; fewer is what an operator panel does. */
const POLLED_BY_SCADA = 3;

/**
 * @param spoken the asset's conversations and its side in each
 * @param isExternal its address is a public one
 */
export function roleOf(
  spoken: readonly (readonly [ConversationSnapshot, 'client' | 'server'])[],
  isExternal: boolean,
): RoleGuess {
  const field = spoken.filter(([{ protocol }]) => FIELD_PROTOCOLS.has(protocol));
  const served = [...new Set(field.filter(([, side]) => side === 'server').map(([{ protocol }]) => protocol))];
  const asked = field.filter(([, side]) => side === 'client').map(([conversation]) => conversation);
  const devices = new Set(asked.map(({ server }) => server)).size;
  const programs = asked.some(({ operations }) => operations.some(({ access }) => access === 'program'));

  if (served.length > 0 && served.every((protocol) => protocol === 'cip-io')) {
    return { role: 'remote-io', level: 0, reason: 'exchanges implicit I/O only' };
  }
  if (served.includes('dnp3')) return { role: 'rtu', level: 1, reason: 'answers as a DNP3 outstation' };
  if (served.length > 0) return { role: 'plc', level: 1, reason: `serves ${served.join(', ')}` };
  if (programs) return { role: 'engineering-workstation', level: 2, reason: 'moves programs or configuration' };
  if (devices >= POLLED_BY_SCADA) return { role: 'scada-server', level: 2, reason: `polls ${devices} devices` };
  if (devices > 0) return { role: 'hmi', level: 2, reason: `asks ${devices === 1 ? 'one device' : 'two devices'}` };
  if (isExternal) return { role: 'external-host', level: 5, reason: 'has a public address' };
  return { role: 'unknown', level: null, reason: 'its traffic does not tell' };
}
