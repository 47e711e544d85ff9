/** Parts of a network while it is divided, and what it is divided with. */
import type { Asset } from '../model/asset.ts';
import type { Control } from './control.ts';
import type { Flow } from './flow.ts';
import type { Purpose } from './purpose.ts';
import type { ZoneKind } from './zone.ts';

/** What all networks are divided with. */
export interface Division {
  readonly control: Control;
  readonly purposeOf: (asset: Asset) => Purpose;
  /** What people call an asset, by its id. */
  readonly label: (id: string) => string;
  /** Flows to addresses that are nobody's, by the scoped address. */
  readonly flowsTo: ReadonlyMap<string, readonly Flow[]>;
  /** Whether an asset works for the plant, and not for its offices. */
  readonly isOperational: (id: string) => boolean;
}

/** A part of a network, before its leftovers are dealt out. */
export interface Part {
  readonly id: string;
  readonly name: string;
  readonly kind: ZoneKind;
  readonly programs?: boolean;
  readonly reasons: readonly string[];
  readonly members: Map<string, readonly string[]>;
}
