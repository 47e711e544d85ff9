/** Changes JSON by its values, so that what comes out is JSON still. */
import type { Random } from '../../../fixtures/plant/random.ts';
import type { Material } from './mutate.ts';

type Holder = Record<string | number, unknown>;

const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 1, 2 ** 31, '', ' ', '\0', '\u2028', '\ud800'],
  ...['__proto__', 'constructor', 'toString', '=1+1', '<b>', '../..', '\u001b[2J', '9999-12-31T23:59:59.999999Z'],
  ...[[], {}, [[]], 'x'.repeat(5000)],
];

export function changedJson(bytes: Uint8Array, { random, words }: Material): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return bytes; // no JSON any more: changed by its bytes only
  }
  const root: Holder = { root: value };
  for (let changes = 1 + random.below(3); changes > 0; changes--) change(root, random, words);
  return Buffer.from(JSON.stringify(root['root'] ?? null), 'utf8');
}

/** A value somewhere inside: its holder and the key there. */
function somewhere(root: Holder, random: Random): [holder: Holder, key: string] {
  let holder = root;
  let key = 'root';
  for (;;) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null || random.chance(0.2)) return [holder, key];
    const keys = Object.keys(value);
    if (keys.length === 0) return [holder, key];
    holder = value as Holder;
    key = keys[random.below(keys.length)] as string;
  }
}

function change(root: Holder, random: Random, words: readonly Uint8Array[]): void {
  const [holder, key] = somewhere(root, random);
  const value = holder[key];
  switch (random.below(8)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      if (Array.isArray(value)) value.push(...structuredClone(value).slice(0, 3));
      break;
    case 2: {
      const [other, otherKey] = somewhere(root, random);
      holder[key] = structuredClone(other[otherKey]);
      break;
    }
    case 3: {
      const word = words[random.below(words.length)];
      if (word !== undefined) holder[key] = Buffer.from(word).toString('latin1');
      break;
    }
    case 4:
      if (typeof value === 'number') holder[key] = value + random.below(3) - 1;
      else if (typeof value === 'string') holder[key] = value.slice(0, random.below(value.length + 1));
      break;
    case 5: {
      // defined, not assigned: a name like __proto__ must come out as one
      const name = ODD[random.below(ODD.length)];
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && typeof name === 'string') {
        Object.defineProperty(value, name, { value: 1, enumerable: true, configurable: true, writable: true });
      }
      break;
    }
    default:
      holder[key] = structuredClone(ODD[random.below(ODD.length)]);
  }
}
