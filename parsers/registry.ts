import { ads } from './ads/index.ts';
import { amqp } from './amqp/index.ts';
import { atg } from './atg/index.ts';
import { bacnet } from './bacnet/index.ts';
import { c37118 } from './c37.118/index.ts';
import { cdp } from './cdp/index.ts';
import { cipIo } from './cip-io/index.ts';
import { codesys } from './codesys/index.ts';
import { cotp } from './cotp/index.ts';
import { crimson } from './crimson/index.ts';
import { dcerpc } from './dcerpc/index.ts';
import { dhcp } from './dhcp/index.ts';
import { dnp3 } from './dnp3/index.ts';
import { dns } from './dns/index.ts';
import { enip } from './enip/index.ts';
import { ethercat } from './ethercat/index.ts';
import { fins } from './fins/index.ts';
import { fox } from './fox/index.ts';
import { ftp } from './ftp/index.ts';
import { geSrtp } from './ge-srtp/index.ts';
import { goose } from './goose/index.ts';
import { hartIp } from './hart-ip/index.ts';
import { http } from './http/index.ts';
import { iec104 } from './iec104/index.ts';
import { imap } from './imap/index.ts';
import { kerberos } from './kerberos/index.ts';
import { knx } from './knx/index.ts';
import { ldap } from './ldap/index.ts';
import { lldp } from './lldp/index.ts';
import { llmnr } from './llmnr/index.ts';
import { mdns } from './mdns/index.ts';
import { melsoft } from './melsoft/index.ts';
import { mms } from './mms/index.ts';
import { modbus } from './modbus/index.ts';
import { modbusRtu } from './modbus-rtu/index.ts';
import { moxa } from './moxa/index.ts';
import { mqtt } from './mqtt/index.ts';
import { mrp } from './mrp/index.ts';
import { mssql } from './mssql/index.ts';
import { mysql } from './mysql/index.ts';
import { netbiosDgm } from './netbios-dgm/index.ts';
import { netbiosNs } from './netbios-ns/index.ts';
import { ntp } from './ntp/index.ts';
import { opcua } from './opcua/index.ts';
import { oracleTns } from './oracle-tns/index.ts';
import { pcworx } from './pcworx/index.ts';
import { pop3 } from './pop3/index.ts';
import { postgresql } from './postgresql/index.ts';
import { powerlink } from './powerlink/index.ts';
import { proconos } from './proconos/index.ts';
import { profinetCm } from './profinet-cm/index.ts';
import { profinetDcp } from './profinet-dcp/index.ts';
import { profinetIo } from './profinet-io/index.ts';
import type { Protocol } from './protocol.ts';
import { ptp, ptpOverEthernet } from './ptp/index.ts';
import { radius } from './radius/index.ts';
import { rdp } from './rdp/index.ts';
import { rtsp } from './rtsp/index.ts';
import { s7comm } from './s7comm/index.ts';
import { s7commPlus } from './s7comm-plus/index.ts';
import { sampledValues } from './sampled-values/index.ts';
import { sip } from './sip/index.ts';
import { slmp } from './slmp/index.ts';
import { smb } from './smb/index.ts';
import { smtp } from './smtp/index.ts';
import { snmp } from './snmp/index.ts';
import { ssdp } from './ssdp/index.ts';
import { ssh } from './ssh/index.ts';
import { stp } from './stp/index.ts';
import { syslog } from './syslog/index.ts';
import { teamviewer } from './teamviewer/index.ts';
import { telnet } from './telnet/index.ts';
import { tftp } from './tftp/index.ts';
import { tls } from './tls/index.ts';
import { tristation } from './tristation/index.ts';
import { vnc } from './vnc/index.ts';
import { wsDiscovery } from './ws-discovery/index.ts';

/** Every protocol the agent decodes. To add one, add its line. */
export const protocols: readonly Protocol[] = [
  modbus, //
  modbusRtu,
  dnp3,
  cotp,
  s7comm,
  s7commPlus,
  enip,
  cipIo,
  cdp,
  ethercat,
  goose,
  lldp,
  mrp,
  profinetCm,
  profinetDcp,
  profinetIo,
  ptp,
  ptpOverEthernet,
  sampledValues,
  stp,
  dhcp,
  dns,
  mdns,
  llmnr,
  netbiosNs,
  netbiosDgm,
  snmp,
  smb,
  http,
  tls,
  iec104,
  opcua,
  fins,
  fox,
  hartIp,
  tristation,
  ntp,
  syslog,
  ssdp,
  wsDiscovery,
  ldap,
  ssh,
  telnet,
  vnc,
  ftp,
  rdp,
  bacnet,
  mms,
  ads,
  slmp,
  c37118,
  kerberos,
  radius,
  tftp,
  dcerpc,
  mssql,
  mqtt,
  smtp,
  pop3,
  imap,
  rtsp,
  sip,
  knx,
  geSrtp,
  mysql,
  postgresql,
  oracleTns,
  amqp,
  teamviewer,
  codesys,
  pcworx,
  proconos,
  crimson,
  atg,
  moxa,
  melsoft,
  powerlink,
];
