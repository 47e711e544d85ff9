/** The report as one HTML file that needs nothing beside itself: no script, no font, no picture from elsewhere. */
import { createHash } from 'node:crypto';
import { ACCESS_ORDER } from '../../zones/flow.ts';
import { SVG_STYLE, svgOf } from '../diagrams/svg.ts';
import type { Block, Chapter, Column, Inline, MatrixCell, ReportDocument, Row, Text } from '../document.ts';
import { inlines } from '../document.ts';
import { escaped } from '../markup.ts';
import { ACCESS_LETTERS, KIND_WORDS, SEVERITY_ICONS } from '../words.ts';
import { STYLE } from './style.ts';

/** Folded parts are printed open up to so many in a chapter; beyond, paper is the wrong place for them. */
const MOST_OPENED_IN_PRINT = 150;

/** The file in pieces, in order. */
export function* htmlOf(report: ReportDocument): Generator<string> {
  yield head(report);
  yield `<body>\n<div class="frame">\n<nav aria-label="Chapters"><span class="brand">Fieldmark</span><ol>\n`;
  for (const { id, title } of report.chapters) yield `<li><a href="#${id}">${escaped(title)}</a></li>\n`;
  yield `</ol></nav>\n<main>\n<header><h1>${escaped(report.title)}</h1><p class="muted">${escaped(report.subtitle)}</p></header>\n`;
  for (const chapter of report.chapters) yield* chapterOf(chapter);
  yield '</main>\n</div>\n</body>\n</html>\n';
}

function head({ title, subtitle }: ReportDocument): string {
  const styles = [STYLE, SVG_STYLE].map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  const policy = `default-src 'none'; style-src ${styles.join(' ')}; base-uri 'none'; form-action 'none'`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(`${title}: ${subtitle}`)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '',
  ].join('\n');
}

/** Chapters whose tables are wider than a portrait page. */
const LANDSCAPE: ReadonlySet<string> = new Set(['zones', 'register', 'communication']);

function* chapterOf({ id, title, blocks }: Chapter): Generator<string> {
  const landscape = LANDSCAPE.has(id) ? ' class="landscape"' : '';
  yield `<section id="${id}"${landscape} aria-labelledby="h-${id}"><h2 id="h-${id}">${escaped(title)}</h2>\n`;
  const folds = { left: MOST_OPENED_IN_PRINT };
  for (const block of blocks) yield* blockOf(block, 3, folds);
  yield '</section>\n';
}

/** @param depth level that a heading of a part has here */
function* blockOf(block: Block, depth: 3 | 4 | 5, folds: { left: number }): Generator<string> {
  switch (block.block) {
    case 'heading':
      yield `<h${block.level}${idOf(block.id)}>${textOf(block.text)}</h${block.level}>\n`;
      return;
    case 'paragraph':
      yield `<p>${textOf(block.text)}</p>\n`;
      return;
    case 'note':
      yield `<p class="note" role="note">${textOf(block.text)}</p>\n`;
      return;
    case 'list': {
      const tag = block.ordered === true ? 'ol' : 'ul';
      yield `<${tag}>${block.items.map((item) => `<li>${textOf(item)}</li>`).join('\n')}</${tag}>\n`;
      return;
    }
    case 'terms':
      yield `<dl>${block.items.map(([term, text]) => `<dt>${escaped(term)}</dt><dd>${textOf(text)}</dd>`).join('\n')}</dl>\n`;
      return;
    case 'figures':
      yield `<ul class="figures">${block.items
        .map(
          ({ value, label, note, to, tone }) =>
            `<li><a href="#${escaped(to)}"${tone === 'bad' ? ' class="is-bad"' : ''}><b>${escaped(value)}</b>${escaped(label)}<small>${escaped(note)}</small></a></li>`,
        )
        .join('\n')}</ul>\n`;
      return;
    case 'table':
      yield* tableOf(block.caption, block.columns, block.rows);
      return;
    case 'matrix':
      yield* matrixOf(block);
      return;
    case 'diagram': {
      const target = (to: string | null) => (to === null ? null : `#${to}`);
      const linkOf = (zone: Parameters<typeof block.linkOf>[0]) => target(block.linkOf(zone));
      yield `<div class="diagram" tabindex="0" role="region" aria-label="Diagram of zones and conduits">${svgOf(block.diagram, { legend: false, linkOf })}</div>\n`;
      return;
    }
    case 'part':
      yield* partOf(block, depth, folds);
      return;
  }
}

