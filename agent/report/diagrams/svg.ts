/** The diagram as a picture: SVG 1.1 that needs nothing beside itself; dark where the reader's screen is, light on paper. */
import { ZONE_KINDS } from '../../zones/zone.ts';
import { escaped } from '../markup.ts';
import { DARK, LIGHT, type Palette } from '../palette.ts';
import { cut } from '../visible.ts';
import { counted } from '../words.ts';
import {
  BAND_NAMES,
  contentText,
  type Diagram,
  type DiagramEdge,
  type DiagramZone,
  edgeLines,
  edgeText,
  lineWidth,
  zoneSubtitle,
} from './diagram.ts';
import { type Box, type Layout, type Line, layoutOf, type Strip } from './layout.ts';

/** Where the picture is part of a page that explains it, the list of lines below it is left out, and boxes are links. */
export interface SvgOptions {
  readonly legend: boolean;
  /** Target of a zone's box, by the index of the zone in the diagram. */
  readonly linkOf?: (zone: DiagramZone) => string | null;
}

const VERDICTS = ['allowed', 'proposed', 'violating'] as const;
const KEY_HEIGHT = 34;
const LEGEND_LINE = 19;
const FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";

/** The style sheet of the picture; constant, so that a page's security policy can name its hash. */
export const SVG_STYLE: string = [
  `.fm text{font-family:${FONT};font-size:12px}`,
  '.fm .name{font-weight:600;font-size:13px}',
  '.fm .chip-text{font-size:10px}',
  '.fm a:focus rect,.fm a:hover rect{stroke-width:3}',
  `@media screen and (prefers-color-scheme:dark){${darkRules(DARK)}}`,
].join('\n');

function darkRules(palette: Palette): string {
  const kinds = [...ZONE_KINDS, 'none' as const].map((kind) => {
    const { fill, line } = palette.kinds[kind];
    return `.fm .k-${kind}{fill:${fill};stroke:${line}}.fm .t-${kind}{fill:${line}}`;
  });
  const verdicts = VERDICTS.map((verdict) => {
    const colour = palette.verdicts[verdict];
    return `.fm .l-${verdict}{stroke:${colour}}.fm .a-${verdict}{fill:${colour}}`;
  });
  return [
    `.fm .page{fill:${palette.page}}.fm .band{fill:${palette.surface}}.fm .thin{fill:${palette.page};stroke:${palette.rule}}`,
    `.fm .text{fill:${palette.text}}.fm .muted{fill:${palette.muted}}.fm .chip{fill:${palette.page}}`,
    ...kinds,
    ...verdicts,
  ].join('');
}

/** The diagram as one SVG document. */
export function svgOf(diagram: Diagram, options: SvgOptions = { legend: true }): string {
  const layout = layoutOf(diagram);
  const { width } = layout;
  const legend = options.legend ? legendOf(diagram, layout.height + KEY_HEIGHT, width) : [];
  const height = layout.height + KEY_HEIGHT + legend.length * LEGEND_LINE + 8;
  const parts = [
    `<svg class="fm" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${description(diagram)}">`,
    `<style>${SVG_STYLE}</style>`,
    `<defs>${VERDICTS.map(arrow).join('')}</defs>`,
    `<rect class="page" width="${width}" height="${height}" fill="${LIGHT.page}"/>`,
    ...layout.strips.map((strip) => stripOf(strip, width)),
    ...[...layout.lines].sort(byVerdict).map((line) => lineOf(line, diagram.zones)),
    ...layout.boxes.map((box) => boxOf(box, options.linkOf?.(box.zone) ?? null)),
    ...layout.lines.map(chipOf),
    key(layout),
    ...legend,
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function description({ zones, edges }: Diagram): string {
  return escaped(`Zones and conduits: ${counted(zones.length, 'zone')}, ${counted(edges.length, 'connection')}`);
}

function arrow(verdict: DiagramEdge['verdict']): string {
  return (
    `<marker id="fm-${verdict}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto-start-reverse">` +
    `<path class="a-${verdict}" d="M0 0L10 5L0 10z" fill="${LIGHT.verdicts[verdict]}"/></marker>`
  );
}

function stripOf({ band, y, height, empty }: Strip, width: number): string {
  const label = band === null ? 'No zone' : `Level ${band}`;
  const name = band === null ? '' : BAND_NAMES[band];
  if (empty) {
    return (
      `<rect class="thin" x="0.5" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" fill="${LIGHT.page}" stroke="${LIGHT.rule}" stroke-dasharray="2 4"/>` +
      `<text class="muted" x="10" y="${y + 15}" fill="${LIGHT.muted}">${label} ${name}: no zone</text>`
    );
  }
  return (
    `<rect class="band" x="0" y="${y}" width="${width}" height="${height}" fill="${LIGHT.surface}"/>` +
    `<text class="name text" x="10" y="${y + 28}" fill="${LIGHT.text}">${label}</text>` +
    `<text class="muted" x="10" y="${y + 45}" fill="${LIGHT.muted}">${name}</text>`
  );
}

function boxOf({ zone, x, y, width, height }: Box, link: string | null): string {
  const kind = zone.kind ?? 'none';
  const { fill, line } = LIGHT.kinds[kind];
  const dashes = zone.kind === null || zone.kind === 'external' ? ' stroke-dasharray="6 3"' : '';
  const room = width - 24;
  const names = twoLines(zone.name.split(' '), room, 7.6);
  const lower = names.length > 1 ? 16 : 0;
  const contents = twoLines(contentText(zone).split(/ (?=\d)/), room, 6.6);
  const text = (className: string, offset: number, content: string, colour: string) =>
    `<text class="${className}" x="${x + 12}" y="${y + offset}" fill="${colour}">${escaped(content)}</text>`;
  const content = [
    `<title>${escaped(`${zone.name}: ${zoneSubtitle(zone)}; ${contentText(zone)}`)}</title>`,
    `<rect class="k-${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${fill}" stroke="${line}" stroke-width="1.8"${dashes}/>`,
    ...names.map((name, index) => text('name text', 23 + 16 * index, name, LIGHT.text)),
    text(`t-${kind}`, 41 + lower, zoneSubtitle(zone), line),
    ...contents.map((words, index) => text('text', 60 + lower + 16 * index, words, LIGHT.text)),
  ].join('');
  return link === null ? `<g>${content}</g>` : `<a href="${escaped(link)}">${content}</a>`;
}

/** Words in a line, or two where one is too short; what the second cannot hold is cut. */
function twoLines(words: readonly string[], room: number, letter: number): string[] {
  let count = 1;
  while (count < words.length && units(words.slice(0, count + 1).join(' ')) * letter <= room) count++;
  return [words.slice(0, count), words.slice(count)]
    .filter((line) => line.length > 0)
    .map((line) => fitted(line.join(' '), room, letter));
}

/** The text, cut to a width in pixels at so many pixels for a letter. */
function fitted(text: string, room: number, letter: number): string {
  const share = units(text) * letter;
  return share <= room ? text : cut(text, Math.max(1, Math.floor((text.length * room) / share)));
}

/** Letters, counting wide ones (East Asian scripts and beyond) twice. */
function units(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) as number) >= 0x1100 ? 2 : 1), 0);
}

