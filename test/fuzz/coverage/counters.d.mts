export interface CountedModule {
  /** Within the project, e.g. `parsers/modbus/index.ts`. */
  readonly path: string;
  /** Its first counter. */
  readonly start: number;
  /** The line of each counter. */
  readonly lines: readonly number[];
  /** Numbers and texts that stand in it. */
  readonly words: readonly (number | string)[];
}
export const counters: Uint32Array;
export const modules: readonly CountedModule[];
export class Endless extends Error {}
export function clearCounters(): void;
