/** What `protection` evidence means: decoders say it in their words, here the words are sorted. Secrets are in none of them. */
import type { Asset } from '../model/asset.ts';
import type { EvidenceSnapshot } from '../model/snapshot.ts';
import type { PlantView } from './plant-view.ts';

/** An asset with a statement about it. */
export interface Shown {
  readonly asset: Asset;
  readonly entry: EvidenceSnapshot;
}

/** Kinds of statement, each by the words that decoders use for it; the first that fits counts. */
const KINDS = [
  ['default-login', /\bdefault (community|password|login)\b|anonymous login accepted/i],
  [
    'unprotected',
    /^no password set$|without password|^level 1: no protection$|factory default configuration|offers anonymous login/i,
  ],
  ['community', /community in clear/i],
  [
    'cleartext-login',
    /cleartext login|password in clear|password sent without encryption|VNC password|^MMS: association with password/i,
  ],
  ['weak-password', /^a password is sent to it$/i],
  ['opcua-none', /^OPC UA: (not secured|offers no security)/i],
  ['obsolete-crypto', /SSL \d|TLS 1\.[01] |\(obsolete\).*|^cipher suite|RDP standard security|SSH 1/i],
  ['unencrypted', /no encryption|not encrypted|no authentication$/i],
  [
    'secured',
    /^TLS 1\.[23]$|over (D?TLS)|in TLS$|inside COTP$|^OPC UA: secured|Secure Authentication|secure authentication|signing required|authenticated|SMB 3 encryption|network level|KNX IP Secure|secure channel|secured BVLL|CIP Security: configured/i,
  ],
  ['access-protected', /^level [23]:|refuses|^password set$|not authorized/i],
] as const satisfies readonly (readonly [string, RegExp])[];

export type ProtectionKind = (typeof KINDS)[number][0] | 'obsolete-system';

/** SMB 1 betrays the system's age more than the cryptography's. */
const OBSOLETE_SYSTEM = /^SMB 1\b/;

/** What kind of statement it is; null for one that is neither good nor bad. */
export function kindOfProtection({ value }: Pick<EvidenceSnapshot, 'value'>): ProtectionKind | null {
  if (OBSOLETE_SYSTEM.test(value)) return 'obsolete-system';
  return KINDS.find(([, words]) => words.test(value))?.[0] ?? null;
}

/** A statement that is good or bad. */
export interface Protection extends Shown {
  readonly kind: ProtectionKind;
}

/**
 * The statements about devices inside the plant and its enterprise; hosts elsewhere are others' affair.
 * @param kindOf where an asset stands
 */
export function protectionsShown(devices: readonly Asset[], kindOf: PlantView['kindOf']): Protection[] {
  const shown: Protection[] = [];
  for (const asset of devices) {
    for (const entry of asset.evidence) {
      const kind = entry.field === 'protection' ? kindOfProtection(entry) : null;
      if (kind !== null && kindOf(asset) !== 'external') shown.push({ asset, entry, kind });
    }
  }
  return shown;
}

/** Those of some kinds. */
export function protectionsOf({ protections }: PlantView, ...kinds: readonly ProtectionKind[]): Protection[] {
  return protections.filter(({ kind }) => kinds.includes(kind));
}
