/** Names by which the frames of a capture are told that has more of them than tables can count. */

/** The name of the frames behind the first `before` of a capture. */
export function framesFrom(capture: string, before: number): string {
  return before === 0 ? capture : `${capture}, behind frame ${before}`;
}

/** Which capture a name belongs to, and how many of its frames came before. */
export function capturedBefore(name: string): { readonly capture: string; readonly before: number } {
  const [, capture, before] = /^(.+), behind frame (\d{1,15})$/.exec(name) ?? [];
  return capture === undefined ? { capture: name, before: 0 } : { capture, before: Number(before) };
}
