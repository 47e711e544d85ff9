/**
 * Reads a system description. The standard leaves its form to the vendor; these are forms that are met in plants:
 *
 *   Siemens, SIMATIC NET, SCALANCE X208, 6GK5 208-0BA10-2AA3, HW: 1, FW: V3.1
 *   Vendor PRODUCT, firmware 1.2.3
 *   Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 15.0(2)SE4, RELEASE SOFTWARE (fc1)
 */

/** What a description tells; what it does not is null. */
export interface Description {
  readonly vendor: string | null;
  readonly product: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly hardware: string | null;
  readonly os: string | null;
}

/** Order numbers of Siemens (MLFB), e.g. `6ES7 315-2EH14-0AB0`. */
const ORDER_NUMBER = /\b[36][A-Z]{2}\d ?\d[0-9A-Z]{2}-\d[0-9A-Z]{4}(?:-\d[0-9A-Z]{3})?\b/;
const FIRMWARE =
  /\b(?:FW|firmware(?: version| revision)?|SW|software version|version|rev(?:ision)?)[:. ]+[vV]?(\d[\w.()-]*)/i;
const BARE_VERSION = /\b[vV](\d+\.\d[\w.-]*)/;
const HARDWARE = /\b(?:HW|hardware(?: version| revision)?)[:. ]+([vV]?\d[\w.-]*)/i;
/** Where the product's name ends and its versions begin. */
const VERSIONS =
  /[,;:(]?\s*\b(?:HW|FW|SW|hardware|firmware|software version|version|rev(?:ision)?|[vV]\d+\.\d[\w.-]*)\b.*$/is;
const OPERATING_SYSTEM = /\b(?:Linux|Windows|IOS(?:[- ]XE)?|NX-OS|JUNOS|FortiOS|VxWorks|QNX|FreeBSD)\b/i;

const VENDORS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^Siemens(?: AG)?\b/i, 'Siemens'],
  [/^Cisco\b/i, 'Cisco'],
  [/^Phoenix Contact\b/i, 'Phoenix Contact'],
  [/^Hirschmann\b/i, 'Hirschmann'],
  [/^Moxa\b/i, 'Moxa'],
  [/^Rockwell Automation\b/i, 'Rockwell Automation'],
  [/^Allen-Bradley\b/i, 'Allen-Bradley'],
  [/^Schneider Electric\b/i, 'Schneider Electric'],
  [/^WAGO\b/i, 'WAGO'],
  [/^Beckhoff\b/i, 'Beckhoff'],
  [/^ABB\b/, 'ABB'],
  [/^Westermo\b/i, 'Westermo'],
  [/^RUGGEDCOM\b/i, 'RuggedCom'],
  [/^Dell(?: Inc\.?)?(?=\s)/i, 'Dell'],
  [/^(?:HP|Hewlett[- ]Packard|HPE)\b/i, 'Hewlett Packard'],
  [/^Fortinet\b/i, 'Fortinet'],
];

/** Longer names are sentences, not products. */
const MAX_PRODUCT = 100;

/** What the description `whole` tells. Made when it is news, never per message. */
export function describe(whole: string): Description {
  const named = VENDORS.find(([pattern]) => pattern.test(whole));
  const model = ORDER_NUMBER.exec(whole)?.[0] ?? null;
  const os = OPERATING_SYSTEM.test(whole) ? whole.split(/,? (?:Version|RELEASE|Technical|Copyright)\b/)[0] : null;
  return {
    vendor: named?.[1] ?? null,
    product: os === null ? productOf(whole, named?.[0], model) : null,
    model,
    firmware: (FIRMWARE.exec(whole) ?? BARE_VERSION.exec(whole))?.[1]?.replace(/[.)-]+$/, closing) ?? null,
    hardware: HARDWARE.exec(whole)?.[1] ?? null,
    os: os?.slice(0, MAX_PRODUCT) ?? null,
  };
}

function productOf(whole: string, vendor: RegExp | undefined, model: string | null): string | null {
  let rest = vendor === undefined ? whole : whole.replace(vendor, '');
  if (model !== null) rest = rest.slice(0, rest.indexOf(model));
  const named = rest.replace(VERSIONS, '').replace(/^[\s,;:-]+|[\s,;:-]+$/g, '');
  // families come before their members: "SIMATIC NET, SCALANCE X208"
  const product = model === null ? named : named.split(',').at(-1)?.trim();
  return product === undefined || product === '' || product.length > MAX_PRODUCT ? null : product;
}

/** A closing bracket stays when the version opened it, as in `12.2(25)`; other trailing marks do not belong to it. */
function closing(marks: string, _at: number, version: string): string {
  return version.includes('(') && marks.startsWith(')') ? ')' : '';
}
