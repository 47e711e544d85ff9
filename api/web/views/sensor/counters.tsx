/** Counters and ceilings in plain words, those that say something is wrong first. */
import type { Limits as Ceilings } from '../../../../agent/limits.ts';
import { bytesWords, countWords, durationWords, percentWords } from '../../parts/words.ts';

interface Words {
  readonly words: string;
  /** What to do when it is not zero. */
  readonly hint?: string;
}

const COUNTERS: Readonly<Record<string, Words>> = {
  droppedByCapture: {
    words: 'Packets that the capture lost',
    hint: 'Give it a faster machine or less to listen to: what was lost cannot be known.',
  },
  cutPackets: { words: 'Packets cut short', hint: 'Capture whole packets: snap length 65,535.' },
  duplicates: {
    words: 'Packets seen twice, counted once',
    hint: 'Mirror each link once: one direction per port, or the VLAN instead of its ports.',
  },
  gaps: { words: 'Gaps in connections', hint: 'Segments that the mirror port did not show.' },
  oneSidedShare: {
    words: 'Conversations of which one side was heard',
    hint: 'Mirror both directions of the port.',
  },
  retransmissions: { words: 'Segments sent again, decoded once' },
  reordered: { words: 'Segments out of turn, put in order' },
  fragments: { words: 'Fragments of IP datagrams' },
  tunnelled: { words: 'Packets inside a tunnel' },
  vlanTagged: { words: 'Packets with a VLAN tag' },
  skippedBytes: { words: 'Bytes of the file that are no packets' },
};

export function Counters({ counters }: { readonly counters: Readonly<Record<string, number>> }) {
  const known = Object.keys(COUNTERS).filter((name) => name in counters);
  const others = Object.keys(counters).filter((name) => !(name in COUNTERS));
  return (
    <table class="plain">
      <tbody>
        {[...known, ...others].map((name) => {
          const count = counters[name] as number;
          const { words, hint } = COUNTERS[name] ?? { words: name };
          const wrong = hint !== undefined && count > 0;
          return (
            <tr key={name}>
              <td>
                {words}
                {wrong && <div class="soft">{hint}</div>}
              </td>
              <td class="number">{wrong ? <strong>{shown(name, count)}</strong> : shown(name, count)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function shown(name: string, count: number): string {
  if (name.endsWith('Share')) return percentWords(count);
  return name.endsWith('Bytes') ? bytesWords(count) : countWords(count);
}

/** Each has its words: the compiler misses those of a new one. */
const LIMITS: Readonly<Record<keyof Ceilings, string>> = {
  flows: 'Connections under watch',
  passingFlows: 'Those of them in which next to nothing was said',
  dialogues: 'Connections that are decoded',
  hosts: 'Addresses',
  listedHosts: 'Addresses that are listed',
  passersBy: 'Those of them that nothing speaks for: beyond, samples',
  sightings: 'Pairs of an address and the MAC it was seen behind',
  sightingsPerHost: 'The same for one address',
  conversations: 'Conversations',
  passingConversations: 'Those of them that begin with a single packet',
  operationsPerConversation: 'Operations told apart in a conversation',
  rangesPerConversation: 'Address ranges told apart in a conversation',
  operations: 'Operations of all conversations',
  ranges: 'Address ranges of all conversations',
  evidenceBytes: 'Kept of all evidence',
  evidencePerConversation: 'Pieces of evidence kept of a conversation',
  heldMessageBytes: 'Held for messages that are not whole yet',
  heldSegmentBytes: 'Held for segments that came before their turn',
  heldFactBytes: 'Held of what is decoded and not yet summed up',
  waitingSegments: 'Segments that wait for a missing one',
  segmentTimeout: 'Wait for a missing segment',
  identificationAttempts: 'Looks at a connection before it counts as unknown',
  identificationAttemptsOnPort: 'The same on a registered port',
  fragmentedDatagrams: 'IP datagrams put together at a time',
  fragmentsPerDatagram: 'Fragments of one datagram',
  fragmentTimeout: 'Wait for a missing fragment',
  duplicateWindow: 'Within this time a repeated frame is the mirror’s doing',
  announcements: 'Connections announced and not opened yet',
};

/** Ceilings that are times, in microseconds. */
const TIMES: ReadonlySet<string> = new Set(['segmentTimeout', 'fragmentTimeout', 'duplicateWindow']);

export interface Limit {
  readonly name: keyof Ceilings;
  readonly ceiling: number;
  readonly hit: number;
}

export function Limits({ limits }: { readonly limits: readonly Limit[] }) {
  const hit = limits.filter((limit) => limit.hit > 0).length;
  return (
    <>
      <p class={hit === 0 ? 'good' : ''}>
        {hit === 0
          ? 'None was reached: nothing that was heard is missing for lack of room.'
          : `${countWords(hit)} ${hit === 1 ? 'was' : 'were'} reached: beyond, it was counted but not kept.`}
      </p>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">At most</th>
            <th scope="col" class="number">
              Ceiling
            </th>
            <th scope="col" class="number">
              Reached
            </th>
          </tr>
        </thead>
        <tbody>
          {[...limits]
            .sort((a, b) => b.hit - a.hit)
            .map(({ name, ceiling, hit: times }) => (
              <tr key={name}>
                <td title={name}>{LIMITS[name]}</td>
                <td class="number">
                  {TIMES.has(name)
                    ? durationWords(ceiling / 1e6)
                    : name.endsWith('Bytes')
                      ? bytesWords(ceiling)
                      : countWords(ceiling)}
                </td>
                <td class="number">{times === 0 ? 'never' : <strong>{countWords(times)} times</strong>}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}
