/**
 * The diagram as GraphML (graphml.graphdrawing.org, version 1.0): places and looks in yEd's extension, and everything
 * the diagram knows as plain attributes for other programs.
 */
import { escaped } from '../markup.ts';
import { LIGHT } from '../palette.ts';
import {
  contentText,
  type Diagram,
  type DiagramEdge,
  edgeLabel,
  edgeText,
  lineWidth,
  zoneSubtitle,
} from './diagram.ts';
import { type Box, layoutOf } from './layout.ts';

const NODE_ATTRIBUTES = ['id', 'name', 'kind', 'securityLevelTarget', 'level', 'assets', 'roles'] as const;
const EDGE_ATTRIBUTES = ['number', 'verdict', 'bytes', 'violations', 'boundary', 'asks', 'allows'] as const;
const WHOLE_NUMBERS: ReadonlySet<string> = new Set(['securityLevelTarget', 'assets', 'number', 'bytes', 'violations']);

type Attributes<Names extends readonly string[]> = Readonly<Record<Names[number], string | number | null>>;

export function graphmlOf(diagram: Diagram): string {
  const { boxes } = layoutOf(diagram);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">',
    ...keysOf('node', NODE_ATTRIBUTES),
    ...keysOf('edge', EDGE_ATTRIBUTES),
    '<key id="node-looks" for="node" yfiles.type="nodegraphics"/>',
    '<key id="edge-looks" for="edge" yfiles.type="edgegraphics"/>',
    '<graph id="zones" edgedefault="directed">',
    ...boxes.map(nodeOf),
    ...diagram.edges.map((edge) => edgeOf(edge, diagram)),
    '</graph>',
    '</graphml>',
  ];
  return `${lines.join('\n')}\n`;
}

function keysOf(what: 'node' | 'edge', names: readonly string[]): string[] {
  return names.map((name) => {
    const type = WHOLE_NUMBERS.has(name) ? 'long' : 'string';
    return `<key id="${what}-${name}" for="${what}" attr.name="${name}" attr.type="${type}"/>`;
  });
}

/** Attributes that are known; GraphML has no null. */
function dataOf(what: 'node' | 'edge', attributes: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : `<data key="${what}-${name}">${escaped(String(value))}</data>`))
    .join('');
}

function nodeOf({ zone, x, y, width, height }: Box, index: number): string {
  const { fill, line } = LIGHT.kinds[zone.kind ?? 'none'];
  const { id, name, kind, securityLevelTarget, band, assets } = zone;
  const attributes: Attributes<typeof NODE_ATTRIBUTES> = {
    id,
    name,
    kind,
    securityLevelTarget,
    level: band === null ? null : String(band),
    assets,
    roles: contentText(zone),
  };
  const style = kind === null || kind === 'external' ? 'dashed' : 'line';
  const label = [name, zoneSubtitle(zone), contentText(zone)].map(escaped).join('&#10;');
  return [
    `<node id="z${index}">${dataOf('node', attributes)}<data key="node-looks"><y:ShapeNode>`,
    `<y:Geometry x="${x}" y="${y}" width="${width}" height="${height}"/>`,
    `<y:Fill color="${fill}" transparent="false"/><y:BorderStyle color="${line}" type="${style}" width="2.0"/>`,
    `<y:NodeLabel autoSizePolicy="node_width" configuration="CroppingLabel" textColor="${LIGHT.text}">${label}</y:NodeLabel>`,
    '<y:Shape type="roundrectangle"/></y:ShapeNode></data></node>',
  ].join('');
}

function edgeOf(edge: DiagramEdge, { zones }: Diagram): string {
  const { number, a, b, forth, back, verdict, bytes, violations, unbounded } = edge;
  const attributes: Attributes<typeof EDGE_ATTRIBUTES> = {
    number,
    verdict,
    bytes,
    violations,
    boundary: unbounded ? 'no boundary observed' : null,
    asks: forth && back ? 'both' : forth ? 'source' : 'target',
    allows: edgeText(edge, zones),
  };
  const head = (drawn: boolean) => (drawn ? 'standard' : 'none');
  return [
    `<edge id="c${number}" source="z${a}" target="z${b}">${dataOf('edge', attributes)}<data key="edge-looks"><y:PolyLineEdge>`,
    `<y:LineStyle color="${LIGHT.verdicts[verdict]}" type="${unbounded ? 'dashed' : 'line'}" width="${lineWidth(edge)}"/>`,
    `<y:Arrows source="${head(back)}" target="${head(forth)}"/><y:EdgeLabel>${escaped(edgeLabel(edge))}</y:EdgeLabel>`,
    '</y:PolyLineEdge></data></edge>',
  ].join('');
}
