/**
 * What sysDescr (RFC 3418) tells besides its whole text. The MIB asks for "the full name and version identification
 * of the system's hardware type, software operating-system, and networking software"; how is each vendor's affair.
 */
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

type Render = EvidenceSource['render'];

/** The first group of the first pattern that the text fits. */
function firstOf(patterns: readonly RegExp[]): Render {
  return (b, at, end) => {
    const description = text(b, at, end);
    if (description === null) return null;
    for (const pattern of patterns) {
      const value = pattern.exec(description)?.[1];
      if (value !== undefined) return value;
    }
    return null;
  };
}

/** `Siemens, SIMATIC NET, SCALANCE X208, 6GK5 208-0BA10-2AA3, HW: Version 3, FW: Version V5.2.4, SVPL6147920`. */
export const firmware: Render = firstOf([
  /\b(?:FW|Firmware)(?: Revision| Version)?[:\s=]*(?:Version )?V?(\d[\w.()-]*)/i,
  /\b(?:Software|SW)[: ]+(?:Release |Version )*V?(\d[\w.()-]*)/i,
  /\bVersion V?(\d[\w.()-]*[\w)])/i,
  /\b(?:Release|Rel\.?|Rev\.?|L3P-|L2P-|L2E-)[ :]?V?(\d[\w.()-]*)/i,
]);
export const hardware: Render = firstOf([/\b(?:HW|Hardware)(?: Revision| Version)?[:\s=]+(?:Version )?V?(\d[\w.]*)/i]);
export const model: Render = firstOf([
  /\b(6(?:GK|ES|AV|SL|EP|NH|XV)\d[ -]?[\w]{3}-[\w]{5}(?:-[\w]{4})?)/, // Siemens' article numbers
  /\b(17\d{2}-[A-Z0-9]{2,}(?:[/-][A-Z0-9]+)*)/, // Rockwell Automation's catalogue numbers
  /\b((?:IE-\d{4}|WS-C\d{4}|C\d{4})[\w-]*)/, // Cisco's
]);
export const serial: Render = firstOf([
  /\b(SVP[A-Z]\w{6,10})\b/,
  /\b(?:S\/N|SN|Serial(?: Number)?)[:#\s]+([\w-]{4,})/i,
]);

const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/^Siemens\b|SCALANCE|SIMATIC/i, 'Siemens'],
  [/^RuggedCom|^ROX\b|\bROS\b.*Rugged/i, 'RuggedCom'],
  [/^Hirschmann|^RS20|^MACH\d|^MS\d\d/i, 'Hirschmann'],
  [/^Cisco/i, 'Cisco'],
  [/^Moxa|^EDS-|^NPort/i, 'Moxa'],
  [/^(?:Rockwell|Allen-Bradley)|^Stratix/i, 'Rockwell Automation'],
  [/^Schneider|^Modicon|^Telemecanique/i, 'Schneider Electric'],
  [/^(?:Hewlett[- ]Packard|HPE?)\b/i, 'Hewlett-Packard'],
  [/^Phoenix Contact|^FL SWITCH/i, 'Phoenix Contact'],
  [/^WAGO/i, 'WAGO'],
  [/^Meinberg/i, 'Meinberg'],
  [/^Brother/i, 'Brother'],
  [/^Forti/i, 'Fortinet'],
  [/^Westermo/i, 'Westermo'],
  [/^APC\b/i, 'APC'],
  [/^RouterOS/i, 'MikroTik'],
];

export const vendor: Render = (b, at, end) => {
  const description = text(b, at, end);
  if (description === null) return null;
  return VENDORS.find(([pattern]) => pattern.test(description))?.[1] ?? null;
};

/** `Hardware: x86 … - Software: Windows Version 6.3 (Build 17763 Multiprocessor Free)`; `Linux plc7 4.9.11 …`. */
export const system: Render = (b, at, end) => {
  const description = text(b, at, end);
  if (description === null) return null;
  const windows = /Windows(?: NT)? Version [\d.]+(?: \(Build \d+)?/i.exec(description);
  if (windows !== null) return `${windows[0]}${windows[0].includes('(') ? ')' : ''}`;
  const unix = /^(Linux|FreeBSD|SunOS|Darwin|VxWorks)\b(?: \S+ (\d[\w.-]*))?/i.exec(description);
  if (unix !== null) return unix[2] === undefined ? (unix[1] as string) : `${unix[1]} ${unix[2]}`;
  return /^(Cisco (?:IOS(?:[ -]XE)?|NX-OS)|RouterOS|VxWorks|FortiOS)\b/i.exec(description)?.[1] ?? null;
};

/** Kinds of device that say so. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/firewall|^Forti/i, 'firewall'],
  [/switch|SCALANCE X|\bRS[234]0-|\bMACH\d|\bEDS-|Catalyst|\bIE-\d{4}|Stratix/i, 'switch'],
  [/\brouter\b|SCALANCE M|RouterOS|\bISR ?\d/i, 'router'],
  [/printer|laserjet|jetdirect|\bMFP\b|^Brother/i, 'printer'],
  [/camera/i, 'camera'],
  [/\bUPS\b|^APC\b/i, 'ups'],
  [/LANTIME|time server|NTP server/i, 'time server'],
];

export const deviceType: Render = (b, at, end) => {
  const description = text(b, at, end);
  if (description === null) return null;
  return TYPES.find(([pattern]) => pattern.test(description))?.[1] ?? null;
};
