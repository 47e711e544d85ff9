import { ads } from './ads/index.ts';
import { atg } from './atg/index.ts';
import { cipIo } from './cip-io/index.ts';
import { codesys } from './codesys/index.ts';
import { cotp } from './cotp/index.ts';
import { crimson } from './crimson/index.ts';
import { dnp3 } from './dnp3/index.ts';
import { enip } from './enip/index.ts';
import { fins } from './fins/index.ts';
import { fox } from './fox/index.ts';
import { geSrtp } from './ge-srtp/index.ts';
import { hartIp } from './hart-ip/index.ts';
import { knx } from './knx/index.ts';
import { melsoft } from './melsoft/index.ts';
import { modbus } from './modbus/index.ts';
import { moxa } from './moxa/index.ts';
import { pcworx } from './pcworx/index.ts';
import { powerlink } from './powerlink/index.ts';
import { proconos } from './proconos/index.ts';
import type { Protocol } from './protocol.ts';
import { s7comm } from './s7comm/index.ts';
import { s7commPlus } from './s7comm-plus/index.ts';
import { slmp } from './slmp/index.ts';
import { tristation } from './tristation/index.ts';

/** Every protocol the agent decodes. To add one, add its line. */
export const protocols: readonly Protocol[] = [
  modbus, //
  dnp3,
  cotp,
  s7comm,
  s7commPlus,
  enip,
  cipIo,
  fins,
  fox,
  hartIp,
  tristation,
  ads,
  slmp,
  knx,
  geSrtp,
  codesys,
  pcworx,
  proconos,
  crimson,
  atg,
  moxa,
  melsoft,
  powerlink,
];
