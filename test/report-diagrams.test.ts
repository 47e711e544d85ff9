/** Diagrams of zones and conduits: that they can be read by people, and by the programs they are for. */
import { DOMParser, type Document } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BANDS,
  type Diagram,
  type DiagramEdge,
  type DiagramZone,
  diagramOf,
} from '../agent/report/diagrams/diagram.ts';
import { drawioOf } from '../agent/report/diagrams/drawio.ts';
import { graphmlOf } from '../agent/report/diagrams/graphml.ts';
import { type Box, type Line, layoutOf } from '../agent/report/diagrams/layout.ts';
import { mermaidOf } from '../agent/report/diagrams/mermaid.ts';
import { svgOf } from '../agent/report/diagrams/svg.ts';
import { plantOfShape } from './report-plants.ts';
import { runs } from './runs.ts';

const plants = [1, 3, 8, 25].map(
  (zones) => [zones, plantOfShape({ zones, assetsPerZone: 4, policy: zones > 3 })] as const,
);

/** Diagrams of any shape: zones in any bands, edges between any two. */
const anyDiagram: fc.Arbitrary<Diagram> = fc
  .record({
    bands: fc.array(fc.constantFrom(...BANDS, null), { minLength: 1, maxLength: 26 }),
    pairs: fc.array(fc.tuple(fc.nat(25), fc.nat(25), fc.boolean()), { maxLength: 60 }),
  })
  .map(({ bands, pairs }) => {
    const order = (band: (typeof bands)[number]) => (band === null ? BANDS.length : BANDS.indexOf(band));
    const zones = bands
      .sort((a, b) => order(a) - order(b))
      .map(
        (band, index): DiagramZone => ({
          id: `z${index}`,
          name: `Zone ${index}`,
          kind: 'control',
          securityLevelTarget: 2,
          band,
          assets: 0,
          roles: [],
        }),
      );
    const edges = new Map<string, DiagramEdge>();
    for (const [x, y, unbounded] of pairs) {
      const [a, b] = [Math.min(x, y) % zones.length, Math.max(x, y) % zones.length].sort((m, n) => m - n) as [
        number,
        number,
      ];
      if (a === b) continue;
      edges.set(`${a}/${b}`, {
        number: edges.size + 1,
        a,
        b,
        forth: true,
        back: unbounded,
        bytes: 1000,
        verdict: 'proposed',
        unbounded,
        violations: 0,
        lines: [],
        permissions: [],
      });
    }
    return { zones, edges: [...edges.values()].map((edge, index) => ({ ...edge, number: index + 1 })) };
  });

type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

function segmentsOf({ points }: Line): Segment[] {
  return points.slice(1).map(([x, y], index) => {
    const [px, py] = points[index] as readonly [number, number];
    return [Math.min(x, px), Math.min(y, py), Math.max(x, px), Math.max(y, py)];
  });
}

describe('the layout', () => {
  test('no box covers another, no line crosses a box, no two lines lie on one another', () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        const { boxes, lines, width, height } = layoutOf(diagram);
        expect(boxes).toHaveLength(diagram.zones.length);
        expect(lines).toHaveLength(diagram.edges.length);
        const touching = (a: Box, b: Box) =>
          a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
        boxes.forEach((box, index) => {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
          expect(boxes.slice(index + 1).filter((other) => touching(box, other))).toEqual([]);
        });
        const segments = lines.flatMap((line) => segmentsOf(line).map((segment) => ({ segment, line })));
        for (const {
          segment: [x1, y1, x2, y2],
        } of segments) {
          expect(x1 === x2 || y1 === y2).toBe(true);
          const inside = boxes.filter(({ x, y, width: w, height: h }) => x1 < x + w && x < x2 && y1 < y + h && y < y2);
          const through =
            x1 === x2
              ? boxes.filter(({ x, y, width: w, height: h }) => x < x1 && x1 < x + w && y1 < y + h && y < y2)
              : inside;
          expect(through).toEqual([]);
        }
        segments.forEach(({ segment: a, line }, index) => {
          for (const { segment: b, line: other } of segments.slice(index + 1)) {
            if (line === other) continue;
            const vertical = a[0] === a[2] && b[0] === b[2] && a[0] === b[0];
            const horizontal = a[1] === a[3] && b[1] === b[3] && a[1] === b[1];
            if (vertical) expect(Math.min(a[3], b[3])).toBeLessThanOrEqual(Math.max(a[1], b[1]));
            if (horizontal) expect(Math.min(a[2], b[2])).toBeLessThanOrEqual(Math.max(a[0], b[0]));
          }
        });
      }),
      { numRuns: runs(200) },
    );
  });

  test('numbers of lines do not cover one another', () => {
    for (const [, plant] of plants) {
      const labels = layoutOf(diagramOf(plant)).lines.map(({ label }) => label);
      labels.forEach(([x, y], index) => {
        const close = labels.slice(index + 1).filter(([ox, oy]) => Math.abs(x - ox) < 20 && Math.abs(y - oy) < 14);
        expect(close).toEqual([]);
      });
    }
  });

  test('bands stand from the outside to the process', () => {
    const { boxes } = layoutOf(diagramOf(plantOfShape({ zones: 25, assetsPerZone: 2, policy: false })));
    const inOrder = [...boxes].sort((a, b) => a.y - b.y).map(({ zone }) => zone.band ?? -1);
    expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
  });
});

