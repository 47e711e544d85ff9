/** Who an asset talks to, and what is done at most. */
import { Link } from 'wouter-preact';
import type { Asset, Conversation, List, Pair } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { useResource } from '../../data/resource.ts';
import { Loaded } from '../../parts/states.tsx';
import { Access, Time } from '../../parts/values.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';
import { ACCESSES, strongestAccess } from '../map/filters.ts';

interface Neighbours {
  readonly asClient: readonly Pair[];
  readonly asServer: readonly Pair[];
}

export function Talks({ asset: { id } }: { readonly asset: Asset }) {
  const nameOf = useAssetNames();
  const neighbours = useResource<Neighbours>(`/assets/${encodeURIComponent(id)}/neighbours`);
  return (
    <section class="panel" aria-labelledby="talks">
      <header>
        <h2 id="talks">Who it talks to</h2>
        <span class="spread" />
        <Link href={`/map?asset=${encodeURIComponent(id)}`}>On the map</Link>
      </header>
      <Loaded of={neighbours} what="the neighbours">
        {({ asClient, asServer }) =>
          asClient.length + asServer.length === 0 ? (
            <p class="body soft">With nobody: it was heard by broadcasts and the like, or only asked for.</p>
          ) : (
            <TalkTable id={id} pairs={[...asClient, ...asServer]} nameOf={nameOf} hrefOf={assetHref} />
          )
        }
      </Loaded>
      <Conversations id={id} />
    </section>
  );
}

function assetHref(id: string): string {
  return `/assets/${encodeURIComponent(id)}`;
}

interface TalkTableProps {
  /** Of the asset. */
  readonly id: string;
  readonly pairs: readonly Pair[];
  readonly nameOf: (id: string) => string;
  /** Where the name of the other end leads. */
  readonly hrefOf: (id: string) => string;
  /** Without counts and times: for a drawer. */
  readonly brief?: boolean;
}

/** By what is done at most, what changes the process first. */
export function TalkTable({ id, pairs, nameOf, hrefOf, brief = false }: TalkTableProps) {
  const weight = (pair: Pair) => ACCESSES.indexOf(strongestAccess(pair) ?? 'session');
  const ordered = [...pairs].sort((a, b) => weight(b) - weight(a) || b.packets - a.packets);
  return (
    <table class="plain">
      <thead>
        <tr>
          {!brief && <th scope="col">Side</th>}
          <th scope="col">Other end</th>
          <th scope="col">Protocols</th>
          <th scope="col">At most</th>
          {!brief && (
            <>
              <th scope="col" class="number">
                Packets
              </th>
              <th scope="col" class="number">
                Bytes
              </th>
              <th scope="col">Last</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {ordered.map((pair) => {
          const other = pair.from === id ? pair.to : pair.from;
          return (
            <tr key={`${pair.from} ${pair.to}`}>
              {!brief && <td class="soft">{pair.from === id ? 'asks' : 'answers'}</td>}
              <td>
                {brief && <span class="soft">{pair.from === id ? 'asks ' : 'answers '}</span>}
                {other === '' ? 'addresses without an asset' : <Link href={hrefOf(other)}>{nameOf(other)}</Link>}
              </td>
              <td>{pair.protocols.map(({ protocol }) => protocol).join(', ')}</td>
              <td>
                <Access of={strongestAccess(pair)} />
              </td>
              {!brief && (
                <>
                  <td class="number">{countWords(pair.packets)}</td>
                  <td class="number">{bytesWords(pair.bytes)}</td>
                  <td class="whole">
                    <Time at={pair.lastSeen} ago />
                  </td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const MOST = 200;

function Conversations({ id }: { readonly id: string }) {
  const conversations = useResource<List<Conversation>>(
    `/conversations?asset=${encodeURIComponent(id)}&sort=-packets&limit=${MOST}`,
  );
  return (
    <Loaded of={conversations} what="the conversations">
      {({ items, total }) => (
        <details class="body">
          <summary>
            {countWords(total)} {total === 1 ? 'conversation' : 'conversations'}
            {total > items.length && `, the busiest ${countWords(items.length)}`}
          </summary>
          <table class="plain">
            <tbody>
              {items.map((entry) => (
                <tr key={entry.id}>
                  <td class="mono">
                    {entry.client} → {entry.server}
                  </td>
                  <td>
                    {entry.protocol}
                    {entry.port !== null && (
                      <span class="soft">
                        {' '}
                        {entry.transport}/{entry.port}
                      </span>
                    )}
                  </td>
                  <td class="number">{countWords(entry.packets)} packets</td>
                  <td>
                    <Link href={`/matrix?conversation=${encodeURIComponent(entry.id)}`}>operations</Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Loaded>
  );
}
