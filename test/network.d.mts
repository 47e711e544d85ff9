import type { ChildProcess } from 'node:child_process';

export class TestNetwork {
  /** @param cables how many; the first is `mirror`, the others `mirror2`, `mirror3`, … */
  constructor(cables?: number);
  get name(): string;
  spawn(command: string, args: readonly string[], options?: { readonly env?: NodeJS.ProcessEnv }): ChildProcess;
  run(command: string, ...args: readonly string[]): string;
  replay(file: string, times: number, packetsPerSecond: number, cable?: number): Promise<number>;
  link(state: 'up' | 'down'): void;
  get sent(): number;
  get received(): number;
  remove(): void;
}

export function whyNoNetwork(): string | null;