/** Violations last: they lie above what is in order. */
function byVerdict(a: Line, b: Line): number {
  return VERDICTS.indexOf(a.edge.verdict) - VERDICTS.indexOf(b.edge.verdict) || a.edge.number - b.edge.number;
}

/** Dashes of a line with no boundary between its ends. */
const BROKEN = '9 6';

function lineOf({ edge, points }: Line, zones: readonly DiagramZone[]): string {
  const { verdict, forth, back, unbounded } = edge;
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const ends = `${forth ? ` marker-end="url(#fm-${verdict})"` : ''}${back ? ` marker-start="url(#fm-${verdict})"` : ''}`;
  return (
    `<path class="l-${verdict}" d="${path}" fill="none" stroke="${LIGHT.verdicts[verdict]}" stroke-width="${lineWidth(edge)}" stroke-linejoin="round"` +
    `${unbounded ? ` stroke-dasharray="${BROKEN}"` : ''}${ends}><title>${escaped(edgeText(edge, zones))}</title></path>`
  );
}

/** A line's number; with an exclamation mark where it carries a violation. */
function chipOf({ edge, label: [x, y] }: Line): string {
  const { verdict } = edge;
  const colour = LIGHT.verdicts[verdict];
  const text = `${edge.number}${verdict === 'violating' ? '!' : ''}`;
  const width = 8 + text.length * 6;
  return (
    `<rect class="chip l-${verdict}" x="${x - width / 2}" y="${y - 7}" width="${width}" height="14" rx="4" fill="${LIGHT.page}" stroke="${colour}"/>` +
    `<text class="chip-text a-${verdict}" x="${x}" y="${y + 3.5}" text-anchor="middle" fill="${colour}">${text}</text>`
  );
}

function key({ height }: Layout): string {
  const y = height + 22;
  const sample = (x: number, verdict: DiagramEdge['verdict'], dashes: string, words: string) =>
    `<path class="l-${verdict}" d="M${x} ${y - 4}h34" fill="none" stroke="${LIGHT.verdicts[verdict]}" stroke-width="2.5"${dashes} marker-end="url(#fm-${verdict})"/>` +
    `<text class="muted" x="${x + 42}" y="${y}" fill="${LIGHT.muted}">${words}</text>`;
  return [
    sample(10, 'allowed', '', 'allowed'),
    sample(112, 'proposed', '', 'proposed'),
    sample(224, 'violating', '', '! violating'),
    sample(344, 'proposed', ` stroke-dasharray="${BROKEN}"`, 'no boundary observed'),
    `<text class="muted" x="${540}" y="${y}" fill="${LIGHT.muted}">arrow: at the server · width: log of bytes</text>`,
  ].join('');
}

/** Each edge's number and what passes in each direction. */
function legendOf({ zones, edges }: Diagram, top: number, width: number): string[] {
  const rows = edges.flatMap((edge) =>
    edgeLines(edge, zones).map((words, index) => [index === 0 ? `${edge.number}` : '', words] as const),
  );
  return rows.map(([number, words], index) => {
    const y = top + 14 + index * LEGEND_LINE;
    const text = escaped(fitted(words, width - 50, 6.6));
    return (
      `<text class="muted" x="30" y="${y}" text-anchor="end" fill="${LIGHT.muted}">${number}</text>` +
      `<text class="text" x="40" y="${y}" fill="${LIGHT.text}">${text}</text>`
    );
  });
}
