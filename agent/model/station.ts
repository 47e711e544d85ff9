import { isDirectedBroadcast } from './address.ts';
import type { HostSnapshot } from './snapshot.ts';

/**
 * Whether a host is a station, or may be one that was only addressed: it names one, and looks like no network's directed
 * broadcast. In a network larger than /24 a device may have such an address, and shows it by sending.
 */
export function isStation({ unicast, firstSent, address }: HostSnapshot): boolean {
  return unicast && (firstSent !== null || !isDirectedBroadcast(address));
}
