import { decimal } from './decimal.ts';

/** Things named in a list before it says how many more there are. */
const NAMED = 8;

/** `a, b and 3 more`. */
export function few(items: readonly string[], most: number = NAMED): string {
  if (items.length <= most) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${decimal(items.length - most)} more`;
}
