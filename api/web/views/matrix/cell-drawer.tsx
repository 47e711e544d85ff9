import type { Conversation, List } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Loaded } from '../../parts/states.tsx';
import { STOP, walk } from '../../parts/walk.ts';
import { bytesWords, countWords } from '../../parts/words.ts';

interface CellDrawerProps {
  readonly by: 'asset' | 'zone';
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly onConversation: (id: string) => void;
  readonly onClose: () => void;
}

/** The conversations of one cell, each with the way to what is done in it. */
export function CellDrawer({ by, from, to, title, onConversation, onClose }: CellDrawerProps) {
  const [client, server] = by === 'asset' ? ['clientId', 'serverId'] : ['fromZone', 'toZone'];
  const query = new URLSearchParams({
    [client as string]: from,
    [server as string]: to,
    sort: '-packets',
    limit: '200',
  });
  const conversations = useResource<List<Conversation>>(`/conversations?${query}`);
  return (
    <Drawer label={title} onClose={onClose} title={<h2>{title}</h2>}>
      <Loaded of={conversations} what="the conversations">
        {({ items, total }) => (
          <>
            <p class="soft">
              {countWords(total)} {total === 1 ? 'conversation' : 'conversations, busiest first'}
            </p>
            <table class="plain" onKeyDown={walk}>
              <tbody>
                {items.map(({ id, client: asks, server: answers, protocol, packets, bytes }) => (
                  <tr key={id}>
                    <td>
                      <button type="button" class="plain link" onClick={() => onConversation(id)} {...STOP}>
                        {protocol}
                      </button>
                      <div class="mono">
                        {asks} → {answers}
                      </div>
                    </td>
                    <td class="number">
                      {countWords(packets)} packets
                      <br />
                      {bytesWords(bytes)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
