/** A report for people, before it is HTML or Markdown: chapters of blocks, so that both say the same. */

import type { Access } from '../../parsers/protocol.ts';
import { decimal } from '../decimal.ts';
import type { Severity } from '../severity.ts';
import type { ZoneKind } from '../zones/zone.ts';
import type { Diagram, DiagramZone } from './diagrams/diagram.ts';

/** A piece of text. Plain strings may come from the wire: renderers escape them. */
export type Inline =
  | string
  | { readonly is: 'strong' | 'code' | 'muted'; readonly text: string }
  /** To a place in the document. */
  | { readonly is: 'link'; readonly to: string; readonly text: string }
  | { readonly is: 'severity'; readonly severity: Severity }
  | { readonly is: 'kind'; readonly kind: ZoneKind }
  | { readonly is: 'access'; readonly access: Access }
  /** A judgement: in order, not in order, or not known; the words say which. */
  | { readonly is: 'verdict'; readonly tone: 'good' | 'bad' | 'unknown'; readonly text: string };

export type Text = Inline | readonly Inline[];

export interface Column {
  readonly heading: string;
  /** Stands to the right. */
  readonly number?: boolean;
  /** May break anywhere and takes what room is left. */
  readonly wide?: boolean;
}

export interface Row {
  /** The place's name, for links. */
  readonly id?: string;
  readonly cells: readonly Text[];
}

/** One cell of a matrix; null where nothing passes. */
export interface MatrixCell {
  readonly access: Access | null;
  readonly text: string;
  readonly title: string;
  readonly violated: boolean;
}

export type Block =
  | { readonly block: 'heading'; readonly level: 3 | 4; readonly id?: string; readonly text: Text }
  | { readonly block: 'paragraph'; readonly text: Text }
  /** What would make a reader go wrong when overlooked. */
  | { readonly block: 'note'; readonly text: Text }
  | { readonly block: 'list'; readonly ordered?: boolean; readonly items: readonly Text[] }
  /** A name and what is said of it. */
  | { readonly block: 'terms'; readonly items: readonly (readonly [term: string, text: Text])[] }
  /** Figures to see first: a number or two words, what it counts, and a remark. */
  | { readonly block: 'figures'; readonly items: readonly Figure[] }
  | {
      readonly block: 'table';
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: Iterable<Row>;
    }
  | {
      readonly block: 'matrix';
      readonly caption: string;
      readonly names: readonly { readonly text: string; readonly to: string | null }[];
      cell(row: number, column: number): MatrixCell | null;
    }
  | { readonly block: 'diagram'; readonly diagram: Diagram; linkOf(zone: DiagramZone): string | null }
  /** Something that belongs together, with its name; where there are many, they are folded until they are wanted. */
  | {
      readonly block: 'part';
      readonly id?: string;
      readonly title: Text;
      readonly folded: boolean;
      readonly severity?: Severity;
      readonly blocks: Iterable<Block>;
    };

export interface Figure {
  readonly value: string;
  readonly label: string;
  readonly note: string;
  readonly to: string;
  readonly tone: 'plain' | 'bad';
}

export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly blocks: Iterable<Block>;
}

export interface ReportDocument {
  readonly title: string;
  /** What was listened to, in a line. */
  readonly subtitle: string;
  readonly chapters: readonly Chapter[];
}

export const strong = (text: string): Inline => ({ is: 'strong', text });
export const code = (text: string): Inline => ({ is: 'code', text });
export const muted = (text: string): Inline => ({ is: 'muted', text });
export const link = (to: string, text: string): Inline => ({ is: 'link', to, text });
/** What is not known is said to be so. */
export const UNKNOWN: Inline = { is: 'muted', text: '–' };

/** The texts with something between them. */
export function joined(texts: readonly Text[], between = ', '): Inline[] {
  return texts.flatMap((text, index) => (index === 0 ? inlines(text) : [between, ...inlines(text)]));
}

/** The first of many texts, and how many more there are. */
export function few(texts: readonly Text[], most: number): Inline[] {
  const shown = joined(texts.slice(0, most));
  return texts.length > most ? [...shown, ` and ${decimal(texts.length - most)} more`] : shown;
}

/** The pieces of a text. */
export function inlines(text: Text): readonly Inline[] {
  return Array.isArray(text) ? text : [text as Inline];
}
