/** What said a piece of evidence, for people: the message and its field in the protocol's own words. */
import { protocols } from '../../parsers/registry.ts';

/** Sources that are no protocol's message. */
const BESIDE: readonly (readonly [source: string, words: string])[] = [
  ['mac.oui', 'MAC address, the block of its maker (IEEE)'],
  ['pcapng.name-resolution', 'Capture file, Name Resolution Block (pcapng)'],
];

const WORDS: ReadonlyMap<string, string> = new Map([
  ...BESIDE,
  ...protocols.flatMap(({ evidence }) => evidence.map(({ name, words }) => [name, words] as const)),
]);

const MAKER_PORT = /^(tcp|udp)\.([0-9]+)\.maker-port$/;

/** @returns the source itself when nobody knows it: a database may be of another version */
export function sourceWords(source: string): string {
  const [, transport, port] = MAKER_PORT.exec(source) ?? [];
  if (transport !== undefined) return `${transport.toUpperCase()} port ${port}, which its maker's devices speak on`;
  return WORDS.get(source) ?? source;
}
