/** One command of the command line. */
export interface Command {
  readonly help: string;
  /** Runs with the arguments behind the command's name; answers the exit status. */
  run(args: readonly string[]): Promise<number>;
}

/** What a command answers to the shell. */
export const ExitStatus = { done: 0, incomplete: 1, usage: 2, violations: 3 } as const;

/** The operator called a command in a way that it does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
