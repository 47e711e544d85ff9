/** The IEEE's assignments of MAC addresses to organisations, looked up in the list as it stands in its file. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
/** What stands before and behind a prefix in its line: ` "00000C": "Cisco Systems, Inc\n170 WEST TASMAN DRIVE…",`. */
const BEFORE = ' "'.length;
const BEHIND = '": '.length;

/** Read at the first question. */
let list: Buffer | undefined;

/**
 * The text of the assignment of `prefix`: the organisation, then its address, a line each; undefined where there is none.
 * The list is JSON of 5 MB, a line for each prefix in order of length and digits. A search by halves takes some twenty
 * looks; parsed whole, the list takes longer than the inventory of a plant, and for as long as the process runs ten
 * times the memory of the plant.
 * @param prefix 6, 7 or 9 hexadecimal digits in upper case
 */
export function assignmentOf(prefix: string): string | undefined {
  list ??= readFileSync(createRequire(import.meta.url).resolve('oui-data'));
  let from = list.indexOf(NEWLINE) + 1; // behind the opening brace
  let to = list.lastIndexOf(NEWLINE) + 1; // before the closing one
  while (from < to) {
    const start = list.lastIndexOf(NEWLINE, from + ((to - from) >> 1) - 1) + 1;
    const end = list.indexOf(NEWLINE, start);
    const foundEnd = list.indexOf(QUOTE, start + BEFORE);
    const found = list.toString('latin1', start + BEFORE, foundEnd);
    if (found === prefix) return JSON.parse(list.toString('utf8', foundEnd + BEHIND, end).replace(/,$/, ''));
    if (isBehind(found, prefix)) to = start;
    else from = end + 1;
  }
  return undefined;
}

function isBehind(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length;
}
