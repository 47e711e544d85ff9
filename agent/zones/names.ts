/** What names of devices share: FILL-PLC1 and FILL-HMI stand in the same area. */

/** Words that say what a device is, not where it stands. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'plc cpu pac dcs fcs hmi op panel tp rio io et et200 et200sp et200mp vfd vsd drv drive inv g120 sw switch scalance ' +
    'cell line area unit zone station st pc srv server rtu sis esd ied cam robot simatic s7 s71200 s71500 s7300 s7400 ' +
    'pn local lan internal example com net org corp ot it scada hist historian eng ews es wincc opc'
  ).split(' '),
);

const SHORTEST_AREA = 2;

/** The words of a name that may say where a device stands, in lower case; numbers behind them are dropped. */
function areaOf(name: string): string | null {
  const [host = ''] = name.toLowerCase().split('.', 1);
  const words = host.split(/[^a-z0-9]+/).map((word) => (FUNCTION_WORDS.has(word) ? '' : word.replace(/\d+$/, '')));
  const telling = words.filter((word) => word !== '' && !FUNCTION_WORDS.has(word) && /[a-z]/.test(word));
  const [first] = telling;
  // one letter names an area only beside a word for the function: HMI_A, not A
  const long = first !== undefined && (first.length >= SHORTEST_AREA || words.length > 1);
  return long && words.length > telling.length ? first : null;
}

/** The areas that an asset's names tell. */
export function areasOf(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => areaOf(name) ?? []))].sort();
}
