/** Pieces are gathered up to so many characters: one system call, or one message, for many small ones. */
const CHUNK = 1 << 16;

/** The same text in fewer pieces, none of which is empty. */
export function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
