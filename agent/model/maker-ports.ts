/**
 * Ports on which one maker's devices speak a protocol whose structure is not public. A port alone says nothing; that the
 * interface is the maker's too makes it a hint, and no more: nothing is decoded, and the conversation keeps its port as
 * its name.
 */
import { type Behaviour, speaks } from './behaviour.ts';
import type { Role } from './roles/role.ts';
import type { EvidenceSnapshot } from './snapshot.ts';

export interface MakerPort {
  readonly maker: RegExp;
  /** As conversations are called in which nothing was recognised. */
  readonly protocol: string;
  readonly role: Role;
  readonly says: string;
}

/**
 * HIMA: safeethernet between controllers and remote I/O, what SILworX and ELOP II Factory program them by, and how a
 * controller configures its remote I/O. The manuals of HIMatrix and HIMax devices list them under "Network Ports Used for
 * Ethernet Communication".
 */
const MAKER_PORTS: readonly MakerPort[] = [
  {
    maker: /\bhima\b/i,
    protocol: 'udp/6010',
    role: 'safety-controller',
    says: 'speaks on the port of safeethernet (UDP 6010)',
  },
  {
    maker: /\bhima\b/i,
    protocol: 'udp/8000',
    role: 'safety-controller',
    says: 'speaks on the port of SILworX and ELOP II programming (UDP 8000)',
  },
  {
    maker: /\bhima\b/i,
    protocol: 'udp/8001',
    role: 'safety-controller',
    says: 'speaks on the port by which ELOP II controllers configure remote I/O (UDP 8001)',
  },
  {
    maker: /\bhima\b/i,
    protocol: 'udp/8004',
    role: 'safety-controller',
    says: 'speaks on the port by which SILworX controllers configure remote I/O (UDP 8004)',
  },
];

const CONFIDENCE = 0.3;

/** The ports of its own maker on which a device speaks. */
export function makerPortsOf(vendors: readonly string[], behaviour: Behaviour): MakerPort[] {
  return MAKER_PORTS.filter(
    ({ maker, protocol }) => speaks(behaviour, protocol) && vendors.some((name) => maker.test(name)),
  );
}

/** The same as evidence. */
export function makerPortEvidence(
  heard: readonly EvidenceSnapshot[],
  behaviour: Behaviour,
  times: { readonly firstSeen: number; readonly lastSeen: number },
): EvidenceSnapshot[] {
  const vendors = heard.filter(({ field }) => field === 'vendor').map(({ value }) => value);
  return makerPortsOf(vendors, behaviour).map(({ says, protocol }) => ({
    field: 'note',
    value: says,
    source: `${protocol.replace('/', '.')}.maker-port`,
    confidence: CONFIDENCE,
    ...{ unit: null, file: null, frame: null, times: 1 },
    ...times,
  }));
}
