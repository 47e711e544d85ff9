/** How assets, services and counts are called in sentences. */
import type { Role } from '../model/roles/role.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import type { PictureAsset } from './picture.ts';

const ACRONYMS: Readonly<Record<string, string>> = {
  plc: 'PLC',
  rtu: 'RTU',
  ied: 'IED',
  hmi: 'HMI',
  scada: 'SCADA',
  io: 'I/O',
};

/** A role as people write it: `PLC`, `SCADA server`, `engineering workstation`. */
export function roleWords(role: Role): string {
  return role
    .split('-')
    .map((word) => ACRONYMS[word] ?? word)
    .join(' ');
}

/** An asset for a sentence: `PLC 10.0.0.1 (FILLER)`, `part slot-3 of 10.0.0.1`, `device 00:1b:…`. */
export function assetLabel({
  id,
  ip,
  mac,
  names,
  role,
  parent,
}: Pick<PictureAsset, 'id' | 'ip' | 'mac' | 'names' | 'role' | 'parent'>): string {
  if (parent !== null) return `part ${id.slice(parent.length + 1)} of ${parent.replace(/^(ip|mac)-/, '')}`;
  const what = role === 'unknown' ? 'device' : roleWords(role);
  const name = names[0];
  return `${what} ${ip[0] ?? mac[0] ?? id}${name === undefined ? '' : ` (${name})`}`;
}

/** A service for a sentence: `modbus (tcp/502)`, `tcp/4840`. */
export function serviceLabel({
  protocol,
  transport,
  port,
}: Pick<ConversationSnapshot, 'protocol' | 'transport' | 'port'>): string {
  return port === null || protocol === `${transport}/${port}` ? protocol : `${protocol} (${transport}/${port})`;
}

/** `1 request`, `5 requests`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Names that a sentence lists before it counts. */
const FEW = 8;

export function few(names: readonly string[]): string {
  return names.length <= FEW ? names.join(', ') : `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more`;
}
