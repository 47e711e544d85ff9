/** For samples of text protocols: text as the hexadecimal digits that messages are written in. */

/** One byte per character. */
export function asciiHex(value: string): string {
  return Array.from(value, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Two bytes per character, little-endian. */
export function utf16Hex(value: string): string {
  return Array.from(value, (character) => `${character.charCodeAt(0).toString(16).padStart(2, '0')}00`).join('');
}
