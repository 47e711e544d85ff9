import { cipIo } from './cip-io/index.ts';
import { cotp } from './cotp/index.ts';
import { dcerpc } from './dcerpc/index.ts';
import { dhcp } from './dhcp/index.ts';
import { dnp3 } from './dnp3/index.ts';
import { dns } from './dns/index.ts';
import { enip } from './enip/index.ts';
import { kerberos } from './kerberos/index.ts';
import { ldap } from './ldap/index.ts';
import { llmnr } from './llmnr/index.ts';
import { mdns } from './mdns/index.ts';
import { modbus } from './modbus/index.ts';
import { netbiosDgm } from './netbios-dgm/index.ts';
import { netbiosNs } from './netbios-ns/index.ts';
import { ntp } from './ntp/index.ts';
import type { Protocol } from './protocol.ts';
import { radius } from './radius/index.ts';
import { s7comm } from './s7comm/index.ts';
import { s7commPlus } from './s7comm-plus/index.ts';
import { snmp } from './snmp/index.ts';
import { ssdp } from './ssdp/index.ts';
import { syslog } from './syslog/index.ts';
import { tftp } from './tftp/index.ts';
import { wsDiscovery } from './ws-discovery/index.ts';

/** Every protocol the agent decodes. To add one, add its line. */
export const protocols: readonly Protocol[] = [
  modbus, //
  dnp3,
  cotp,
  s7comm,
  s7commPlus,
  enip,
  cipIo,
  dhcp,
  dns,
  mdns,
  llmnr,
  netbiosNs,
  netbiosDgm,
  snmp,
  ntp,
  syslog,
  ssdp,
  wsDiscovery,
  ldap,
  kerberos,
  radius,
  tftp,
  dcerpc,
];
