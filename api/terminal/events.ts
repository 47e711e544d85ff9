/** Events for a person at a terminal. */
import type { PlantEvent } from '../../agent/baseline/event.ts';
import type { Side } from '../../agent/report/diff.ts';
import { countText, durationText, timeText } from '../../agent/report/numbers.ts';
import { visible } from '../../agent/report/visible.ts';
import { SEVERITIES } from '../../agent/severity.ts';
import { headingFor } from './heading.ts';

/** Events of one severity before the rest is only counted. */
const MOST_EVENTS = 40;
/** Reasons shown of one event. */
const MOST_REASONS = 4;

/** What changed, the most severe first; bold headings where `stream` is a terminal that shows them. */
export function diffText(
  before: Side,
  after: Side,
  events: readonly PlantEvent[],
  stream: { readonly isTTY?: boolean },
): string {
  const heading = headingFor(stream);
  const groups = SEVERITIES.toReversed().flatMap((severity) => {
    const of = events.filter((event) => event.severity === severity);
    if (of.length === 0) return [];
    const rest = of.length - MOST_EVENTS;
    const more = rest > 0 ? [`  … and ${countText(rest)} more: --json has them all`] : [];
    return [
      [
        heading(`${severity.toUpperCase()}  ${countText(of.length)}`),
        ...of.slice(0, MOST_EVENTS).map(eventText),
        ...more,
      ].join('\n'),
    ];
  });
  const result = events.length === 0 ? ['Nothing changed.'] : groups;
  return `${[[sideText('before', before), sideText('after ', after)].join('\n'), ...result].join('\n\n')}\n`;
}

function sideText(which: string, { name, picture: { capture, assets } }: Side): string {
  const devices = `${countText(assets.filter(({ parent }) => parent === null).length)} assets`;
  const { firstSeen, lastSeen } = capture;
  const shown = visible(name);
  if (firstSeen === null || lastSeen === null) return `${which}  ${shown}: nothing was heard`;
  return `${which}  ${shown}: ${devices}, ${timeText(firstSeen)} and ${durationText((lastSeen - firstSeen) / 1e6)} on`;
}

function eventText({ title, reasons, technique, firstSeen, samples }: PlantEvent): string {
  const [sample] = samples;
  const where = [
    ...(firstSeen === null ? [] : [`first ${timeText(firstSeen)}`]),
    ...(sample === undefined ? [] : [`frame ${sample.frame} of ${sample.file}`]),
    ...(technique === null ? [] : [`ATT&CK ${technique}`]),
  ];
  const rest = reasons.length - MOST_REASONS;
  const lines = [
    ...reasons.slice(0, MOST_REASONS),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    ...(where.length > 0 ? [where.join(', ')] : []),
  ];
  return `  ${visible(title)}\n${lines.map((line) => `      ${visible(line)}`).join('\n')}`;
}
