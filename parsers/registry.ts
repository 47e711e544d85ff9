import { bacnet } from './bacnet/index.ts';
import { c37118 } from './c37.118/index.ts';
import { cipIo } from './cip-io/index.ts';
import { cotp } from './cotp/index.ts';
import { dnp3 } from './dnp3/index.ts';
import { enip } from './enip/index.ts';
import { iec104 } from './iec104/index.ts';
import { mms } from './mms/index.ts';
import { modbus } from './modbus/index.ts';
import { opcua } from './opcua/index.ts';
import type { Protocol } from './protocol.ts';
import { s7comm } from './s7comm/index.ts';
import { s7commPlus } from './s7comm-plus/index.ts';

/** Every protocol the agent decodes. To add one, add its line. */
export const protocols: readonly Protocol[] = [
  modbus, //
  dnp3,
  cotp,
  s7comm,
  s7commPlus,
  enip,
  cipIo,
  iec104,
  opcua,
  bacnet,
  mms,
  c37118,
];
