/** Who sends log messages and alarms, and who asks for the time, by zone. */
import type { Zone } from '../zones/zone.ts';
import { isOt, type PlantView, type Talk } from './plant-view.ts';

/** A zone in which fewer devices sent is too small to say what it lacks. */
const LEAST_DEVICES = 2;
/** Shorter captures miss what happens every few minutes. */
export const LEAST_SPAN = 900e6;

const CLOCKS: ReadonlySet<string> = new Set(['ntp', 'ptp']);
const TRAP_PORT = 162;

/** Log messages, and SNMP traps and informs (RFC 3416, 4.2.6: to port 162). */
export function isReporting({ conversation: { protocol, port } }: Talk): boolean {
  return protocol === 'syslog' || (protocol === 'snmp' && port === TRAP_PORT) || protocol === 'udp/162';
}

export function isTimekeeping({ conversation: { protocol } }: Talk): boolean {
  return CLOCKS.has(protocol);
}

/** Ids of zones of which some asset sends what `is` tells. */
export function zonesSending({ talks }: PlantView, is: (talk: Talk) => boolean): ReadonlySet<string> {
  return new Set(talks.filter(is).flatMap(({ client }) => client.zone?.id ?? []));
}

/** Plant zones with devices enough to be spoken of. */
export function plantZones({ zoning }: PlantView): Zone[] {
  return zoning.zones.filter((zone) => isOt(zone) && zone.members.length >= LEAST_DEVICES);
}
