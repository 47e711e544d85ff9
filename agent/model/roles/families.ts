/** Product families, makers and habits of naming that tell what a device is for: data, in the order in which they are tried. */
import type { Role } from './role.ts';

/** Of what a device says it is (product, model, type, description). The first that fits counts. */
export const FAMILIES: readonly (readonly [pattern: RegExp, role: Role])[] = [
  [
    /triconex|\btricon\b|trident|himax|himatrix|\bF(30|31|35|60) ?\d*\b|guardlogix|prosafe-rs|\bpnoz|safety (plc|controller|instrumented)/i,
    'safety-controller',
  ],
  [/\bCPU \d{3,4}\w*F\b|S7-\d{3,4}F\b/, 'safety-controller'],
  [
    /panelview|2711[PRCE]|simatic[- ]?hmi|comfort panel|\b[KM]?TP\d{3,4}\b|magelis|\bHMIGT|\bcMT\d|pro-?face|operator (panel|interface|terminal)|human[- ]machine|graphite/i,
    'hmi',
  ],
  [
    /powerflex|sinamics|\bG1[0-9]{2}\b|altivar|\bATV\d|\bACS\d{3}|vacon|vlt|micromaster|lenze|movidrive|\b(ac|dc|servo|motor) drive|inverter|frequency converter|\bVFD\b/i,
    'drive',
  ],
  [
    /fortigate|fortinet|palo alto|pan-os|\bASA ?55|check ?point|sonicwall|mguard|tofino|\beagle ?\d|stormshield|firewall/i,
    'firewall',
  ],
  [
    /scalance (x|xc|xb|xf|xr|w)|stratix|1783-|hirschmann|\b[RM]S[PB]?\d\d-|\bEDS-|\bIE-?\d{4}|\bWS-C|catalyst|ruggedcom|nexus|procurve|(ethernet|managed|network) switch|\bswitch\b/i,
    'switch',
  ],
  [/scalance [sm]\d|\bISR ?\d|\bIR\d{3,4}\b|\bASR\d|routeros|\brouter\b/i, 'router'],
  [
    /\b17(34|38|94|56|69|97)-A?(ENT|ENBT|EN2)|point i\/o|flex i\/o|\bET ?200|\b750-3\d\d|\bBK9\d{3}|axioline|adam-6|iologik|\bSTB ?N|remote i\/?o|distributed i\/?o|fieldbus coupler|io-device/i,
    'remote-io',
  ],
  [
    /scadapack|\bSEL-24\d\d|\bSEL-3530|\bRTAC\b|\bD20\b|sicam|t-?box|controlwave|remote terminal|\bRTU\b|outstation/i,
    'rtu',
  ],
  [/\bSEL-[3457]\d\d|siprotec|\b7[SU][AJDT]\d|relion|\bRE[FTLM]6\d\d|micom|multilin|protection relay|\bIED\b/i, 'ied'],
  [
    /\bCPU \d{3,4}|\bS7-\d{3,4}|6ES7 ?[2-6]\d\d|17(56|68|69|66|63)-L|50(69|94)-L|micrologix|controllogix|compactlogix|\bslc ?5|modicon|\bBM[EX] ?P|\b140 ?CPU|\bTM2\d\d|\b750-8\d\d|\bPFC\d00|\bILC ?\d|\bAXC|plcnext|\bNFCP|\bC[JSP][12]\w?-|\bNX1P|\bN[JX]\d{3}|melsec|\bQ\d\dUD|\bFX\dU|\bCX\d{4}|pacsystems|\bIC69|programmable (logic )?controller|\bplc\b|\bdcs\b/i,
    'plc',
  ],
  [/lantime|meinberg|(ntp|time) server|gps clock|grandmaster|stratum 1/i, 'clock'],
  [/laserjet|officejet|\bprinter|\bMFP\b|\bHL-L|brother|lexmark|kyocera|zebra|ricoh|jetdirect/i, 'printer'],
  [/network camera|ip ?cam|hikvision|dahua|\baxis [mpq]\d|video server|camera/i, 'camera'],
  [/historian|osisoft|\bpi (server|data archive|af)|proficy/i, 'historian'],
  [
    /wincc|ignition|kepserver|factorytalk (view|linx)|intouch|citect|\bifix\b|zenon|communication drivers|\bscada\b/i,
    'scada-server',
  ],
  [
    /tia portal|step ?7|studio 5000|rslogix|unity pro|control expert|tristation|engineering station|totally integrated/i,
    'engineering-workstation',
  ],
  [/mgate|anybus|modbus gateway|protocol gateway|\bgateway\b/i, 'gateway'],
  [/nport|serial (device )?server|media converter|protocol converter/i, 'protocol-converter'],
  [/domain controller/i, 'domain-controller'],
];

