/** What names of devices share: FILL-PLC1 and FILL-HMI stand in the same area. */

/** Words that say what a device is: beside one of them, another word says where it stands. */
const DEVICE_WORDS: ReadonlySet<string> = new Set(
  (
    'plc cpu pac dcs fcs hmi op panel tp rio io et et200 et200sp et200mp vfd vsd drv drive inv g120 sw switch scalance ' +
    'rtu sis esd ied cam robot'
  ).split(' '),
);

/** Words that say neither. */
const NOISE: ReadonlySet<string> = new Set(
  (
    'cell line area unit zone station st pc srv server simatic s7 pn dp local lan internal example com net org corp ot it ' +
    'scada hist historian eng ews es wincc opc'
  ).split(' '),
);

/** The word of a name that says where a device stands, in lower case; numbers behind words are dropped. */
function areaOf(name: string): string | null {
  const [host = ''] = name.toLowerCase().split('.', 1);
  const words = host.split(/[^a-z0-9]+/).map((word) => (DEVICE_WORDS.has(word) ? word : word.replace(/\d+$/, '')));
  if (!words.some((word) => DEVICE_WORDS.has(word))) return null;
  return words.find((word) => word !== '' && !DEVICE_WORDS.has(word) && !NOISE.has(word)) ?? null;
}

/** The areas that an asset's names tell. */
export function areasOf(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => areaOf(name) ?? []))].sort();
}
