/** Everything that is fuzzed. A target is loaded when it is asked for: only what it needs counts what it reaches. */
import type { Target } from '../engine/case.ts';
import { decoder } from './decoder.ts';
import { protocolNames } from './protocol-names.ts';

const OTHERS: Readonly<Record<string, () => Promise<{ readonly target: Target }>>> = {
  reader: () => import('./reader.ts'),
  net: () => import('./net.ts'),
  flow: () => import('./flow.ts'),
  pipeline: () => import('./pipeline.ts'),
  policy: () => import('./policy.ts'),
  configuration: () => import('./configuration.ts'),
  report: () => import('./report.ts'),
  bodies: () => import('./bodies.ts'),
};

export const targetNames: readonly string[] = [...Object.keys(OTHERS), ...protocolNames()];

export async function targetOf(name: string): Promise<Target> {
  return (await OTHERS[name]?.())?.target ?? decoder(name);
}