/** Of the maker of the network interface or the device. They hint: most makers make several kinds. */
export const MAKERS: readonly (readonly [pattern: RegExp, role: Role, weight: number])[] = [
  [/fortinet|palo alto|check ?point|sonicwall|watchguard|stormshield|sophos|innominate/i, 'firewall', 3],
  [/\bhima\b|triconex/i, 'safety-controller', 4],
  [/meinberg|galleon|microsemi|symmetricom|oroli?a/i, 'clock', 3],
  [/weintek|digital electronics|beijer|exor/i, 'hmi', 3],
  [/brother|lexmark|kyocera|zebra|ricoh|canon|epson|xerox/i, 'printer', 2],
  [/axis communications|hikvision|dahua|hanwha|mobotix|vivotek/i, 'camera', 3],
  [/hirschmann|moxa|ruggedcom|westermo|belden|korenix/i, 'switch', 1],
  [/cisco|juniper|aruba|extreme networks|mikrotik/i, 'switch', 1],
  [/advantech|acromag|opto ?22/i, 'remote-io', 1],
  [/danfoss|vacon|lenze|sew-eurodrive|yaskawa/i, 'drive', 2],
];

/** Of host names: what people call their machines. The weakest of hints. */
export const NAMES: readonly (readonly [pattern: RegExp, role: Role])[] = [
  [/hist(orian)?\d*\b|\bpi[-_]?(srv|hist|ot|dmz)|^pi-/i, 'historian'],
  [/scada|wincc[-_]?srv|opsrv|iosrv|kepware|\bioserver/i, 'scada-server'],
  [
    /(^|[-_])(eng|ews|es)[-_]?(\d|[a-z]{0,4}[-_]?\d)|engineer|studio5000|tia[-_]?es|ts1131|programming|automation[-_]?(lt|pc)/i,
    'engineering-workstation',
  ],
  [/(^|[-_])(op|opst|opstn|ops?tation|hmi|panel|wincc[-_]?cl)[-_]?\d*/i, 'hmi'],
  [/(^|[-_])(dc|ad|pdc)\d*$/i, 'domain-controller'],
  [/^(prn|print|mfp)/i, 'printer'],
  [/^cam\d|camera/i, 'camera'],
  [/^(sw|switch)[-_]/i, 'switch'],
  [/^(fw|firewall)/i, 'firewall'],
  [/^(rtr|router|gw)[-_\d]/i, 'router'],
  [/^(ntp|clock|gps|time)\d*/i, 'clock'],
  [/(^|[-_])(plc|cpu|pac|fcs)[-_]?\d*/i, 'plc'],
  [/^rtu/i, 'rtu'],
  [/^(sis|esd|fgs)[-_\d]/i, 'safety-controller'],
  [/^(rio|et200|io)[-_]?\d*/i, 'remote-io'],
  [/^(vfd|vsd|drive|g120|inv)[-_]?/i, 'drive'],
  [/(^|[-_])(srv|server|erp|mes|mail|file|wsus|jump)\w*/i, 'server'],
  [/^(pc|desk|ws|lt|laptop|wks|corp-w)[-_]?\w*\d/i, 'workstation'],
];
