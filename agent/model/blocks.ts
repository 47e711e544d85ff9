/** Blocks of addresses: what networks are made of while no mask is known. */
import { few } from '../few.ts';
import { isGlobal } from './address.ts';

/** Bits of the block that an IPv4 address is in. */
const BLOCK_BITS = 24;

/** Blocks that are named where several are one network; the rest is counted. */
const MOST_NAMED = 3;

/** The block of an address: of an IPv4 /24 its lowest address, of an IPv6 /64 its four groups; null for link-local IPv6. */
export function blockOf(address: string): string | null {
  if (!address.includes(':')) return address.replace(/\.\d+$/, '.0');
  if (/^fe[89ab]/.test(address)) return null; // RFC 4291, section 2.5.6
  const [head = '', tail] = address.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) while (groups.length < 4) groups.push('0');
  return `${groups.slice(0, 4).join(':')}::`;
}

/** The lowest of blocks, and all of them as people write them: the smallest prefix that spans neighbours. */
export function blocksText(blocks: readonly string[]): { first: string | null; text: string | null } {
  const v4 = blocks.filter((block) => !block.includes(':')).sort((a, b) => numberOf(a) - numberOf(b));
  const v6 = blocks.filter((block) => block.includes(':')).sort();
  const [first] = [...v4, ...v6];
  if (first === undefined) return { first: null, text: null };
  const low = v4[0];
  const high = v4.at(-1);
  const bits = low === undefined || high === undefined ? BLOCK_BITS : commonBits(numberOf(low), numberOf(high));
  // a prefix that is mostly not theirs would say more than was seen
  const spans = 2 ** (BLOCK_BITS - bits) <= 2 * v4.length;
  const texts = spans && low !== undefined ? [`${maskedText(numberOf(low), bits)}/${bits}`] : v4.map((b) => `${b}/24`);
  const all = [...texts, ...v6.map((block) => `${block}/64`)];
  return { first, text: few(all, MOST_NAMED) };
}

function numberOf(block: string): number {
  return block.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Leading bits that two blocks share. */
function commonBits(a: number, b: number): number {
  return Math.min(BLOCK_BITS, Math.clz32((a ^ b) >>> 0));
}

function maskedText(address: number, bits: number): string {
  const masked = bits === 0 ? 0 : (address & (-1 << (32 - bits))) >>> 0;
  return [24, 16, 8, 0].map((shift) => (masked >>> shift) & 0xff).join('.');
}

/** An address that was heard on its own link. */
interface Linked {
  readonly address: string;
  /** It answered ARP. */
  readonly claimed: boolean;
}

/** One public address alone may be what a router forwards; so many are neighbours. */
const LEAST_NEIGHBOURS = 2;

/**
 * The blocks of public addresses that a plant uses on its own links, as old plants do: somebody of them answers ARP, or
 * several were heard there.
 */
export function ownPublicBlocks(linked: readonly Linked[]): ReadonlySet<string> {
  const own = linked.filter(({ address }) => isGlobal(address));
  const counted = own.length >= LEAST_NEIGHBOURS ? own : own.filter(({ claimed }) => claimed);
  return new Set(counted.flatMap(({ address }) => blockOf(address) ?? []));
}
