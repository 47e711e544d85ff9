/** The report as Markdown (CommonMark with the tables of GitHub Flavored Markdown): the same chapters as the HTML. */
import { mermaidOf } from '../diagrams/mermaid.ts';
import type { Block, Column, Inline, ReportDocument, Row, Text } from '../document.ts';
import { inlines } from '../document.ts';
import { visible } from '../visible.ts';
import { KIND_WORDS, SEVERITY_ICONS } from '../words.ts';

/** The file in pieces, in order. */
export function* markdownOf(report: ReportDocument): Generator<string> {
  yield `# ${plain(report.title)}\n\n${plain(report.subtitle)}\n`;
  for (const { id, title, blocks } of report.chapters) {
    yield `\n${anchor(id)}## ${plain(title)}\n`;
    for (const block of blocks) yield* blockOf(block, 3);
  }
}

function* blockOf(block: Block, depth: number): Generator<string> {
  switch (block.block) {
    case 'heading':
      yield `\n${anchor(block.id)}${'#'.repeat(block.level)} ${textOf(block.text)}\n`;
      return;
    case 'paragraph':
      yield `\n${textOf(block.text)}\n`;
      return;
    case 'note':
      yield `\n> ${textOf(block.text)}\n`;
      return;
    case 'list':
      yield `\n${block.items.map((item, index) => `${block.ordered === true ? `${index + 1}.` : '-'} ${textOf(item)}`).join('\n')}\n`;
      return;
    case 'terms':
      yield `\n${block.items.map(([term, text]) => `- **${plain(term)}**: ${textOf(text)}`).join('\n')}\n`;
      return;
    case 'figures':
      yield `\n${block.items.map(({ value, label, note, to }) => `- **${plain(value)}** [${plain(label)}](#${to}): ${plain(note)}`).join('\n')}\n`;
      return;
    case 'table':
      yield* tableOf(block.columns, block.rows, block.caption);
      return;
    case 'matrix': {
      const { names, cell } = block;
      const columns = names.map((_, index): Column => ({ heading: String(index + 1) }));
      const rows = names.map(({ text }, row) => ({
        cells: [`${row + 1} ${text}`, ...names.map((_, column) => matrixText(cell(row, column)))],
      }));
      yield* tableOf([{ heading: 'clients ↓ servers →' }, ...columns], rows, block.caption);
      return;
    }
    case 'diagram':
      yield `\n\`\`\`mermaid\n${mermaidOf(block.diagram)}\`\`\`\n`;
      return;
    case 'part':
      yield `\n${anchor(block.id)}${'#'.repeat(Math.min(6, depth + 1))} ${textOf(block.title)}\n`;
      for (const inner of block.blocks) yield* blockOf(inner, depth + 1);
      return;
  }
}

function matrixText(cell: { readonly access: string | null; readonly violated: boolean } | null): string {
  if (cell === null) return '';
  return `${cell.access ?? '·'}${cell.violated ? ' !' : ''}`;
}

function* tableOf(columns: readonly Column[], rows: Iterable<Row>, caption: string): Generator<string> {
  yield `\n*${plain(caption)}*\n\n| ${columns.map(({ heading }) => plain(heading)).join(' | ')} |\n`;
  yield `| ${columns.map(({ number }) => (number === true ? '---:' : '---')).join(' | ')} |\n`;
  for (const { id, cells } of rows) {
    const [first = '', ...rest] = cells.map(textOf);
    yield `| ${[`${anchor(id).trimEnd()}${first}`, ...rest].join(' | ')} |\n`;
  }
}

/** A place that links find: Markdown has none of its own. */
function anchor(id: string | undefined): string {
  return id === undefined ? '' : `<a id="${id.replace(/[^\w.-]/g, '-')}"></a>\n`;
}

/**
 * Text that Markdown takes as it is. Every ASCII punctuation that means something is escaped by a backslash
 * (CommonMark 0.31, section 2.4), angle brackets and ampersands as entities, so that no name becomes a tag or a link.
 */
function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]{}|~#!]/g, '\\$&')
    .replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
    .replace(/^([-+]|\d+[.)])(?=\s|$)/, '\\$1')
    .replace(/:(?=\/\/)/g, '&#58;');
}

function textOf(text: Text): string {
  return inlines(text).map(inlineOf).join('');
}

function inlineOf(inline: Inline): string {
  if (typeof inline === 'string') return plain(inline);
  switch (inline.is) {
    case 'strong':
      return `**${plain(inline.text.trim())}**${inline.text.endsWith(' ') ? ' ' : ''}`;
    case 'code':
      return codeOf(inline.text);
    case 'muted':
      return plain(inline.text);
    case 'link':
      return `[${plain(inline.text)}](#${inline.to.replace(/[^\w.-]/g, '-')})`;
    case 'severity':
      return `${SEVERITY_ICONS[inline.severity]} ${inline.severity}`;
    case 'kind':
      return `(${KIND_WORDS[inline.kind]})`;
    case 'access':
      return inline.access;
    case 'verdict':
      return inline.tone === 'bad' ? `**${plain(inline.text)}**` : plain(inline.text);
  }
}

/** A code span; what would end it or the table's cell is replaced, since inside nothing can be escaped. */
function codeOf(text: string): string {
  const inside = visible(text).replaceAll('`', "'").replaceAll('|', '¦').trim();
  return inside === '' ? '' : `\`${inside}\``;
}
