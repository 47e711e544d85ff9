/**
 * Puts a counter wherever the way through a module forks: functions, both sides of `if`, `?:`, `&&`, `||` and `??`, loops, cases,
 * handlers. What tools for coverage reports insert tells a person which lines ran; this tells a program, some hundred
 * thousand times a second, whether an input went another way.
 */
import MagicString from 'magic-string';
import { parseSync } from 'vite';

/** Times that one input may pass a loop or enter a function: an endless loop becomes an error that can be caught. */
const ENDLESS = 30_000_000;

/** Longer texts are messages for people. */
const LONGEST_WORD = 40;

/**
 * @param code JavaScript
 * @param path the module's, for messages
 * @param originOf the line that a place in the code, line and column from 0, was written in
 */
export function instrument(code, path, originOf) {
  const { program, errors } = parseSync(`${path}.js`, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const text = new MagicString(code);
  const lines = [];
  const words = new Set();
  const placeOf = placesIn(code);

  /** @param endless where the way may lead again and again */
  function counter(at, endless = false) {
    const index = lines.push(originOf(...placeOf(at))) - 1;
    return endless
      ? `if(++fmCount[${index}]>${ENDLESS})fieldmarkEndless(${JSON.stringify(`${path}:${lines[index]}`)})`
      : `fmCount[${index}]++`;
  }
  function statement(node, endless = false) {
    if (node.type === 'BlockStatement') {
      text.appendLeft(node.start + 1, `${counter(node.start, endless)};`);
    } else {
      text.prependRight(node.start, `{${counter(node.start, endless)};`);
      text.appendLeft(node.end, '}');
    }
  }
  function expression(node) {
    text.prependRight(node.start, `(${counter(node.start)},`);
    text.appendLeft(node.end, ')');
  }

  const forks = {
    IfStatement({ consequent, alternate }) {
      statement(consequent);
      if (alternate) statement(alternate);
      else text.appendLeft(consequent.end, ` else {${counter(consequent.end)}}`);
    },
    ForStatement: ({ body }) => statement(body, true),
    ForOfStatement: ({ body }) => statement(body, true),
    ForInStatement: ({ body }) => statement(body, true),
    WhileStatement: ({ body }) => statement(body, true),
    DoWhileStatement: ({ body }) => statement(body, true),
    SwitchCase({ consequent, end }) {
      const [first] = consequent;
      if (first) text.prependRight(first.start, `${counter(first.start)};`);
      else text.appendLeft(end, `${counter(end)};`);
    },
    CatchClause: ({ body }) => statement(body),
    ConditionalExpression({ consequent, alternate }) {
      expression(consequent);
      expression(alternate);
    },
    LogicalExpression: ({ right }) => expression(right),
    FunctionDeclaration: ({ body }) => statement(body, true),
    FunctionExpression: ({ body }) => statement(body, true),
    ArrowFunctionExpression({ body }) {
      if (body.type === 'BlockStatement') statement(body, true);
      else expression(body);
    },
    Literal({ value }) {
      if (typeof value === 'number' && Number.isInteger(value) && value > 1) words.add(value);
      if (typeof value === 'string' && value.length > 0 && value.length <= LONGEST_WORD) words.add(value);
    },
  };

  /** What is inside first, so that what is put around it at the same place ends up around it. */
  function walk(node) {
    if (Array.isArray(node)) {
      for (const child of node) walk(child);
    } else if (typeof node?.type === 'string') {
      if (node.type === 'ImportDeclaration') return;
      for (const key in node) if (key !== 'type') walk(node[key]);
      forks[node.type]?.(node);
    }
  }
  walk(program.body);

  const given = [path, lines, [...words]].map((value) => JSON.stringify(value)).join(',');
  return `var fmCount=fieldmarkCounters(${given});${text}`;
}

/** Line and column, from 0, of an offset. */
function placesIn(code) {
  const ends = [];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) ends.push(at);
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return [low, offset - (low === 0 ? 0 : ends[low - 1] + 1)];
  };
}
