/**
 * What a sensor passes over while more comes than it can read: of established bulk transfers it looks at one frame in
 * so many, before anything of the frame is read. New flows, what opens and closes connections and the protocols of
 * machines are never passed over.
 */
import { u16be, u32be } from '../../parsers/bytes.ts';
import { FIN, RST, SYN } from '../../parsers/net/packet-view.ts';

/** Flows that can be marked at a time; where two fall on one place, the later one has it. */
const SLOTS = 65_536;

const ETHERNET = 1; // LINKTYPE_ETHERNET
const ETHERTYPE = 12;
const VLAN = 0x8100;
const IPV4 = 0x0800;
const TCP = 6;
const UDP = 17;
/** Of the IPv4 header (RFC 791, section 3.1). */
const FRAGMENT = 6;
const PROTOCOL = 9;
const SOURCE = 12;
const DESTINATION = 16;
const SHORTEST_HEADER = 20;
/** Of the TCP header (RFC 9293, section 3.1). */
const FLAGS = 13;

/** Protocols of computers that move much: machines are not run by them. */
export const BULK_PROTOCOLS: ReadonlySet<string> = new Set([
  ...['http', 'tls', 'smb', 'ftp', 'ssh', 'rdp', 'vnc', 'rtsp', 'smtp', 'imap', 'pop3', 'teamviewer'],
  ...['mssql', 'mysql', 'postgresql', 'oracle-tns'],
]);

export class Shedding {
  readonly #marks = new Uint32Array(SLOTS);
  readonly #place = Math.floor(Math.random() * 0x1_0000_0000) | 1;
  readonly #mark = Math.floor(Math.random() * 0x1_0000_0000) | 1;
  #turn = 0;
  /** Of a marked flow, one frame in so many is read. */
  every = 2;

  /** One direction of a flow over IPv4 may be sampled from now on. Addresses as 32 bits. */
  mark(source: number, destination: number, sourcePort: number, destinationPort: number): void {
    const ports = (sourcePort << 16) | destinationPort;
    this.#marks[this.#slot(source, destination, ports)] = this.#tag(source, destination, ports);
  }

  /** Whether the frame in `b[at, end)` is one of a marked flow that is not read. */
  passesOver(b: Uint8Array, at: number, end: number, link: number): boolean {
    if (link !== ETHERNET || end - at < ETHERTYPE + 6 + SHORTEST_HEADER + FLAGS + 1) return false;
    let ip = at + ETHERTYPE + 2;
    if (u16be(b, ip - 2) === VLAN) ip += 4;
    if (u16be(b, ip - 2) !== IPV4 || (u16be(b, ip + FRAGMENT) & 0x3fff) !== 0) return false;
    const transport = ip + 4 * ((b[ip] as number) & 0x0f);
    if (transport + FLAGS >= end) return false;
    const protocol = b[ip + PROTOCOL];
    if (protocol === TCP) {
      if (((b[transport + FLAGS] as number) & (SYN | FIN | RST)) !== 0) return false;
    } else if (protocol !== UDP) return false;
    const source = u32be(b, ip + SOURCE);
    const destination = u32be(b, ip + DESTINATION);
    const ports = u32be(b, transport) | 0;
    const tag = this.#tag(source, destination, ports);
    if (this.#marks[this.#slot(source, destination, ports)] !== tag) return false;
    this.#turn++;
    return this.#turn % this.every !== 0;
  }

  #slot(source: number, destination: number, ports: number): number {
    return hash(source, destination, ports, this.#place) & (SLOTS - 1);
  }

  /** Never 0, the mark of an empty place. */
  #tag(source: number, destination: number, ports: number): number {
    return (hash(source, destination, ports, this.#mark) | 1) >>> 0;
  }
}

/** Keyed, so that nobody outside can choose what falls together. After MurmurHash3's mixing (A. Appleby, public domain). */
function hash(a: number, b: number, c: number, key: number): number {
  let h = Math.imul(a ^ key, 0x85eb_ca6b);
  h = Math.imul((h ^ (h >>> 13)) + b, 0xc2b2_ae35);
  h = Math.imul((h ^ (h >>> 16)) + c, 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), key);
  return (h ^ (h >>> 16)) >>> 0;
}
