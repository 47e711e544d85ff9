import { FieldmarkError } from '../errors.ts';

/** A mistake in a policy file. */
export interface PolicyProblem {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, and how to mend it. */
  readonly message: string;
}

/** Problems told at once; who mends these may meet more. */
const MOST_PROBLEMS = 20;

/** A policy that cannot be used, with everything that is wrong with it. */
export class PolicyError extends FieldmarkError {
  /** In the order of the file. */
  readonly problems: readonly PolicyProblem[];
  /** One line for each problem: `file:line:column: what is wrong: how to mend it`. */
  override readonly lines: readonly string[];

  constructor(file: string, problems: readonly PolicyProblem[]) {
    const lines = problems
      .slice(0, MOST_PROBLEMS)
      .map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
    const more = problems.length - lines.length;
    if (more > 0) lines.push(`${file}: … and ${more} more`);
    const [first = `${file}: not a policy`, ...others] = lines;
    super('POLICY_INVALID', others.length === 0 ? first : `${first} (and ${problems.length - 1} more)`);
    this.name = 'PolicyError';
    this.problems = problems;
    this.lines = lines;
  }
}
