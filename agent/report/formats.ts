/** The forms a report can take, and how each is written. */
import type { Assessment } from '../assess/assessment.ts';
import type { Plant } from '../plant.ts';
import { CSV_TABLES, type CsvTable } from './csv/tables.ts';
import { diagramOf } from './diagrams/diagram.ts';
import { drawioOf } from './diagrams/drawio.ts';
import { graphmlOf } from './diagrams/graphml.ts';
import { mermaidOf } from './diagrams/mermaid.ts';
import { svgOf } from './diagrams/svg.ts';
import { documentOf } from './document-of.ts';
import { dossierOf } from './dossier.ts';
import { htmlOf } from './html/html.ts';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown/markdown.ts';

export interface Format {
  /** How names of files end that hold it. */
  readonly suffix: string;
  /** The file's text, in pieces. `table` is which table a format of one table holds. */
  write(plant: Plant, assessment: Assessment, table: CsvTable): Iterable<string>;
}

export const FORMATS = {
  html: { suffix: '.html', write: (plant, assessment) => htmlOf(documentOf(dossierOf(plant, assessment))) },
  md: { suffix: '.md', write: (plant, assessment) => markdownOf(documentOf(dossierOf(plant, assessment))) },
  json: { suffix: '.json', write: jsonOf },
  csv: { suffix: '.csv', write: (plant, assessment, table) => CSV_TABLES[table](dossierOf(plant, assessment)) },
  svg: { suffix: '.svg', write: (plant) => [svgOf(diagramOf(plant))] },
  mermaid: { suffix: '.mmd', write: (plant) => [mermaidOf(diagramOf(plant))] },
  graphml: { suffix: '.graphml', write: (plant) => [graphmlOf(diagramOf(plant))] },
  drawio: { suffix: '.drawio', write: (plant) => [drawioOf(diagramOf(plant))] },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
