/** The bytes of captures that were handed in: in a directory of their own, the newest of them. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaptureRecord, Records } from '../store/records.ts';

export class KeptCaptures {
  readonly #directory: string | undefined;
  readonly #mostBytes: number;

  /**
   * @param directory absent where captures are read from where they lie
   * @param mostBytes that are kept; the oldest go first
   */
  constructor(directory: string | undefined, mostBytes: number) {
    this.#directory = directory;
    this.#mostBytes = mostBytes;
  }

  /** The file of a name that the directory gave. */
  fileOf(name: string): string {
    return join(this.#directory ?? '.', name);
  }

  /** Where a capture's bytes are; undefined when they are not kept. */
  pathOf({ spool }: CaptureRecord): string | undefined {
    return spool === null || this.#directory === undefined ? undefined : this.fileOf(spool);
  }

  async remove(capture: CaptureRecord): Promise<void> {
    const path = this.pathOf(capture);
    if (path !== undefined) await rm(path, { force: true });
  }

  /** Keeps the bytes of the newest captures, as many as there is room for. */
  async prune(records: Records): Promise<void> {
    if (this.#directory === undefined) return;
    let kept = 0;
    for (const { row, spool, size } of records.spooled()) {
      kept += size ?? 0;
      if (kept <= this.#mostBytes) continue;
      await rm(this.fileOf(spool), { force: true });
      records.forgetSpool(row);
    }
  }
}
