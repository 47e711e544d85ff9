import type { PacketView } from './packet-view.ts';

/** Ceilings of fragment reassembly. */
export interface FragmentLimits {
  /** Datagrams being put together at once. */
  readonly datagrams: number;
  /** Pieces of one datagram: 64 KiB in pieces of 1480 bytes are 45. */
  readonly pieces: number;
  /** Microseconds after which the missing pieces are given up (RFC 791 suggests 15 s, RFC 8200 60 s). */
  readonly timeout: number;
}

/** An IP datagram is at most this long, whatever its fragments claim. */
const MAX_DATAGRAM_BYTES = 65_535;

class Assembly {
  /** Addresses, identification, protocol and VLAN of the datagram. */
  readonly key = new Int32Array(11);
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  pieces = 0;
  totalBytes = -1; // known once the last piece has come
  startedAt = 0;
  bytes = new Uint8Array(0);

  constructor(pieces: number) {
    this.starts = new Int32Array(pieces);
    this.ends = new Int32Array(pieces);
  }
}

/**
 * Puts IP fragments together again. The number of datagrams under way, their pieces and bytes are bounded; a new
 * datagram takes the place of the oldest. A piece that overlaps another is refused with its whole datagram, as
 * RFC 5722 demands for IPv6: no honest sender makes any, and which bytes count would be the receiver's secret.
 */
export class FragmentTable {
  readonly #limits: FragmentLimits;
  readonly #assemblies: Assembly[] = [];
  /** The datagram that the last successful `add` completed; valid until the next. */
  datagram = new Uint8Array(0);
  datagramBytes = 0;
  /** Datagrams given up: too old, overlapping, too many pieces, or pushed out by newer ones. */
  abandoned = 0;

  constructor(limits: FragmentLimits) {
    this.#limits = limits;
  }

  /**
   * Takes the fragment whose data is `b[view.payloadAt, view.payloadEnd)`, `offset` bytes into its datagram.
   * @returns whether the datagram is whole; then it is `datagram[0, datagramBytes)`.
   */
  add(v: PacketView, b: Uint8Array, identification: number, offset: number, more: boolean, time: number): boolean {
    const start = offset;
    const end = offset + v.payloadEnd - v.payloadAt;
    if (end > MAX_DATAGRAM_BYTES || end === start) return false;
    const assembly = this.#find(v, identification, time);
    if (assembly.pieces === this.#limits.pieces) return this.#abandon(assembly);
    for (let i = 0; i < assembly.pieces; i++) {
      if (assembly.starts[i] === start && assembly.ends[i] === end) return false; // seen twice
      if (start < (assembly.ends[i] as number) && end > (assembly.starts[i] as number)) return this.#abandon(assembly);
    }
    if (end > assembly.bytes.length) {
      const grown = new Uint8Array(Math.min(MAX_DATAGRAM_BYTES, Math.max(2 * assembly.bytes.length, end)));
      grown.set(assembly.bytes);
      assembly.bytes = grown;
    }
    for (let from = v.payloadAt, to = start; to < end; ) assembly.bytes[to++] = b[from++] as number;
    assembly.starts[assembly.pieces] = start;
    assembly.ends[assembly.pieces++] = end;
    if (!more) assembly.totalBytes = end;
    if (assembly.totalBytes < 0) return false;

    let have = 0;
    for (let i = 0; i < assembly.pieces; i++) have += (assembly.ends[i] as number) - (assembly.starts[i] as number);
    if (have !== assembly.totalBytes) return false;
    this.datagram = assembly.bytes;
    this.datagramBytes = have;
    this.#drop(assembly);
    assembly.bytes = new Uint8Array(0);
    return true;
  }

  #find(v: PacketView, identification: number, time: number): Assembly {
    for (let i = this.#assemblies.length - 1; i >= 0; i--) {
      const assembly = this.#assemblies[i] as Assembly;
      if (time - assembly.startedAt > this.#limits.timeout) this.#abandon(assembly);
      else if (this.#matches(assembly.key, v, identification)) return assembly;
    }
    if (this.#assemblies.length === this.#limits.datagrams) this.#abandon(this.#assemblies[0] as Assembly);
    const assembly = new Assembly(this.#limits.pieces);
    this.#fill(assembly.key, v, identification);
    assembly.startedAt = time;
    this.#assemblies.push(assembly);
    return assembly;
  }

  #fill(key: Int32Array, v: PacketView, identification: number): void {
    const v6 = v.family === 6;
    key[0] = v.source0;
    key[1] = v.destination0;
    key[2] = v6 ? v.source1 : 0;
    key[3] = v6 ? v.source2 : 0;
    key[4] = v6 ? v.source3 : 0;
    key[5] = v6 ? v.destination1 : 0;
    key[6] = v6 ? v.destination2 : 0;
    key[7] = v6 ? v.destination3 : 0;
    key[8] = identification;
    key[9] = v.protocol;
    key[10] = v.vlan;
  }

  #matches(key: Int32Array, v: PacketView, identification: number): boolean {
    const v6 = v.family === 6;
    return (
      key[8] === identification &&
      key[0] === v.source0 &&
      key[1] === v.destination0 &&
      key[9] === v.protocol &&
      key[10] === v.vlan &&
      (!v6 ||
        (key[2] === v.source1 &&
          key[3] === v.source2 &&
          key[4] === v.source3 &&
          key[5] === v.destination1 &&
          key[6] === v.destination2 &&
          key[7] === v.destination3))
    );
  }

  #abandon(assembly: Assembly): false {
    this.abandoned++;
    this.#drop(assembly);
    return false;
  }

  #drop(assembly: Assembly): void {
    this.#assemblies.splice(this.#assemblies.indexOf(assembly), 1);
  }
}
