/** What stands in the way of listening on this machine, and how to mend it. Finds out by trying, and sends nothing. */
import { readFileSync } from 'node:fs';
import { FieldmarkError } from '../../errors.ts';
import { DEFAULT_SNAP_LENGTH, HELPERS, type HelperName, howToGet, howToPermit, presentHelpers } from './helper.ts';
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

/** @param wanted interfaces to look at; when none is named, all that are up and no loopback */
export async function diagnose(wanted: readonly string[]): Promise<Diagnosis[]> {
  const all = interfacesOf();
  const missing = wanted.filter((name) => all.every((one) => one.name !== name));
  const chosen = wanted.length > 0 ? all.filter(({ name }) => wanted.includes(name)) : all.filter(isCandidate);
  const trialOn = chosen.find(({ state }) => state !== 'down')?.name ?? 'lo';
  return [
    ...missing.map((name) => bad(`there is no interface ${name}`, 'fieldmark interfaces lists them')),
    ...(await helpers(trialOn)),
    ...chosen.flatMap(looks),
    ...(wanted.length > 0 ? [] : passedOver(all)),
  ];
}

function isCandidate({ kind, state }: Interface): boolean {
  return kind !== 'loopback' && state !== 'down';
}

/** Each helper that is here, tried; and how to get a better one. */
async function helpers(trialOn: string): Promise<Diagnosis[]> {
  const present = presentHelpers();
  const found = await Promise.all(present.map((helper) => tried(helper, trialOn)));
  const [best] = HELPERS;
  const usable = found.filter(({ verdict }) => verdict === 'good').length;
  if (usable === 0 && present.length === 0) {
    return [bad('nothing here can capture: neither tcpdump nor dumpcap nor cap', howToGet(best))];
  }
  if (usable === 0) return found.map((one) => ({ ...one, verdict: 'bad' }));
  if (present.includes(best)) return found;
  return [...found, odd(`${best} is not here: of all helpers it loses the least`, howToGet(best))];
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
    return good(`${helper} is here and may listen (tried on ${name})`);
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    if (error.code !== 'CAPTURE_NOT_PERMITTED')
      return odd(error.message, 'docs/deployment.md, "Who needs which right"');
    return odd(`${helper} is here, but is not permitted to listen (tried on ${name})`, howToPermit(helper));
  }
}

function looks(one: Interface): Diagnosis[] {
  return [...hears(one), ...speaks(one)];
}

/** What stands in the way of hearing something on it. */
function hears({ name, kind, state, enabled }: Interface): Diagnosis[] {
  if (!enabled) return [odd(`${name} is switched off: nothing is heard on it`, `ip link set ${name} up`)];
  if (state === 'down' || state === 'lowerlayerdown') {
    return [odd(`${name} has no link: nothing is heard on it`, 'plug in the cable, and switch the mirror port on')];
  }
  switch (kind) {
    case 'vlan':
      return [odd(`${name} hears one VLAN, without its tag`, 'listen to the interface below it: it hears them all')];
    case 'wireless':
      return [odd(`${name} is wireless: it hears what is meant for this machine`, 'listen to a wired port')];
    case 'loopback':
      return [odd(`${name} is the loopback: it hears what this machine says to itself`, 'listen to a wired port')];
    default:
      return [];
  }
}

/** What may be sent over it, though not by Fieldmark. */
function speaks({ name, kind, master, addresses, sent }: Interface): Diagnosis[] {
  if (kind === 'loopback') return [];
  const silence = `sysctl -w net.ipv6.conf.${name}.disable_ipv6=1`;
  const found: Diagnosis[] = [];
  if (master !== null) {
    const what = `${name} is a port of ${master}: what others say there is sent out of it`;
    found.push(odd(what, `if a mirror port is plugged in there: ip link set ${name} nomaster`));
  }
  if (kind === 'bridge') {
    found.push(odd(`${name} is a bridge: it passes frames on between its ports`, 'listen to a port of no bridge'));
  }
  if (addresses.length > 0) {
    const what = `${name} has ${addresses.length > 1 ? 'addresses' : 'the address'} ${addresses.join(', ')}: this machine speaks on it`;
    const mend = `if a mirror port is plugged in there: ip address flush dev ${name}; ${silence}`;
    found.push(odd(what, mend));
  } else if (speaksIpv6(name)) {
    const why = 'the kernel sends router solicitations and multicast reports when the link comes up';
    found.push(odd(`${name} has no address, but IPv6 is on: ${why}`, silence));
  }
  if (found.length > 0 || sent === null) return found;
  return [good(`${name} is silent: no address, IPv6 off, ${sent} packets sent so far`)];
}

/** One line for what was not looked at: machines with containers have dozens of them. */
function passedOver(all: readonly Interface[]): Diagnosis[] {
  const names = all.filter(({ kind, state }) => kind !== 'loopback' && state === 'down').map(({ name }) => name);
  if (names.length === 0) return [];
  return [odd(`down, and not looked at: ${names.join(', ')}`, `fieldmark doctor ${names[0]}`)];
}

const good = (what: string): Diagnosis => ({ verdict: 'good', what, mend: null });
const odd = (what: string, mend: string): Diagnosis => ({ verdict: 'odd', what, mend });
const bad = (what: string, mend: string): Diagnosis => ({ verdict: 'bad', what, mend });

/** Whether the kernel configures IPv6 on it (Linux, Documentation/networking/ip-sysctl: disable_ipv6). */
function speaksIpv6(name: string): boolean {
  try {
    return readFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, 'utf8').trim() !== '1';
  } catch {
    return false; // no IPv6, or not Linux
  }
}
