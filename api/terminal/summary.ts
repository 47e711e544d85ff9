/** What a capture holds, for a person at a terminal. */
import type { Asset } from '../../agent/model/asset.ts';
import { hearingFindings } from '../../agent/model/capture-quality.ts';
import type { ConversationSnapshot, QualitySnapshot, Snapshot } from '../../agent/model/snapshot.ts';
import type { Plant } from '../../agent/plant.ts';
import { accessOf, doing, protocolText, rhythm, weightiestFirst } from '../../agent/report/conversation-words.ts';
import { bytesText, countText, durationText, timeText } from '../../agent/report/numbers.ts';
import { visible } from '../../agent/report/visible.ts';
import { headingFor } from './heading.ts';
import { tableText } from './table.ts';
import { violationCount, violationTable } from './violations.ts';
import { zoneTable } from './zones.ts';

/** Rows of a list before the rest is only counted. */
const MOST_ASSETS = 60;
const MOST_CONVERSATIONS = 25;

/** The summary as text; bold headings where `stream` is a terminal that shows them. */
export function summaryOf(plant: Plant, stream: { readonly isTTY?: boolean }): string {
  const { snapshot, check, zoning } = plant;
  const assets = plant.assets.all;
  const heading = headingFor(stream);
  const parts = [
    scope(snapshot),
    `${heading(`ASSETS  ${assetCount(assets)}`)}\n${roles(assets)}\n${assetTable(assets)}`,
    `${heading(`ZONES  ${countText(zoning.zones.length)}`)}\n${zoneTable(plant)}`,
    ...(check === null
      ? []
      : [`${heading(`VIOLATIONS  ${violationCount(check)}`)}\n${violationTable(plant, check.violations)}`]),
    `${heading(`CONVERSATIONS  ${countText(snapshot.conversations.length)}`)}\n${conversationTable(snapshot.conversations)}`,
    `${heading('WHAT COULD NOT BE HEARD')}\n${blindSpots(snapshot)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function scope({ capture }: Snapshot): string {
  const read = capture.files.filter(({ packets, error }) => error === null || packets > 0);
  const what = read.length === 1 ? visible(read[0]?.name ?? '') : `${countText(read.length)} captures`;
  const volume = `${countText(capture.packets)} packets, ${bytesText(capture.bytes)}`;
  if (capture.firstSeen === null || capture.lastSeen === null) return `${what}: ${volume}`;
  const span = durationText((capture.lastSeen - capture.firstSeen) / 1e6);
  return `${what}: ${volume}, ${timeText(capture.firstSeen)} and ${span} on`;
}

function assetCount(assets: readonly Asset[]): string {
  const parts = assets.filter(({ parent }) => parent !== null).length;
  return parts === 0
    ? countText(assets.length)
    : `${countText(assets.length - parts)} and ${countText(parts)} parts behind them`;
}

function roles(assets: readonly Asset[]): string {
  const counts = new Map<string, number>();
  for (const { role, parent } of assets) if (parent === null) counts.set(role, (counts.get(role) ?? 0) + 1);
  const ordered = [...counts].sort(([a, n], [b, m]) => Number(a === 'unknown') - Number(b === 'unknown') || m - n);
  return ordered.length === 0 ? '  none' : `  ${ordered.map(([role, n]) => `${n} ${role}`).join(', ')}`;
}

function assetTable(assets: readonly Asset[]): string {
  if (assets.length === 0) return '';
  // devices whose role is known first; parts stay behind their device
  const unknown = new Set(
    assets.filter(({ role, parent }) => role === 'unknown' && parent === null).map(({ id }) => id),
  );
  const last = ({ id, parent }: Asset) => Number(unknown.has(parent ?? id));
  const ordered = [...assets].sort((a, b) => last(a) - last(b));
  const rows = ordered
    .slice(0, MOST_ASSETS)
    .map((asset) => [
      asset.parent === null ? (asset.ip[0] ?? asset.mac[0] ?? '') : `  ${asset.id.slice(asset.parent.length + 1)}`,
      asset.parent === null ? asset.role : 'part',
      [asset.vendor, asset.product ?? asset.model].filter((part) => part !== null).join(' '),
      asset.firmware ?? '',
      asset.names[0] ?? '',
      asset.protocols.map(({ name, as }) => (as === 'peer' ? name : `${name} ${as}`)).join(', '),
    ]);
  const columns = [
    { heading: 'address' },
    { heading: 'role' },
    { heading: 'what it says it is', most: 44 },
    { heading: 'firmware', most: 14 },
    { heading: 'name', most: 20 },
    { heading: 'speaks', most: 60 },
  ];
  return `${tableText(columns, rows)}${more(assets.length - MOST_ASSETS)}`;
}

function conversationTable(conversations: readonly ConversationSnapshot[]): string {
  if (conversations.length === 0) return '  none';
  const ordered = weightiestFirst(conversations);
  const rows = ordered.slice(0, MOST_CONVERSATIONS).map((entry) => {
    const { client, server, packets } = entry;
    return [
      client,
      server,
      protocolText(entry),
      accessOf(entry) ?? '',
      doing(entry),
      rhythm(entry),
      countText(packets),
    ];
  });
  const columns = [
    { heading: 'client' },
    { heading: 'server' },
    { heading: 'protocol' },
    { heading: 'at most' },
    { heading: 'doing', most: 64 },
    { heading: 'every', right: true },
    { heading: 'packets', right: true },
  ];
  return `${tableText(columns, rows)}${more(conversations.length - MOST_CONVERSATIONS)}`;
}

function blindSpots(snapshot: Snapshot): string {
  const { capture } = snapshot;
  const lines = capture.files
    .filter(({ error }) => error !== null)
    .map(
      ({ name, packets, error }) =>
        `${name}: ${error?.message}${packets > 0 ? `; ${countText(packets)} packets before that were read` : ''}`,
    );
  const several = capture.files.length > 1;
  for (const { source, what, mend } of hearingFindings(snapshot)) {
    lines.push(`${several && source !== null ? `${source}: ` : ''}${what}. ${mend}`);
  }
  lines.push(...qualityLines(capture.quality));
  return lines.length === 0 ? '  nothing: every packet was read' : lines.map((line) => `  ${visible(line)}`).join('\n');
}

function qualityLines(quality: QualitySnapshot): string[] {
  const lines: string[] = [];
  const say = (count: number, text: string) => {
    if (count > 0) lines.push(`${text}: ${countText(count)}`);
  };
  for (const [cause, count] of Object.entries(quality.unreadable)) say(count, `Packets not read, ${cause}`);
  const { truncated, malformed, unsupported } = quality.messages;
  say(malformed + truncated, 'Messages that contradict the specification of their protocol');
  say(unsupported, 'Messages of a kind that is not decoded');
  for (const [limit, count] of Object.entries(quality.limitsHit)) say(count, `Limit reached, ${limit}`);
  return lines;
}

function more(count: number): string {
  return count > 0 ? `\n  … and ${countText(count)} more: --json has them all` : '';
}
