import { amqp } from './amqp/index.ts';
import { cipIo } from './cip-io/index.ts';
import { cotp } from './cotp/index.ts';
import { dnp3 } from './dnp3/index.ts';
import { enip } from './enip/index.ts';
import { ftp } from './ftp/index.ts';
import { http } from './http/index.ts';
import { imap } from './imap/index.ts';
import { modbus } from './modbus/index.ts';
import { mqtt } from './mqtt/index.ts';
import { mssql } from './mssql/index.ts';
import { mysql } from './mysql/index.ts';
import { oracleTns } from './oracle-tns/index.ts';
import { pop3 } from './pop3/index.ts';
import { postgresql } from './postgresql/index.ts';
import type { Protocol } from './protocol.ts';
import { rdp } from './rdp/index.ts';
import { rtsp } from './rtsp/index.ts';
import { s7comm } from './s7comm/index.ts';
import { s7commPlus } from './s7comm-plus/index.ts';
import { sip } from './sip/index.ts';
import { smb } from './smb/index.ts';
import { smtp } from './smtp/index.ts';
import { ssh } from './ssh/index.ts';
import { teamviewer } from './teamviewer/index.ts';
import { telnet } from './telnet/index.ts';
import { tls } from './tls/index.ts';
import { vnc } from './vnc/index.ts';
/** Every protocol the agent decodes. To add one, add its line. */
export const protocols: readonly Protocol[] = [
  modbus, //
  dnp3,
  cotp,
  s7comm,
  s7commPlus,
  enip,
  cipIo,
  smb,
  http,
  tls,
  ssh,
  telnet,
  vnc,
  ftp,
  rdp,
  mssql,
  mqtt,
  smtp,
  pop3,
  imap,
  rtsp,
  sip,
  mysql,
  postgresql,
  oracleTns,
  amqp,
  teamviewer,
];
