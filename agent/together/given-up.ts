/** What several threads began to read together must be read by one alone. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';

  constructor() {
    super('given up: one must read it alone');
  }
}
