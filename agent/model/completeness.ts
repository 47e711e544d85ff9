/**
 * How much of an inventory entry is known: the attributes that CISA's "Foundations for OT Cybersecurity: Asset
 * Inventory Guidance" (2025) ranks high. What a listener cannot hear is said to be so, not counted as a fault of the plant.
 */

/** One attribute: whether it is known, and what would tell it. */
export interface Attribute {
  readonly name: string;
  readonly known: boolean;
  /** What would make it known. */
  readonly toldBy: string;
}

export interface Completeness {
  /** Share of the attributes that are known, 0 to 1. */
  readonly score: number;
  readonly missing: readonly Attribute[];
}

/** What completeness looks at. */
export interface Described {
  readonly protocols: readonly unknown[];
  readonly role: string;
  readonly names: readonly string[];
  readonly ip: readonly string[];
  readonly mac: readonly string[];
  readonly vendor: string | null;
  readonly product: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly os: string | null;
  readonly location: string | null;
  readonly services: readonly string[];
  readonly logs: boolean;
}

export function completenessOf(asset: Described): Completeness {
  const attributes: Attribute[] = [
    { name: 'protocols', known: asset.protocols.length > 0, toldBy: 'any conversation' },
    { name: 'criticality', known: false, toldBy: 'the operator' },
    { name: 'asset number', known: false, toldBy: 'the operator' },
    { name: 'role', known: asset.role !== 'unknown', toldBy: 'a conversation in a known protocol' },
    { name: 'host name', known: asset.names.length > 0, toldBy: 'DHCP, DNS, LLDP, NetBIOS or its own protocol' },
    { name: 'IP address', known: asset.ip.length > 0, toldBy: 'any IP packet of its own' },
    { name: 'logging', known: asset.logs, toldBy: 'syslog or SNMP traps sent' },
    { name: 'MAC address', known: asset.mac.length > 0, toldBy: 'traffic on its own segment, before the router' },
    {
      name: 'manufacturer',
      known: asset.vendor !== null,
      toldBy: 'an identification in its own protocol, or its MAC address',
    },
    {
      name: 'model',
      known: asset.model !== null || asset.product !== null,
      toldBy: 'an identification in its own protocol',
    },
    {
      name: 'operating system',
      known: asset.os !== null || asset.firmware !== null,
      toldBy: 'an identification, SMB, SNMP or a banner',
    },
    { name: 'location', known: asset.location !== null, toldBy: 'SNMP, LLDP, S7 plant designation, or the operator' },
    { name: 'ports and services', known: asset.services.length > 0, toldBy: 'a service that it answers' },
    { name: 'user accounts', known: false, toldBy: 'the operator: not observable passively' },
  ];
  const known = attributes.filter((attribute) => attribute.known).length;
  return {
    score: Math.round((100 * known) / attributes.length) / 100,
    missing: attributes.filter((attribute) => !attribute.known),
  };
}

/** The plant as a whole: mean score of its assets, and how many lack each attribute. Parts behind an asset do not count. */
export function plantCompleteness(
  assets: readonly { readonly parent: string | null; readonly completeness: Completeness }[],
): { score: number | null; missing: Record<string, number> } {
  const whole = assets.filter(({ parent }) => parent === null).map(({ completeness }) => completeness);
  if (whole.length === 0) return { score: null, missing: {} };
  const missing: Record<string, number> = {};
  for (const { name } of whole.flatMap((completeness) => completeness.missing))
    missing[name] = (missing[name] ?? 0) + 1;
  const score = whole.reduce((sum, completeness) => sum + completeness.score, 0) / whole.length;
  return { score: Math.round(100 * score) / 100, missing };
}
