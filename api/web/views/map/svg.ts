/** The map as SVG: what the canvas shows, drawn again from the same elements and computed styles. */
import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';
import { glyphData } from './glyphs.ts';

const MARGIN = 24;
/** At the left, for the names of bands, which the canvas wraps elsewhere. */
const NAMES = 70;
/** Of a line of text, in its font size. */
const LEADING = 1.2;

export function svgOf(cy: Core, background: string): string {
  const box = cy.elements(':visible').boundingBox({ includeOverlays: false });
  const view = [box.x1 - MARGIN - NAMES, box.y1 - MARGIN, box.w + 2 * MARGIN + NAMES, box.h + 2 * MARGIN].map(rounded);
  const nodes = cy.nodes(':visible').toArray() as NodeSingular[];
  const parts = [
    ...nodes.filter((node) => node.hasClass('band')).map(bandPart),
    ...nodes.filter((node) => node.hasClass('zone')).map(zonePart),
    ...(cy.edges(':visible').toArray() as EdgeSingular[]).map(edgePart),
    ...nodes.filter((node) => node.hasClass('asset')).map(assetPart),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.join(' ')}" width="${view[2]}" height="${view[3]}" font-family="system-ui, sans-serif">
<rect x="${view[0]}" y="${view[1]}" width="${view[2]}" height="${view[3]}" fill="${escaped(background)}"/>
${parts.join('\n')}
</svg>
`;
}

function bandPart(node: NodeSingular): string {
  const { x, y } = node.position();
  const [width, height] = [node.width(), node.height()];
  const shape = `<rect x="${rounded(x - width / 2)}" y="${rounded(y - height / 2)}" width="${rounded(width)}" height="${rounded(height)}" fill="${node.style('background-color')}"/>`;
  return shape + textPart(node, x - width / 2 - 18, y, 'end');
}

function zonePart(node: NodeSingular): string {
  const { x1, y1, w, h } = node.boundingBox({ includeLabels: false, includeOverlays: false });
  const shape = `<rect x="${rounded(x1)}" y="${rounded(y1)}" width="${rounded(w)}" height="${rounded(h)}" rx="14" fill="${node.style('background-color')}" stroke="${node.style('border-color')}" stroke-width="${number(node, 'border-width')}"/>`;
  const lines = String(node.data('label')).split('\n').length;
  const middle = number(node, 'font-size') * LEADING * (lines / 2) + 6;
  return shape + textPart(node, x1 + w / 2, y1 + middle, 'middle');
}

function assetPart(node: NodeSingular): string {
  const { x, y } = node.position();
  const radius = node.width() / 2;
  const colour = node.style('color');
  const side = radius * 2 * 0.58;
  return [
    `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" fill="${node.style('background-color')}" stroke="${node.style('border-color')}"/>`,
    `<image x="${rounded(x - side / 2)}" y="${rounded(y - side / 2)}" width="${rounded(side)}" height="${rounded(side)}" href="${escaped(glyphData(node.data('role'), colour))}"/>`,
    textPart(node, x, y + radius + 4 + number(node, 'font-size') * 0.6, 'middle'),
  ].join('');
}

function edgePart(edge: EdgeSingular): string {
  const from = edge.sourceEndpoint();
  const to = edge.targetEndpoint();
  const bend = edge.controlPoints()?.[0];
  const curve = bend === undefined ? `L${point(to)}` : `Q${point(bend)} ${point(to)}`;
  const width = number(edge, 'width');
  const colour = edge.style('line-color');
  const dash = edge.style('line-style') === 'dashed' ? ' stroke-dasharray="8 5"' : '';
  const head = (name: string, tip: Place, tail: Place) =>
    edge.style(`${name}-arrow-shape`) === 'triangle' ? arrow(tip, tail, 4 + 2 * width, colour) : '';
  return `<g opacity="${edge.style('opacity')}"><path d="M${point(from)} ${curve}" fill="none" stroke="${colour}" stroke-width="${rounded(width)}"${dash}/>${head('target', to, bend ?? from)}${head('source', from, bend ?? to)}</g>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function arrow(tip: Place, tail: Place, size: number, colour: string): string {
  const along = Math.atan2(tip.y - tail.y, tip.x - tail.x);
  const corner = (turn: number) => ({
    x: tip.x - size * Math.cos(along + turn),
    y: tip.y - size * Math.sin(along + turn),
  });
  return `<path d="M${point(tip)}L${point(corner(0.45))}L${point(corner(-0.45))}z" fill="${colour}"/>`;
}

function textPart(node: NodeSingular, x: number, y: number, anchor: 'end' | 'middle'): string {
  const size = number(node, 'font-size');
  const lines = String(node.data('label') ?? '').split(node.hasClass('band') ? ' · ' : '\n');
  const weight = node.style('font-weight');
  return lines
    .map((line, index) => {
      const at = y + (index - (lines.length - 1) / 2) * size * LEADING + size * 0.35;
      return `<text x="${rounded(x)}" y="${rounded(at)}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="${node.style('color')}">${escaped(line)}</text>`;
    })
    .join('');
}

function number(element: NodeSingular | EdgeSingular, property: string): number {
  return Number.parseFloat(String(element.style(property))) || 0;
}

function point({ x, y }: Place): string {
  return `${rounded(x)},${rounded(y)}`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Names on the map come from whoever sends packets. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
