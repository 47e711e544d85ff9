/** The diagram as an uncompressed draw.io file (mxfile), to be edited and drawn on. */
import { escaped } from '../markup.ts';
import { LIGHT } from '../palette.ts';
import { BAND_NAMES, contentText, type Diagram, edgeLabel, edgeText, lineWidth, zoneSubtitle } from './diagram.ts';
import { type Box, type Line, layoutOf, type Strip } from './layout.ts';

export function drawioOf(diagram: Diagram): string {
  const { width, height, strips, boxes, lines } = layoutOf(diagram);
  const cells = [
    '<mxCell id="0"/>',
    '<mxCell id="1" parent="0"/>',
    ...strips.map((strip, index) => bandOf(strip, index, width)),
    ...boxes.map(zoneOf),
    ...lines.map((line) => conduitOf(line, diagram)),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mxfile host="fieldmark">',
    '<diagram id="zones" name="Zones and conduits">',
    `<mxGraphModel dx="0" dy="0" grid="1" gridSize="12" page="1" pageWidth="${width}" pageHeight="${height}">`,
    '<root>',
    ...cells,
    '</root>',
    '</mxGraphModel>',
    '</diagram>',
    '</mxfile>',
    '',
  ].join('\n');
}

/** A cell's text is HTML inside an attribute: escaped as both. */
function htmlLabel(lines: readonly string[]): string {
  const [first = '', ...rest] = lines.map(escaped);
  return escaped([`<b>${first}</b>`, ...rest].join('<br>'));
}

function bandOf({ band, y, height, empty }: Strip, index: number, width: number): string {
  const label = band === null ? 'No zone' : `Level ${band} ${BAND_NAMES[band]}${empty ? ': no zone' : ''}`;
  const style = `rounded=0;html=1;align=left;verticalAlign=top;spacingLeft=8;fillColor=${empty ? 'none' : LIGHT.surface};strokeColor=${LIGHT.rule};fontColor=${LIGHT.muted};connectable=0`;
  return (
    `<mxCell id="band-${index}" value="${escaped(escaped(label))}" style="${style}" vertex="1" parent="1">` +
    `<mxGeometry x="0" y="${y}" width="${width}" height="${height}" as="geometry"/></mxCell>`
  );
}

function zoneOf({ zone, x, y, width, height }: Box, index: number): string {
  const { fill, line } = LIGHT.kinds[zone.kind ?? 'none'];
  const dashed = zone.kind === null || zone.kind === 'external' ? ';dashed=1' : '';
  const style = `rounded=1;arcSize=10;html=1;whiteSpace=wrap;overflow=hidden;fillColor=${fill};strokeColor=${line};fontColor=${LIGHT.text}${dashed}`;
  return (
    `<mxCell id="z${index}" value="${htmlLabel([zone.name, zoneSubtitle(zone), contentText(zone)])}" style="${style}" vertex="1" parent="1">` +
    `<mxGeometry x="${x}" y="${y}" width="${width}" height="${height}" as="geometry"/></mxCell>`
  );
}

function conduitOf({ edge, points }: Line, { zones }: Diagram): string {
  const { number, a, b, forth, back, verdict, unbounded } = edge;
  const head = (drawn: boolean) => (drawn ? 'block' : 'none');
  const style = `rounded=0;html=1;strokeColor=${LIGHT.verdicts[verdict]};strokeWidth=${lineWidth(edge)};dashed=${unbounded ? 1 : 0};startArrow=${head(back)};endArrow=${head(forth)}`;
  const bends = points.slice(1, -1).map(([x, y]) => `<mxPoint x="${x}" y="${y}"/>`);
  return (
    `<UserObject id="c${number}" label="${escaped(escaped(edgeLabel(edge)))}" tooltip="${escaped(escaped(edgeText(edge, zones)))}">` +
    `<mxCell style="${style}" edge="1" parent="1" source="z${a}" target="z${b}">` +
    `<mxGeometry relative="1" as="geometry"><Array as="points">${bends.join('')}</Array></mxGeometry></mxCell></UserObject>`
  );
}
