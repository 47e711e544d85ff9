/**
 * A number in digits: thousands apart, at most one place behind the point, `1,234.5`. As `Intl.NumberFormat('en-GB')`
 * has it, without the tenth of a second that loading the languages of the world takes.
 */
export function decimal(value: number): string {
  const [whole = '', fraction] = `${Math.round(value * 10) / 10}`.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
