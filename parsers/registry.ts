import { modbus } from './modbus/index.ts';
import type { Protocol } from './protocol.ts';

/** Every protocol the agent decodes. To add one, add its line. */
export const protocols: readonly Protocol[] = [
  modbus, //
];
