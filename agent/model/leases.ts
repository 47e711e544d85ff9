/** To which MAC addresses an address was leased by DHCP, as the answers of servers say (RFC 2131, section 4.3.1). */
import type { EvidenceSnapshot, HostSnapshot } from './snapshot.ts';

/** Who has the address of a host by lease, and who had it before. */
export interface Leases {
  /** The MAC address that has it; null when nothing tells. */
  readonly holder: string | null;
  /** MAC addresses that had it earlier: other devices. */
  readonly former: ReadonlySet<string>;
}

const NONE: Leases = { holder: null, former: new Set() };

export function leasesOf({ evidence }: HostSnapshot): Leases {
  const leases = evidence.filter(({ source }) => source === 'dhcp.chaddr');
  const [first, ...others] = leases;
  if (first === undefined) return NONE;
  const last = others.reduce((a, b) => (isLater(b, a) ? b : a), first);
  const former = leases.map(({ value }) => value).filter((mac) => mac !== last.value);
  return { holder: last.value, former: new Set(former) };
}

function isLater(a: EvidenceSnapshot, b: EvidenceSnapshot): boolean {
  return a.lastSeen > b.lastSeen || (a.lastSeen === b.lastSeen && a.value < b.value);
}
