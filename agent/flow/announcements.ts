import type { Limits } from '../limits.ts';
import { ABSENT, grown, KeyTable } from '../tables/key-table.ts';

/**
 * Connections that one conversation arranged and another flow carries: who sends under a number was the client or the
 * server there. CIP implicit I/O (UDP 2222) is arranged by a ForwardOpen on TCP 44818.
 */
export class Announcements {
  readonly #table: KeyTable;
  #clients = new Int32Array(64);

  constructor(limits: Limits) {
    this.#table = new KeyTable(limits.announcements);
  }

  /** `sender` will send under `id`; `client` had asked for it. A number used again belongs to whom used it last. */
  add(id: number, sender: number, client: number): void {
    const row = this.#table.add(id | 0, sender, 0, 0, 0);
    if (row === ABSENT) return;
    this.#clients = grown(this.#clients, row + 1);
    this.#clients[row] = client;
  }

  /** The host that had asked for the connection under which `sender` sends, or ABSENT. */
  clientOf(id: number, sender: number): number {
    const row = this.#table.find(id | 0, sender, 0, 0, 0);
    return row === ABSENT ? ABSENT : (this.#clients[row] as number);
  }
}
