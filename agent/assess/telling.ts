/** How talks and assets become the parts of a finding. */
import { few } from '../few.ts';
import type { Asset } from '../model/asset.ts';
import type { EvidenceSnapshot, FrameReference } from '../model/snapshot.ts';
import { ACCESS_ORDER } from '../zones/flow.ts';
import { type End, isOutside, type Talk } from './plant-view.ts';
import type { Found } from './rule.ts';
import { count, distinct, lines } from './words.ts';

/** Frames shown as samples of a finding. */
const SAMPLES = 5;

/** `10.0.0.1 (PLC-1)`. */
export function endName({ address, asset }: Pick<End, 'address' | 'asset'>): string {
  const name = asset?.names[0];
  return name === undefined ? address : `${address} (${name})`;
}

export function assetName({ ip, mac, names, id }: Asset): string {
  const address = ip[0] ?? mac[0] ?? id;
  return names[0] === undefined ? address : `${address} (${names[0]})`;
}

/** `modbus (write)`: the protocol and the strongest access, or the port where nothing was recognised. */
export function serviceOf({ conversation: { protocol, transport, port, recognised }, accesses }: Talk): string {
  const strongest = accesses.at(-1);
  if (!recognised) return protocol;
  return strongest === undefined ? `${protocol} on ${transport}/${port ?? 0}` : `${protocol} (${strongest})`;
}

/** One line per pair of ends, the weightiest first: what passed between them, and how much. */
export function pairLines(talks: readonly Talk[], most?: number): string[] {
  const pairs = new Map<string, Talk[]>();
  for (const talk of talks) {
    const key = `${talk.client.scoped} ${talk.server.scoped}`;
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, [talk]);
    else known.push(talk);
  }
  const weighed = [...pairs].map(([key, pair]) => {
    const packets = pair.reduce((sum, { conversation }) => sum + conversation.packets, 0);
    return { key, pair, packets, weight: pair.reduce((most, talk) => Math.max(most, weightOf(talk)), -1) };
  });
  weighed.sort((a, b) => b.weight - a.weight || b.packets - a.packets || (a.key < b.key ? -1 : 1));
  return lines(weighed, most, ({ pair, packets }) => {
    const [{ client, server }] = pair as [Talk];
    const answered = pair.some((talk) => talk.answered) ? '' : ', not answered';
    const services = few(distinct(pair.map(serviceOf)), 4);
    return `${endName(client)} → ${endName(server)}: ${services}, ${count(packets, 'packet')}${answered}`;
  });
}

function weightOf({ accesses }: Talk): number {
  const strongest = accesses.at(-1);
  return strongest === undefined ? -1 : ACCESS_ORDER.indexOf(strongest);
}

/**
 * The assets of talks, the plant's zones they bear on, and when they were heard. What is wrong with a border is so for
 * both zones of the plant; what is done to a server bears on the server's zone alone. Zones outside are others' affair.
 */
export function ofTalks(
  talks: readonly Talk[],
  bearOn: 'both' | 'servers' = 'both',
): Pick<Found, 'assets' | 'zones' | 'samples' | 'firstSeen' | 'lastSeen'> {
  const servers = new Set(talks.map(({ server }) => server));
  const ends = new Set(servers);
  for (const { client } of talks) ends.add(client);
  const borne = bearOn === 'both' ? ends : servers;
  return {
    assets: distinct([...ends].flatMap(({ asset }) => asset?.id ?? [])),
    zones: distinct([...borne].flatMap((end) => (end.zone === null || isOutside(end) ? [] : end.zone.id))),
    samples: firstFramesOf(talks),
    ...spanOf(talks.map(({ conversation }) => conversation)),
  };
}

/** When the first of several things was seen first, and the last last; null of nothing. */
export function spanOf(seen: readonly { readonly firstSeen: number; readonly lastSeen: number }[]): {
  firstSeen: number | null;
  lastSeen: number | null;
} {
  let firstSeen = Number.POSITIVE_INFINITY;
  let lastSeen = Number.NEGATIVE_INFINITY;
  for (const entry of seen) {
    firstSeen = Math.min(firstSeen, entry.firstSeen);
    lastSeen = Math.max(lastSeen, entry.lastSeen);
  }
  return seen.length === 0 ? { firstSeen: null, lastSeen: null } : { firstSeen, lastSeen };
}

/** Where talks can be seen: the frame of each one's strongest operation, or its first. The strongest talks come first. */
function firstFramesOf(talks: readonly Talk[]): FrameReference[] {
  const first: { readonly talk: Talk; readonly frame: FrameReference }[] = [];
  for (const talk of talks) {
    const last = first.at(-1);
    if (last !== undefined && first.length === SAMPLES && byWeight(talk, last.talk) >= 0) continue;
    const frame = frameOf(talk);
    if (frame === null) continue;
    const place = first.findIndex((other) => byWeight(talk, other.talk) < 0);
    first.splice(place === -1 ? first.length : place, 0, { talk, frame });
    first.length = Math.min(first.length, SAMPLES);
  }
  return first.map(({ frame }) => frame);
}

function byWeight(a: Talk, b: Talk): number {
  return weightOf(b) - weightOf(a) || a.conversation.firstSeen - b.conversation.firstSeen;
}

function frameOf({ accesses, conversation: { operations, firstFrame } }: Talk): FrameReference | null {
  const strongest = accesses.at(-1);
  return operations.find(({ access }) => access === strongest)?.firstFrame ?? firstFrame;
}

/** The frames that said evidence first. */
export function framesOf(evidence: readonly EvidenceSnapshot[]): FrameReference[] {
  return evidence
    .flatMap(({ file, frame }) => (file === null || frame === null ? [] : [{ file, frame }]))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.frame - b.frame))
    .slice(0, SAMPLES);
}

/** Evidence that assets show, by what it says: one line per statement with those who show it. */
export function statementLines(
  shown: readonly { readonly asset: Asset; readonly entry: EvidenceSnapshot }[],
  most?: number,
): string[] {
  const byValue = new Map<string, Set<string>>();
  for (const { asset, entry } of shown) {
    const names = byValue.get(entry.value) ?? new Set();
    byValue.set(entry.value, names.add(assetName(asset)));
  }
  const all = [...byValue].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  return lines(all, most, ([value, names]) => `${value}: ${count(names.size, 'asset')} (${few([...names].sort(), 6)})`);
}
