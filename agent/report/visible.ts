/** Text from the wire, made safe to show: names are chosen by whoever is heard. */

/** White space that would end a line or move a column. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/**
 * What is not seen, or changes how its neighbours are seen: control and format characters (Unicode general categories
 * Cc and Cf: among them the bidirectional overrides of UAX #9), private use, lone surrogates, noncharacters.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Most text: nothing in it needs a closer look. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The text with white space as blanks and everything invisible as its code point, e.g. `[U+202E]`. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(BREAKS, ' ').replace(INVISIBLE, codePoint);
}

/** The text, cut behind `most` characters; the last gives way to an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * (most + 1))];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}

function codePoint(character: string): string {
  return `[U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`;
}
