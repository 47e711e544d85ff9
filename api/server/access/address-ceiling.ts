/** How much of what is scarce one client address may hold at a time: one client must not take all there is. */
export class AddressCeiling {
  readonly #held = new Map<string, number>();
  readonly #most: number;

  /** @param most that one address may hold */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes one for an address; answers whether it may. Whoever took one gives it back by `leave`. */
  enter(address: string): boolean {
    const held = this.#held.get(address) ?? 0;
    if (held >= this.#most) return false;
    this.#held.set(address, held + 1);
    return true;
  }

  leave(address: string): void {
    const held = (this.#held.get(address) ?? 0) - 1;
    if (held > 0) this.#held.set(address, held);
    else this.#held.delete(address);
  }
}
