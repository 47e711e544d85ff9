/** What a device is, from its evidence: the strongest wins, the rest stays beside it. */
import { macOrigin } from './mac-vendor.ts';
import type { EvidenceSnapshot } from './snapshot.ts';

/** How sure the IEEE's list of MAC blocks makes of a device's maker: it names who made the interface. */
const MAC_CONFIDENCE = 0.4;
const VIRTUAL_CONFIDENCE = 0.3;

/** Evidence of a device, strongest first. */
export function byStrength(a: EvidenceSnapshot, b: EvidenceSnapshot): number {
  return b.confidence - a.confidence || b.times - a.times || a.firstSeen - b.firstSeen || compare(a.value, b.value);
}

/** What the device's own MAC addresses tell. */
export function macEvidence(macs: readonly string[], firstSeen: number, lastSeen: number): EvidenceSnapshot[] {
  return macs.flatMap((mac) => {
    const { vendor, kind } = macOrigin(mac);
    const common = { unit: null, file: null, frame: null, firstSeen, lastSeen, times: 1 };
    const confidence = kind === null ? MAC_CONFIDENCE : VIRTUAL_CONFIDENCE;
    const told: EvidenceSnapshot[] = [];
    if (vendor !== null) told.push({ field: 'vendor', value: vendor, source: 'mac.oui', confidence, ...common });
    if (kind !== null)
      told.push({ field: 'note', value: `${mac} is ${kind}`, source: 'mac.oui', confidence: 0.9, ...common });
    return told;
  });
}

/** The strongest value of a field, or null. `evidence` is in order of strength. */
export function strongest(evidence: readonly EvidenceSnapshot[], field: string): string | null {
  return evidence.find((entry) => entry.field === field)?.value ?? null;
}

/**
 * The part of the evidence that is about the device itself: what names no unit, and, when only one unit ever told of
 * itself, that unit's: many devices answer under unit 1 or 255 only, a chassis has its controller in one slot.
 */
export function ownEvidence(evidence: readonly EvidenceSnapshot[]): EvidenceSnapshot[] {
  const units = new Set(evidence.map(({ unit }) => unit).filter((unit) => unit !== null));
  return units.size <= 1 ? [...evidence] : evidence.filter(({ unit }) => unit === null);
}

/** Fields of which a device has one value only: two that are well founded contradict each other. */
export const SINGULAR = ['vendor', 'product', 'model', 'firmware', 'hardware', 'serial'] as const;
/** Evidence weaker than this contradicts nothing. */
export const WELL_FOUNDED = 0.8;

/** A field of which a device's own evidence says different things. */
export interface Conflict {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly source: string; readonly confidence: number }[];
}

/** The contradictions among the evidence of a device itself, so that they stay visible beside the value that is shown. */
export function conflictsOf(own: readonly EvidenceSnapshot[]): Conflict[] {
  const founded = own.filter(({ confidence }) => confidence >= WELL_FOUNDED);
  return SINGULAR.flatMap((field) => {
    const values = founded.filter((entry) => entry.field === field);
    if (!values.some(({ source, value }) => value !== values.find((entry) => entry.source === source)?.value))
      return [];
    return [{ field, values: values.map(({ value, source, confidence }) => ({ value, source, confidence })) }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