function readXml(text: string): Document {
  return new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(text, 'text/xml');
}

describe.each(plants)('the diagram of %i zones', (_, plant) => {
  const diagram = diagramOf(plant);
  const { zones, edges } = diagram;

  test('has a line for each pair of zones with a conduit or a violation', () => {
    const pairs = plant.conduits.map(({ from, to }) => [from, to].sort().join('/'));
    expect(edges).toHaveLength(new Set(pairs).size);
    const violated = new Set(
      plant.check?.violations.map(({ fromZone, toZone }) => [fromZone, toZone].sort().join('/')),
    );
    expect(edges.filter(({ verdict }) => verdict === 'violating')).toHaveLength(violated.size);
  });

  test('SVG: a box for each zone, an arrow at each server, a broken line where no boundary was observed', () => {
    const svg = readXml(svgOf(diagram));
    const paths = [...svg.getElementsByTagName('path')].filter((path) => path.getElementsByTagName('title').length > 0);
    expect(paths).toHaveLength(edges.length);
    expect(paths.filter((path) => path.hasAttribute('stroke-dasharray'))).toHaveLength(
      edges.filter(({ unbounded }) => unbounded).length,
    );
    expect(paths.filter((path) => path.hasAttribute('marker-end'))).toHaveLength(
      edges.filter(({ forth }) => forth).length,
    );
    const text = [...svg.getElementsByTagName('text')].map(({ textContent }) => textContent).join(' ');
    for (const { name } of zones) expect(text).toContain(name);
  });

  test('GraphML: nodes and edges that name one another, attributes that are declared', () => {
    const graphml = readXml(graphmlOf(diagram));
    const ids = [...graphml.getElementsByTagName('node')].map((node) => node.getAttribute('id'));
    expect(ids).toHaveLength(zones.length);
    const drawn = [...graphml.getElementsByTagName('edge')];
    expect(drawn).toHaveLength(edges.length);
    for (const edge of drawn)
      expect(ids).toEqual(expect.arrayContaining([edge.getAttribute('source'), edge.getAttribute('target')]));
    const keys = new Set([...graphml.getElementsByTagName('key')].map((key) => key.getAttribute('id')));
    for (const data of [...graphml.getElementsByTagName('data')]) expect(keys).toContain(data.getAttribute('key'));
  });

  test('draw.io: cells with places, lines between them, ids once', () => {
    const drawio = readXml(drawioOf(diagram));
    expect(drawio.documentElement?.tagName).toBe('mxfile');
    const cells = [...drawio.getElementsByTagName('mxCell'), ...drawio.getElementsByTagName('UserObject')];
    const ids = cells.map((cell) => cell.getAttribute('id')).filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
    const lines = cells.filter((cell) => cell.getAttribute('edge') === '1');
    expect(lines).toHaveLength(edges.length);
    for (const line of lines)
      expect(ids).toEqual(expect.arrayContaining([line.getAttribute('source'), line.getAttribute('target')]));
  });
});

/** The part of Mermaid's flowchart grammar that is used: quoted text holds no quote, and entities for what has a meaning. */
const TEXT = '"(?:[^"#`;<>]|#\\d+;|<br/>)*"';
const GRAMMAR = [
  /^flowchart TB$/,
  new RegExp(`^ {2}subgraph level_\\w+\\[${TEXT}\\]$`),
  new RegExp(`^ {4}z\\d+\\(${TEXT}\\):::\\w+$`),
  /^ {2}end$/,
  new RegExp(`^ {2}z\\d+ (?:-->|<-->)\\|${TEXT}\\| z\\d+$`),
  /^ {2}linkStyle \d+ stroke:#[0-9a-f]{6},stroke-width:[\d.]+px(?:,stroke-dasharray:9 6)?$/,
  /^ {2}classDef \w+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}$/,
];

describe('Mermaid', () => {
  test('every line is of the grammar, whatever zones are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const text = mermaidOf(diagramOf(plantOfShape({ zones: 5, assetsPerZone: 1, policy: true, name })));
        const wrong = text
          .trimEnd()
          .split('\n')
          .filter((line) => !GRAMMAR.some((rule) => rule.test(line)));
        expect(wrong).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  test.each(plants)('draws all of %i zones', (_, plant) => {
    const diagram = diagramOf(plant);
    const lines = mermaidOf(diagram).split('\n');
    expect(lines.filter((line) => /^ {4}z\d+\(/.test(line))).toHaveLength(diagram.zones.length);
    expect(lines.filter((line) => /^ {2}z\d+ /.test(line))).toHaveLength(diagram.edges.length);
    expect(lines.filter((line) => line.startsWith('  linkStyle'))).toHaveLength(diagram.edges.length);
  });
});
