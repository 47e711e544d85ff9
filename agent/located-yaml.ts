/** YAML with the place of everything in it, read in bounded time and memory whatever it holds: policies and settings. */
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
} from 'yaml';

/** A value, and where it begins. */
export interface Located {
  /** Plain: texts, numbers, truth values, null, lists and records. */
  readonly value: unknown;
  /** Offset in the text. */
  readonly at: number;
  /** Of a list; otherwise empty. */
  readonly items: readonly Located[];
  /** Of a record; otherwise empty. */
  readonly fields: ReadonlyMap<string, { readonly keyAt: number; readonly content: Located }>;
}

/** A mistake, and where it is. */
export interface Mistake {
  readonly at: number;
  /** What is wrong, and how to mend it. */
  readonly message: string;
}

export interface LocatedYaml {
  /** Null when the text is no YAML at all, or nothing. */
  readonly root: Located | null;
  readonly mistakes: readonly Mistake[];
  /** Line and column, both from 1, of an offset. */
  placeOf(at: number): { readonly line: number; readonly column: number };
}

/** Values that a text may unfold to: aliases multiply what is written once. */
const MOST_VALUES = 500_000;
/** A policy is nested six deep, a configuration two. */
const DEEPEST = 12;
/** Mistakes after which the rest of a text is not looked into. */
export const MOST_MISTAKES = 100;

/** Characters of a file's words in a message, and of a message of the library's, which may quote a whole line. */
const LONGEST_WORDS = 60;
const LONGEST_MESSAGE = 200;

const TOO_DEEP = 'nested deeper than anything that is read here';

const NO_ITEMS: readonly Located[] = [];
const NO_FIELDS: ReadonlyMap<string, never> = new Map<string, never>();

/** Reads one YAML document (version 1.2). Never throws: what is wrong is in `mistakes`. */
export function parseLocatedYaml(text: string): LocatedYaml {
  const lines = new LineCounter();
  const placeOf = (at: number) => {
    const { line, col } = lines.linePos(Math.min(at, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refused = (mistakes: readonly Mistake[]): LocatedYaml => ({ root: null, mistakes, placeOf });
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== null) return refused([{ at: deep, message: TOO_DEEP }]);
  // keys are compared here: the library's comparison takes the square of their number
  const [document, another] = withoutTraces(() => [
    ...new Composer({ uniqueKeys: false }).compose(tokens, true, text.length),
  ]);
  if (another !== undefined) return refused([{ at: another.range[0], message: 'only one document is expected' }]);
  const { errors, warnings, contents } = document as Document.Parsed;
  const faults = [...errors, ...warnings].slice(0, MOST_MISTAKES);
  if (faults.length > 0)
    return refused(faults.map(({ pos, message }) => ({ at: pos[0], message: inOneLine(message, LONGEST_MESSAGE) })));
  const reader = new TreeReader();
  const root = contents === null ? null : reader.read(contents, 0);
  return { root, mistakes: reader.mistakes, placeOf };
}

/** What `work` gives. Errors that it makes have no stack trace: a text with an error in each byte would take seconds. */
function withoutTraces<T>(work: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/**
 * Where something is nested too deep, or null. To be asked before the tokens are composed: that recurses, and where the
 * stack ends within a regular expression that is being compiled, V8 ends the process and nothing can be caught.
 */
function tooDeep(tokens: readonly CST.Token[]): number | null {
  const open: [token: CST.Token, depth: number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (token.type === 'document' && token.value !== undefined) open.push([token.value, depth]);
    if (!('items' in token)) continue;
    if (depth > DEEPEST) return token.offset;
    for (const { key, value } of token.items) {
      if (key) open.push([key, depth + 1]);
      if (value) open.push([value, depth + 1]);
    }
  }
  return null;
}

class TreeReader {
  readonly mistakes: Mistake[] = [];
  readonly #anchors = new Map<string, Node>();
  #values = 0;
  #unfolding = 0;

  read(node: Node, depth: number): Located {
    const at = node.range?.[0] ?? 0;
    this.#values++;
    if (this.#values > MOST_VALUES) {
      if (this.#values === MOST_VALUES + 1) {
        this.#mistake(at, 'too many values: write what is needed once, without aliases of aliases');
      }
      return nothing(at);
    }
    if (depth > DEEPEST) {
      this.#mistake(at, TOO_DEEP);
      return nothing(at);
    }
    if (isAlias(node)) return this.#unfold(node.source, at, depth);
    if ('anchor' in node && node.anchor !== undefined && this.#unfolding === 0) this.#anchors.set(node.anchor, node);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as Node, depth + 1));
      return { value: items.map(({ value }) => value), at, items, fields: NO_FIELDS };
    }
    if (isMap(node)) return this.#record(node.items as readonly KeyAndContent[], at, depth);
    const { value } = node as Scalar;
    // whole numbers beyond 2^53 and the like are nowhere wanted
    return { value: typeof value === 'bigint' ? Number(value) : value, at, items: NO_ITEMS, fields: NO_FIELDS };
  }

  #record(pairs: readonly KeyAndContent[], at: number, depth: number): Located {
    const fields = new Map<string, { keyAt: number; content: Located }>();
    for (const { key, value } of pairs) {
      const keyAt = key?.range?.[0] ?? at;
      if (!isScalar(key) || key.value === null || typeof key.value === 'object') {
        this.#mistake(keyAt, 'a field needs a name');
        continue;
      }
      const name = String(key.value);
      const content = value === null ? nothing(keyAt) : this.read(value, depth + 1);
      if (fields.has(name)) this.#mistake(keyAt, `'${shown(name)}' is there twice: remove one`);
      else fields.set(name, { keyAt, content });
    }
    const value = Object.fromEntries([...fields].map(([name, { content }]) => [name, content.value]));
    return { value, at, items: NO_ITEMS, fields };
  }

  #unfold(anchor: string, at: number, depth: number): Located {
    const target = this.#anchors.get(anchor);
    if (target === undefined) {
      this.#mistake(at, `no anchor &${shown(anchor)} stands before this alias`);
      return nothing(at);
    }
    this.#unfolding++;
    const content = this.read(target, depth + 1);
    this.#unfolding--;
    return content;
  }

  #mistake(at: number, message: string): void {
    if (this.mistakes.length < MOST_MISTAKES) this.mistakes.push({ at, message });
  }
}

interface KeyAndContent {
  readonly key: Node | null;
  readonly value: Node | null;
}

function nothing(at: number): Located {
  return { value: null, at, items: NO_ITEMS, fields: NO_FIELDS };
}

/** Words of a file as they can be shown in a terminal: short, in one line, without control characters. */
export function shown(text: string): string {
  return inOneLine(text, LONGEST_WORDS);
}

function inOneLine(text: string, most: number): string {
  // what is cut off anyway need not be looked through
  const plain = text
    .slice(0, 2 * most)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return plain.length <= most && text.length <= 2 * most ? plain : `${plain.slice(0, most - 1)}…`;
}
