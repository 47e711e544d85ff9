/** What a sensor left out where its tables were full, in words. */

const WORDS: Readonly<Record<string, string>> = {
  hostsSummedUp: 'addresses that nothing speaks for, not listed',
  conversationsSummedUp: 'conversations with such addresses, not listed',
  flowsEvicted: 'flows taken for ended, to make room for others',
  conversationsRefused: 'flows that only the totals know',
  dialoguesEvicted: 'flows under decode that were given up and may have begun again',
  hostsRefused: 'packets with addresses for which there was no room',
  sightingsRefused: 'places where an address was seen, not kept',
  operationsRefused: 'operations counted with others of their conversation',
  evidenceRefused: 'statements about devices, not kept',
};

/** One line for each kind of thing that was left out, the same order always; empty when nothing was. */
export function leftOut(limitsHit: Readonly<Record<string, number>>): string[] {
  return Object.entries(WORDS).flatMap(([counter, words]) => {
    const count = limitsHit[counter] ?? 0;
    return count === 0 ? [] : [`${count.toLocaleString('en-GB')} ${words}`];
  });
}