function* partOf(
  part: Block & { readonly block: 'part' },
  depth: 3 | 4 | 5,
  folds: { left: number },
): Generator<string> {
  const { id, title, folded, severity, blocks } = part;
  const tone = severity === undefined ? '' : ` s-${severity}`;
  const inner = depth === 3 ? 4 : 5;
  if (folded) {
    const opens = folds.left-- > 0 ? ' opens' : '';
    // a link to a place inside opens it: HTML, "ancestor details revealing algorithm"
    yield `<details class="part${tone}${opens}"><summary>${textOf(title)}</summary><div class="inside"${idOf(id)}>\n`;
    for (const block of blocks) yield* blockOf(block, inner, folds);
    yield '</div></details>\n';
    return;
  }
  yield `<div class="part${tone}"${idOf(id)}><h4>${textOf(title)}</h4>\n`;
  for (const block of blocks) yield* blockOf(block, inner, folds);
  yield '</div>\n';
}

function* tableOf(caption: string, columns: readonly Column[], rows: Iterable<Row>): Generator<string> {
  const classes = columns.map(({ number, wide }) => (number ? ' class="n"' : wide ? ' class="w"' : ''));
  const headings = columns.map(({ heading }, index) => `<th scope="col"${classes[index]}>${escaped(heading)}</th>`);
  yield `<div class="table" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${headings.join('')}</tr></thead><tbody>\n`;
  for (const { id, cells } of rows) {
    yield `<tr${idOf(id)}>${cells.map((cell, index) => `<td${classes[index] ?? ''}>${textOf(cell)}</td>`).join('')}</tr>\n`;
  }
  yield '</tbody></table></div>\n';
}

function* matrixOf({ caption, names, cell }: Block & { readonly block: 'matrix' }): Generator<string> {
  const name = ({ text, to }: (typeof names)[number]) =>
    to === null ? escaped(text) : `<a href="#${escaped(to)}" title="${escaped(text)}">${escaped(text)}</a>`;
  const key = ACCESS_ORDER.map(
    (access) => `<span class="badge a-${access}">${ACCESS_LETTERS[access]} ${access}</span>`,
  );
  yield `<p class="key">${key.join(' ')} <span>· operations unknown · framed in red: violates the policy · hatched: within a zone</span></p>\n`;
  const columns = names.map((entry) => `<th scope="col"><span>${name(entry)}</span></th>`);
  yield `<div class="table matrix" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr><td></td>${columns.join('')}</tr></thead><tbody>\n`;
  for (const [row, entry] of names.entries()) {
    const cells = names.map((_, column) => cellOf(cell(row, column), row === column));
    yield `<tr><th scope="row">${name(entry)}</th>${cells.join('')}</tr>\n`;
  }
  yield '</tbody></table></div>\n';
}

function cellOf(cell: MatrixCell | null, same: boolean): string {
  if (cell === null) return same ? '<td class="same"></td>' : '<td></td>';
  const classes = [cell.access === null ? '' : `a-${cell.access}`, cell.violated ? 'violated' : '', same ? 'same' : ''];
  const mark = cell.violated ? '!' : '';
  return `<td class="${classes.filter((name) => name !== '').join(' ')}" title="${escaped(cell.title)}">${cell.text}${mark}</td>`;
}

function idOf(id: string | undefined): string {
  return id === undefined ? '' : ` id="${escaped(id)}"`;
}

function textOf(text: Text): string {
  return inlines(text).map(inlineOf).join('');
}

function inlineOf(inline: Inline): string {
  if (typeof inline === 'string') return escaped(inline);
  switch (inline.is) {
    case 'strong':
      return `<strong>${escaped(inline.text)}</strong>`;
    case 'code':
      return `<code>${escaped(inline.text)}</code>`;
    case 'muted':
      return `<span class="muted">${escaped(inline.text)}</span>`;
    case 'link':
      return `<a href="#${escaped(inline.to)}">${escaped(inline.text)}</a>`;
    case 'severity':
      return `<span class="badge s-${inline.severity}">${SEVERITY_ICONS[inline.severity]} ${inline.severity}</span>`;
    case 'kind':
      return `<span class="badge k-${inline.kind}">${KIND_WORDS[inline.kind]}</span>`;
    case 'access':
      return `<span class="badge a-${inline.access}">${inline.access}</span>`;
    case 'verdict':
      return `<span class="badge ${inline.tone}">${escaped(inline.text)}</span>`;
  }
}
