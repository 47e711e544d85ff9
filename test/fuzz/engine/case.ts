/** What a target is tried with, and its form as a file. */

/** Bytes, and what is done with them: who sends them, of which kind they are. */
export interface Part {
  /** One of the target's tags. */
  readonly tag: string;
  readonly bytes: Uint8Array;
}

export type Case = readonly Part[];

/** A way for bytes to get in. */
export interface Target {
  readonly name: string;
  /** What may be done with a part's bytes. */
  readonly tags: readonly string[];
  /** Bytes of the longest part, and parts of the longest case. */
  readonly mostBytes: number;
  readonly mostParts: number;
  /** The bytes are text of this kind: they are changed by lines and values too. */
  readonly text?: 'lines' | 'json';
  /** Words of the format that do not stand in the code. */
  readonly words?: readonly (string | Uint8Array)[];
  /** Loads what is under test. */
  open(): Promise<OpenTarget>;
}

export interface OpenTarget {
  /** Whether the search tries to reach the forks of the module of this path. */
  readonly covers: (path: string) => boolean;
  /** Cases as they should be, to begin with. */
  readonly seeds: readonly Case[];
  /** Throws where the case shows a fault. */
  attempt(made: Case): void | Promise<void>;
  /** Sets right what a change broke and chance would never mend: check sequences. Changes the bytes it is given. */
  repair?(bytes: Uint8Array): void;
  /** Something that lives on from case to case, as a sensor does for months: what it holds must stop growing. */
  lasting?(): { take(made: Case): void };
  close?(): Promise<void>;
}

export function bytesOf(made: Case): number {
  return made.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** A case as text, one part to a line: tag, tab, then the bytes in hexadecimal digits or, where they are text, as JSON. */
export function written(made: Case): string {
  return made.map(({ tag, bytes }) => `${tag}\t${shown(bytes)}\n`).join('');
}

function shown(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  const readable = bytes.length > 3 && /^[\t\r\n\x20-\x7e]*$/.test(text);
  return readable ? JSON.stringify(text) : Buffer.from(bytes).toString('hex');
}

export function parsed(text: string): Case {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const content = line.slice(tab + 1);
      const bytes = content.startsWith('"') ? Buffer.from(JSON.parse(content), 'utf8') : Buffer.from(content, 'hex');
      return { tag: line.slice(0, tab), bytes: Uint8Array.from(bytes) };
    });
}
