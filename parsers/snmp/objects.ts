/** The objects that identify an agent: SNMPv2-MIB (RFC 3418), IF-MIB (RFC 2863), ENTITY-MIB (RFC 6933). */
import { u8 } from '../bytes.ts';
import { Source } from './evidence.ts';

/** No source: the object tells nothing of identity. */
export const NO_SOURCE = -1;

/** 1.3.6.1.2.1, in BER; MIB-2. */
const MIB_2 = [0x2b, 6, 1, 2, 1] as const;
const AT = MIB_2.length;

/** By the last number of 1.3.6.1.2.1.1.x.0. sysContact (4) names a person and is left alone. */
const SYSTEM: ReadonlyMap<number, number> = new Map([
  [1, Source.description],
  [2, Source.objectId],
  [5, Source.name],
  [6, Source.location],
]);

/** By the column of entPhysicalEntry, 1.3.6.1.2.1.47.1.1.1.1.x.index. */
const ENTITY: ReadonlyMap<number, number> = new Map([
  [2, Source.entityDescription],
  [8, Source.entityHardware],
  [9, Source.entityFirmware],
  [10, Source.entitySoftware],
  [11, Source.entitySerial],
  [12, Source.entityManufacturer],
  [13, Source.entityModel],
]);
const ENTITY_ENTRY = [47, 1, 1, 1, 1] as const;
const IF_PHYS_ADDRESS = [2, 2, 1, 6] as const;

/**
 * The source of evidence that the object named by `b[at, end)` gives. Of the entities only the first counts, which is
 * nearly always the chassis; modules in it would be taken for the device.
 */
export function identitySource(b: Uint8Array, at: number, end: number): number {
  if (!follows(MIB_2, b, at, end)) return NO_SOURCE;
  const next = at + AT;
  if (end - next === 3 && u8(b, next) === 1 && u8(b, next + 2) === 0) {
    return SYSTEM.get(u8(b, next + 1)) ?? NO_SOURCE;
  }
  if (follows(ENTITY_ENTRY, b, next, end) && end - next === 7 && u8(b, next + 6) === 1) {
    return ENTITY.get(u8(b, next + 5)) ?? NO_SOURCE;
  }
  return follows(IF_PHYS_ADDRESS, b, next, end) ? Source.interfaceAddress : NO_SOURCE;
}

function follows(prefix: readonly number[], b: Uint8Array, at: number, end: number): boolean {
  if (end - at < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (u8(b, at + i) !== prefix[i]) return false;
  return true;
}
