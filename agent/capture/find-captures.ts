import { readdir, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { FieldmarkError, fileError } from '../errors.ts';
import { STANDARD_INPUT } from './read-capture.ts';

/** What the name of a capture ends with: that is how a directory's are told from its other files. */
const CAPTURE_NAME = /\.(pcap|pcapng|cap|dmp|ntar)(\.(gz|zst))?$/i;

/** What the operator's arguments stand for. */
export interface FoundCaptures {
  /** For `readCapture`, in the order of the arguments; each file once, by the name it was first given. */
  readonly sources: readonly string[];
  /** The arguments, or directories below them, that stand for nothing that can be read. */
  readonly problems: readonly { readonly name: string; readonly error: FieldmarkError }[];
}

/**
 * Finds the captures that arguments stand for: a file, a directory (searched to its depth for files named like
 * captures, in the order of their names; symbolic links to directories and names with a leading dot are passed over),
 * a glob, or `-`. Something of that very name wins over its meaning as a glob.
 */
export async function findCaptures(args: readonly string[]): Promise<FoundCaptures> {
  const search = new Search();
  for (const arg of args) await search.add(arg);
  return search;
}

class Search implements FoundCaptures {
  readonly sources: string[] = [];
  readonly problems: { name: string; error: FieldmarkError }[] = [];
  readonly #known = new Set<string>(); // real paths

  async add(arg: string): Promise<void> {
    try {
      if (arg === STANDARD_INPUT) this.#addOnce(arg, arg);
      else if (await isDirectory(arg)) await this.#addDirectory(arg);
      else await this.#addFile(arg);
    } catch (cause) {
      const error = fileError(cause);
      if (error.code === 'FILE_NOT_FOUND' && isDynamicPattern(arg)) await this.#addMatches(arg);
      else this.problems.push({ name: arg, error });
    }
  }

  async #addFile(path: string): Promise<void> {
    // What a shell's <(command) hands over has no real path.
    this.#addOnce(path, await realpath(path).catch(() => path));
  }

  #addOnce(source: string, identity: string): void {
    if (this.#known.has(identity)) return;
    this.#known.add(identity);
    this.sources.push(source);
  }

  async #addDirectory(path: string): Promise<void> {
    if ((await this.#searchDirectory(path)) > 0) return;
    const message = 'no capture in it: no name ends in .pcap, .pcapng, .cap, .dmp or .ntar, or these and .gz or .zst';
    this.problems.push({ name: path, error: new FieldmarkError('NO_CAPTURES_IN_DIRECTORY', message) });
  }

  /** @returns how many captures or problems it found */
  async #searchDirectory(path: string): Promise<number> {
    const entries = await readdir(path, { withFileTypes: true });
    let found = 0;
    for (const entry of entries.sort((a, b) => order(a.name, b.name))) {
      if (entry.name.startsWith('.')) continue;
      const below = path.endsWith('/') || path.endsWith(sep) ? path + entry.name : `${path}/${entry.name}`;
      try {
        if (entry.isDirectory()) {
          found += await this.#searchDirectory(below);
        } else if (CAPTURE_NAME.test(entry.name) && (await stat(below)).isFile()) {
          await this.#addFile(below);
          found++;
        }
      } catch (error) {
        this.problems.push({ name: below, error: fileError(error) });
        found++;
      }
    }
    return found;
  }

  /** The pattern's leading part without a wildcard stays as the operator wrote it. */
  async #addMatches(pattern: string): Promise<void> {
    const segments = pattern.split('/');
    const first = segments.findIndex((segment) => isDynamicPattern(segment));
    const base = segments.slice(0, first).map((segment) => `${segment}/`);
    const cwd = base.join('') || '.';
    const matches = await glob(segments.slice(first).join('/'), { cwd, expandDirectories: false, onlyFiles: true });
    for (const match of matches.sort(order)) await this.#addFile(base.join('') + match);
    if (matches.length > 0) return;
    this.problems.push({ name: pattern, error: new FieldmarkError('NO_FILE_MATCHES', 'no file matches the pattern') });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}

/** By code unit: the same on every machine, whatever its language. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
