/**
 * Vendor ids of PROFINET, as PROFIBUS & PROFINET International assigns them: those that could be checked against
 * device descriptions (GSDML files) in public. Any other is told by its number: the whole table
 * (https://www.profibus.com/IM/Man_ID_Table.xml) may be read by anybody, but not published again.
 */
const VENDORS: ReadonlyMap<number, string> = new Map([
  [0x002a, 'Siemens'],
  [0x00b0, 'Phoenix Contact'],
  [0x010a, 'SEW-EURODRIVE'],
  [0x010c, 'HMS Industrial Networks'],
  [0x0493, 'RT-Labs'],
]);

/** The vendor's name, where it is known. */
export function vendorName(id: number): string | null {
  return VENDORS.get(id) ?? null;
}
