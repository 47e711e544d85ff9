/** What stands in the way of listening on this machine, and how to mend it. Finds out by trying, and sends nothing. */
import { readFileSync } from 'node:fs';
import { FieldmarkError } from '../../errors.ts';
import { DEFAULT_SNAP_LENGTH, HELPERS, type HelperName, howToGet, presentHelpers } from './helper.ts';
import { type Interface, interfacesOf } from './interfaces.ts';
import { LiveCapture } from './live-capture.ts';

/** `bad`: nothing can be heard; `odd`: it can, but not as well or as silently as it should be. */
export interface Diagnosis {
  readonly verdict: 'good' | 'odd' | 'bad';
  readonly what: string;
  /** How to mend it; null where there is nothing to mend. */
  readonly mend: string | null;
}

/** Bytes of the ring for a trial. */
const TRIAL_RING = 4 << 20;

const SILENT: (name: string) => string = (name) =>
  `sysctl -w net.ipv6.conf.${name}.disable_ipv6=1, and give it no address: ip address flush dev ${name}`;

/** @param wanted interfaces to look at; all but the loopback when none is named */
export async function diagnose(wanted: readonly string[]): Promise<Diagnosis[]> {
  const all = interfacesOf();
  const found: Diagnosis[] = [];
  for (const name of wanted) {
    if (all.every((one) => one.name !== name)) {
      found.push({ verdict: 'bad', what: `there is no interface ${name}`, mend: 'fieldmark interfaces lists them' });
    }
  }
  const chosen = all.filter(({ name }) => (wanted.length > 0 ? wanted.includes(name) : name !== 'lo'));
  const trialOn = chosen.find(({ state }) => state !== 'down') ?? all.find(({ name }) => name === 'lo');
  const present = presentHelpers();
  for (const helper of HELPERS) {
    if (present.includes(helper)) found.push(await tried(helper, trialOn?.name ?? 'lo'));
  }
  const usable = found.some(({ verdict }) => verdict === 'good');
  for (const helper of HELPERS) {
    if (present.includes(helper)) continue;
    const verdict = usable || helper !== 'tcpdump' ? ('odd' as const) : ('bad' as const);
    if (helper === 'tcpdump' || !usable) found.push({ verdict, what: `${helper} is not here`, mend: howToGet(helper) });
  }
  return [...found, ...chosen.flatMap(looks)];
}

/** Listens for a moment: nothing else tells for certain whether it may. */
async function tried(helper: HelperName, name: string): Promise<Diagnosis> {
  const options = { interface: name, helper, filter: '', promiscuous: false };
  const capture = new LiveCapture(
    { ...options, snapLength: DEFAULT_SNAP_LENGTH, ringBytes: TRIAL_RING },
    { sink: { frame() {} }, onEvent() {} },
  );
  try {
    await capture.start();
    await capture.stop();
    return { verdict: 'good', what: `${helper} is here and may listen (tried on ${name})`, mend: null };
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    return { verdict: 'odd', what: error.message, mend: 'docs/deployment.md, "Who needs which right"' };
  }
}

function looks({ name, state, addresses, sent }: Interface): Diagnosis[] {
  const found: Diagnosis[] = [];
  if (state === 'down' || state === 'lowerlayerdown' || state === 'notpresent') {
    const mend = `plug in the cable, and: ip link set ${name} up`;
    found.push({ verdict: 'odd', what: `${name} is ${state}: nothing is heard on it`, mend });
  }
  if (addresses.length > 0) {
    const what = `${name} has the address ${addresses.join(' and ')}: this machine speaks on it`;
    found.push({ verdict: 'odd', what, mend: `if a mirror port is plugged in there: ${SILENT(name)}` });
  } else if (speaksIpv6(name)) {
    const what = `${name} has no address, but IPv6 is on: the kernel sends router solicitations and multicast reports when the link comes up`;
    found.push({ verdict: 'odd', what, mend: SILENT(name) });
  } else if (sent !== null) {
    found.push({
      verdict: 'good',
      what: `${name} is silent: no address, IPv6 off, ${sent} packets sent so far`,
      mend: null,
    });
  }
  return found;
}

/** Whether the kernel configures IPv6 on it (Linux, Documentation/networking/ip-sysctl: disable_ipv6). */
function speaksIpv6(name: string): boolean {
  try {
    return readFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, 'utf8').trim() !== '1';
  } catch {
    return false; // no IPv6, or not Linux
  }
}
