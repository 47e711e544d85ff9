/** What the pointer rests on, in a few words; all of it comes by a click. */
import { roleWords } from '../../../../agent/baseline/words.ts';
import { assetName } from '../../data/names.ts';
import { bytesWords, countWords } from '../../parts/words.ts';
import type { Choice, Resting } from './canvas.ts';
import type { MapData } from './elements.ts';

const WIDTH = 280;

export function Tip({ resting, data }: { readonly resting: Resting; readonly data: MapData }) {
  const { choice, at } = resting;
  const [title, ...lines] = wordsOf(choice, data);
  if (title === undefined) return null;
  const left = Math.max(8, Math.min(at.x + 16, innerWidth - WIDTH - 200));
  return (
    <div class="map-tip" aria-hidden="true" style={{ left: `${left}px`, top: `${at.y + 16}px` }}>
      <strong>{title}</strong>
      {lines.filter(Boolean).map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}

function wordsOf(choice: Choice, data: MapData): string[] {
  if (choice.kind === 'asset') {
    const asset = data.assets.find(({ id }) => id === choice.id);
    if (asset === undefined) return [];
    const { ip, mac, vendor, product, model, firmware, role } = asset;
    return [
      assetName(asset),
      roleWords(role),
      [ip[0], mac[0]].filter(Boolean).join(' · '),
      [vendor, product ?? model, firmware].filter(Boolean).join(' · '),
    ];
  }
  const nameOf = (id: string) => data.zones.find((zone) => zone.id === id)?.name ?? 'no zone';
  if (choice.kind === 'zone') {
    const zone = data.zones.find(({ id }) => id === choice.id);
    if (zone === undefined) return [];
    return [zone.name, `${zone.kind} · SL-T ${zone.securityLevelTarget}`, ...zone.reasons.slice(0, 2)];
  }
  const [one, other] = choice.ends;
  const conduits = data.conduits.filter(({ from, to }) => choice.ends.includes(from) && choice.ends.includes(to));
  const bytes = conduits.reduce((sum, { traffic }) => sum + (traffic?.bytes ?? 0), 0);
  const protocols = [...new Set(conduits.flatMap(({ allow }) => allow.map(({ protocol }) => protocol)))];
  const flagged = data.violations.filter(
    ({ fromZone, toZone }) =>
      fromZone !== null &&
      toZone !== null &&
      fromZone !== toZone &&
      choice.ends.includes(fromZone) &&
      choice.ends.includes(toZone),
  ).length;
  return [
    `${nameOf(one)} and ${nameOf(other)}`,
    protocols.join(', '),
    `${bytesWords(bytes)} heard`,
    flagged === 0 ? '' : `${countWords(flagged)} ${flagged === 1 ? 'violation' : 'violations'}`,
  ];
}
