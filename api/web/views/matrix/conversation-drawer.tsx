import { Link } from 'wouter-preact';
import type { Conversation, Operation } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { useResource } from '../../data/resource.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Access, Time } from '../../parts/values.tsx';
import { bytesWords, countWords, durationWords } from '../../parts/words.ts';

interface ConversationDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** How it is known which end is the client. */
const PROOFS: Readonly<Record<string, string>> = {
  syn: 'who opened the connection',
  protocol: 'who asks in its protocol',
  port: 'the well-known port of the server',
};

/** What is done in one conversation: operations, the addresses they touch and how often. */
export function ConversationDrawer({ id, onClose }: ConversationDrawerProps) {
  const path = `/conversations/${encodeURIComponent(id)}`;
  const nameOf = useAssetNames();
  const conversation = useResource<Conversation>(path);
  const operations = useResource<readonly Operation[]>(`${path}/operations`);
  return (
    <Drawer label="Conversation" onClose={onClose} title={<h2>Conversation</h2>}>
      <Loaded of={conversation} what="the conversation">
        {(entry) => (
          <dl class="facts">
            <dt>Protocol</dt>
            <dd>
              {entry.protocol}
              {entry.port !== null && ` on ${entry.transport}/${entry.port}`}
            </dd>
            <dt>Client</dt>
            <dd>
              <End address={entry.client} id={entry.clientId} nameOf={nameOf} />
            </dd>
            <dt>Server</dt>
            <dd>
              <End address={entry.server} id={entry.serverId} nameOf={nameOf} />
            </dd>
            <dt>Known by</dt>
            <dd>
              {entry.recognised ? 'what was said' : 'its port alone'}; the client by{' '}
              {PROOFS[entry.initiator] ?? entry.initiator}
            </dd>
            <dt>Traffic</dt>
            <dd>
              {countWords(entry.packets)} packets, {bytesWords(entry.bytes)}
            </dd>
            <dt>First heard</dt>
            <dd>
              <Time at={entry.firstSeen} />
            </dd>
            <dt>Last heard</dt>
            <dd>
              <Time at={entry.lastSeen} />
            </dd>
          </dl>
        )}
      </Loaded>
      <Loaded of={operations} what="the operations">
        {(all) => (
          <>
            {all.length === 0 && <p class="soft">No operation was recognised.</p>}
            {all.map((operation) => (
              <OperationPart key={`${operation.code} ${operation.name}`} operation={operation} />
            ))}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

interface EndProps {
  readonly address: string;
  readonly id: string | null;
  readonly nameOf: (id: string) => string;
}

/** One end by its name, with its address where that is another. */
function End({ address, id, nameOf }: EndProps) {
  if (id === null) return <span class="mono">{address}</span>;
  return (
    <>
      <Link href={`/assets/${encodeURIComponent(id)}`}>{nameOf(id)}</Link>
      {nameOf(id) !== address && <span class="mono soft"> {address}</span>}
    </>
  );
}

function OperationPart({ operation }: { readonly operation: Operation }) {
  const { code, name, access, requests, responses, errors, units, ranges } = operation;
  return (
    <section>
      <h3>
        {name} <code class="soft">{code}</code>
      </h3>
      <p>
        <Access of={access} /> · {countWords(requests)} requests, {countWords(responses)} answers
        {errors > 0 && <strong>, {countWords(errors)} refused</strong>}
        {units.length > 0 && <span class="soft"> · units {units.join(', ')}</span>}
      </p>
      {ranges.length > 0 && (
        <table class="plain">
          <tbody>
            {ranges.map(({ unit, space, name: rangeName, first, last, times, period }) => (
              <tr key={`${unit} ${space} ${rangeName} ${first}`}>
                <td>
                  {space} {rangeName ?? (first === last ? first : `${first}–${last}`)}
                  {unit !== null && <span class="soft"> unit {unit}</span>}
                </td>
                <td class="number">{countWords(times)} times</td>
                <td class="number">{period === null ? '' : `every ${durationWords(period)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
