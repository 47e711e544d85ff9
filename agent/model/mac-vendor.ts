/** What a MAC address itself tells: the IEEE assignment of its first bytes, or that nobody assigned it. */
import { assignmentOf } from './ieee-assignments.ts';

/** Who made the interface, as far as the address tells. */
export interface MacOrigin {
  /** The organisation that the IEEE assigned the block to, or null. */
  readonly vendor: string | null;
  /** Set for an address that no maker burned in: `virtual machine`, `randomised`, or `locally administered`. */
  readonly kind: string | null;
}

/** Blocks of hypervisors: behind them is software, and the maker's name is not the device's. */
const VIRTUAL: ReadonlyMap<string, string> = new Map([
  ['000569', 'VMware'],
  ['000c29', 'VMware'],
  ['001c14', 'VMware'],
  ['005056', 'VMware'],
  ['00155d', 'Microsoft Hyper-V'],
  ['001c42', 'Parallels'],
  ['00163e', 'Xen'],
  ['080027', 'VirtualBox'],
  ['525400', 'QEMU/KVM'],
  ['0242ac', 'Docker'],
]);

const AUTHORITY = 'IEEE Registration Authority';

/** What is known of a colon-separated MAC address. */
export function macOrigin(mac: string): MacOrigin {
  const digits = mac.replaceAll(':', '').toLowerCase();
  const virtual = VIRTUAL.get(digits.slice(0, 6));
  if (virtual !== undefined) return { vendor: registered(digits) ?? virtual, kind: 'virtual machine' };
  const first = Number.parseInt(digits.slice(0, 2), 16);
  if ((first & 2) !== 0 && registered(digits) === null) {
    // IEEE 802, clause 8.4: the U/L bit. Phones and laptops pick x2, x6, xA or xE at random; others set a plan of their own.
    return { vendor: null, kind: 'locally administered or randomised' };
  }
  return { vendor: registered(digits), kind: null };
}

/** Organisations of blocks met so far: a plant has thousands of devices of few makers. */
const wholeBlocks = new Map<string, string | null>();

/** Blocks of 36 and 28 bits lie within blocks of 24 that the authority keeps for itself, or that nobody has. */
function registered(digits: string): string | null {
  const block = digits.slice(0, 6);
  const known = wholeBlocks.get(block);
  if (known !== undefined) return known;
  const whole = assigned(digits, 6);
  if (whole !== undefined && !whole.startsWith(AUTHORITY)) {
    const name = organisation(whole);
    wholeBlocks.set(block, name);
    return name;
  }
  const part = assigned(digits, 9) ?? assigned(digits, 7);
  return part === undefined ? null : organisation(part);
}

function assigned(digits: string, length: number): string | undefined {
  return assignmentOf(digits.slice(0, length).toUpperCase());
}

/** The first line without the legal form: `Siemens AG` is Siemens. */
function organisation(entry: string): string | null {
  const name = (entry.split('\n', 1)[0] as string).trim();
  if (name === 'Private') return null;
  const short = name
    .replace(
      /[,.]?\s+(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|gmbh( & co\.? kg)?|ag|kg|s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|a\/s|ab|oyj?|plc|pty)\b\.?/gi,
      '',
    )
    .replace(/[ ,.&-]+$/, '')
    .trim();
  return short === '' ? name : short;
}
