/**
 * Answers kept ready for as long as what they tell has not changed: a page that many look at, or one looks at often, is
 * made once for each revision of the database.
 */

interface Answer {
  /** Entity tag of the revision that it was made of. */
  readonly tag: string;
  readonly type: string;
  readonly body: Uint8Array;
}

/** Bytes of all answers together: a few hundred pages of lists. */
const MOST_BYTES = 16_000_000;
/** Longer ones are not kept: nobody reads them often. */
const LONGEST = 500_000;

export class KeptAnswers {
  /** By what was asked for, the one used longest ago first. */
  readonly #answers = new Map<string, Answer>();
  #bytes = 0;

  /** The answer to a request, if it was made at the revision that `tag` stands for. */
  get(request: string, tag: string): Answer | undefined {
    const answer = this.#answers.get(request);
    if (answer === undefined) return undefined;
    this.#remove(request, answer);
    if (answer.tag !== tag) return undefined;
    this.#add(request, answer);
    return answer;
  }

  put(request: string, answer: Answer): void {
    const before = this.#answers.get(request);
    if (before !== undefined) this.#remove(request, before);
    if (request.length + answer.body.length > LONGEST) return;
    this.#add(request, answer);
    for (const [oldest, kept] of this.#answers) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#remove(oldest, kept);
    }
  }

  #add(request: string, answer: Answer): void {
    this.#answers.set(request, answer);
    this.#bytes += request.length + answer.body.length;
  }

  #remove(request: string, { body }: Answer): void {
    this.#answers.delete(request);
    this.#bytes -= request.length + body.length;
  }
}
