/** Disjoint sets with the reasons they were joined for. */
export class Groups {
  readonly #parents = new Map<string, string>();
  readonly #reasons = new Map<string, string[]>();

  add(key: string): void {
    if (!this.#parents.has(key)) this.#parents.set(key, key);
  }

  root(key: string): string {
    let root = key;
    let parent = this.#parents.get(key);
    if (parent === undefined) this.#parents.set(key, key);
    while (parent !== undefined && parent !== root) {
      root = parent;
      parent = this.#parents.get(root);
    }
    if (root !== key) this.#parents.set(key, root);
    return root;
  }

  join(a: string, b: string, reason?: string): void {
    const first = this.root(a);
    const second = this.root(b);
    if (first === second) return;
    const [kept, gone] = first < second ? [first, second] : [second, first];
    this.#parents.set(gone, kept);
    const reasons = this.reasons(kept);
    for (const other of this.reasons(gone)) reasons.push(other);
    if (reason !== undefined) reasons.push(reason);
    this.#reasons.set(kept, reasons);
    this.#reasons.delete(gone);
  }

  reasons(root: string): string[] {
    return this.#reasons.get(root) ?? [];
  }
}
