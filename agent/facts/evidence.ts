import type { Field } from '../../parsers/protocol.ts';
import type { Limits } from '../limits.ts';

/** One value that something said of a host (or of a part behind it), with where it was said first. */
export interface Evidence {
  readonly field: Field;
  readonly value: string;
  /** Protocol and PDU field. */
  readonly source: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** A part behind the host: Modbus unit, DNP3 link address, backplane slot; -1 for the host itself. */
  readonly unit: number;
  /** Where it was said first: index of the file, frame number in it. */
  file: number;
  frame: number;
  /** Microseconds. */
  firstSeen: number;
  lastSeen: number;
  times: number;
}

/** Distinct values kept of one host: a gateway's hundred units tell five each; a liar no more than this. */
export const MAX_PER_HOST = 1024;

/** What a value takes of memory beside its characters, which stand in its key once more. */
const BYTES_BESIDE_VALUE = 320;

/** What a device says of itself is not longer as a rule (RFC 3418, DisplayString); longer values may take half of the room. */
const MOST_CHARACTERS = 255;

/** All evidence, by host. */
export class EvidenceStore {
  readonly #byHost = new Map<number, Map<string, Evidence>>();
  /** Hosts whose evidence is another store's too; absent in a store that was never copied from one. */
  readonly #borrowed: Set<number> | undefined;
  readonly #ceiling: number;
  /** What all of it takes of memory, about. */
  bytes = 0;
  /** Values turned away because a host had too many, or all together. */
  refused = 0;

  /** @param other the store of which this is a copy: what is added here is not there */
  constructor(limits: Limits, other?: EvidenceStore) {
    this.#ceiling = limits.evidenceBytes;
    if (other === undefined) return;
    this.#byHost = new Map(other.#byHost);
    this.#borrowed = new Set(other.#byHost.keys());
    this.bytes = other.bytes;
    this.refused = other.refused;
  }

  add(host: number, evidence: Evidence): void {
    const known = this.#ofHost(host);
    const key = `${evidence.unit}|${evidence.source}|${evidence.value}`;
    const same = known.get(key);
    if (same === undefined) {
      const bytes = BYTES_BESIDE_VALUE + 2 * evidence.value.length;
      const most = evidence.value.length > MOST_CHARACTERS ? this.#ceiling / 2 : this.#ceiling;
      if (known.size >= MAX_PER_HOST || this.bytes + bytes > most) {
        this.refused++;
        return;
      }
      known.set(key, { ...evidence });
      this.bytes += bytes;
      return;
    }
    if ((evidence.firstSeen - same.firstSeen || evidence.file - same.file || evidence.frame - same.frame) < 0) {
      same.firstSeen = evidence.firstSeen;
      same.file = evidence.file;
      same.frame = evidence.frame;
    }
    same.lastSeen = Math.max(same.lastSeen, evidence.lastSeen);
    same.times += evidence.times;
  }

  #ofHost(host: number): Map<string, Evidence> {
    const known = this.#byHost.get(host);
    if (known !== undefined && !this.#borrowed?.delete(host)) return known;
    const own = new Map([...(known ?? [])].map(([key, evidence]) => [key, { ...evidence }]));
    this.#byHost.set(host, own);
    return own;
  }

  /** Whether anything was said of a host. */
  knows(host: number): boolean {
    return this.#byHost.has(host);
  }

  of(host: number): readonly Evidence[] {
    return [...(this.#byHost.get(host)?.values() ?? [])];
  }
}
