/** What makes a text a heading: bold where `stream` is a terminal that shows it, else the text as it is. */
export function headingFor(stream: { readonly isTTY?: boolean }): (text: string) => string {
  const bold = stream.isTTY === true && process.env['NO_COLOR'] === undefined;
  return (text) => (bold ? `\u001b[1m${text}\u001b[22m` : text);
}
