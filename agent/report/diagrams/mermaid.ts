/** The diagram as a Mermaid flowchart, for pages that draw Mermaid (wikis, Markdown on code hosts). */
import { LIGHT } from '../palette.ts';
import {
  BAND_NAMES,
  BANDS,
  contentText,
  type Diagram,
  type DiagramEdge,
  type DiagramZone,
  edgeLabel,
  lineWidth,
  zoneSubtitle,
} from './diagram.ts';

/**
 * Mermaid's syntax, "Entity codes to escape characters": `#` and a number or name and `;` stand for a character inside
 * quotes. Everything that means something to Mermaid, Markdown or HTML is written so.
 */
function quoted(text: string): string {
  return `"${text.replace(/[#&<>"'`;\\[\](){}|*_~$@%]/gu, (character) => `#${character.codePointAt(0)};`)}"`;
}

export function mermaidOf({ zones, edges }: Diagram): string {
  const lines = ['flowchart TB'];
  for (const band of [...BANDS, null]) {
    const members = zones.flatMap((zone, index) => (zone.band === band ? [nodeOf(zone, index)] : []));
    if (members.length === 0) continue;
    const [id, title] =
      band === null ? ['none', 'No zone'] : [String(band).replace('.', '_'), `Level ${band} ${BAND_NAMES[band]}`];
    lines.push(`  subgraph level_${id}[${quoted(title)}]`, ...members.map((member) => `    ${member}`), '  end');
  }
  for (const edge of edges) lines.push(`  ${linkOf(edge)}`);
  edges.forEach((edge, index) => {
    const dashes = edge.unbounded ? ',stroke-dasharray:9 6' : '';
    lines.push(
      `  linkStyle ${index} stroke:${LIGHT.verdicts[edge.verdict]},stroke-width:${lineWidth(edge)}px${dashes}`,
    );
  });
  for (const kind of [...new Set(zones.map((zone) => zone.kind ?? 'none'))]) {
    const { fill, line } = LIGHT.kinds[kind];
    lines.push(`  classDef ${kind} fill:${fill},stroke:${line},color:${LIGHT.text}`);
  }
  return `${lines.join('\n')}\n`;
}

function nodeOf(zone: DiagramZone, index: number): string {
  const text = [zone.name, zoneSubtitle(zone), contentText(zone)]
    .map((line) => quoted(line).slice(1, -1))
    .join('<br/>');
  return `z${index}("${text}"):::${zone.kind ?? 'none'}`;
}

/** Mermaid draws no arrow backwards: a line that is asked only from `b` begins there. */
function linkOf(edge: DiagramEdge): string {
  const { a, b, forth, back } = edge;
  const label = `|${quoted(edgeLabel(edge))}|`;
  if (forth && back) return `z${a} <-->${label} z${b}`;
  return forth ? `z${a} -->${label} z${b}` : `z${b} -->${label} z${a}`;
}
