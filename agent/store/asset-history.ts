/** What changed of an asset, attribute by attribute. */
import type { Change } from './entry-writer.ts';

/** One attribute that changed; lists are in JSON. */
export interface AttributeChange {
  readonly asset: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Attributes whose values are kept as they change. Counts and times change with every packet and are not. */
const ATTRIBUTES = [
  'mac',
  'ip',
  'vlan',
  'names',
  'vendor',
  'product',
  'model',
  'firmware',
  'hardware',
  'serial',
  'role',
  'purdueLevel',
  'zone',
  'parent',
  'protocols',
] as const;

/** The attributes that differ between two bodies of an asset's entry. */
export function attributeChanges({ id, before, after }: Change): AttributeChange[] {
  if (before === null) return [{ asset: id, field: 'appeared', before: null, after: null }];
  if (after === null) return [{ asset: id, field: 'vanished', before: null, after: null }];
  const [was, is] = [JSON.parse(before), JSON.parse(after)] as Record<string, unknown>[];
  return ATTRIBUTES.flatMap((field) => {
    const [old, fresh] = [textOf(was?.[field]), textOf(is?.[field])];
    return old === fresh ? [] : [{ asset: id, field, before: old, after: fresh }];
  });
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
