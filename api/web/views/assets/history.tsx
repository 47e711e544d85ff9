import type { HistoryEntry, List } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { Loaded } from '../../parts/states.tsx';
import { Known, Time } from '../../parts/values.tsx';

/** What became of the asset's attributes, the newest first. @param path of the asset */
export function History({ path }: { readonly path: string }) {
  const history = useResource<List<HistoryEntry>>(`${path}/history?limit=200`);
  if (history.data?.items.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="history">
      <header>
        <h2 id="history">How it changed</h2>
      </header>
      <Loaded of={history} what="the history">
        {({ items }) => (
          <table class="plain">
            <tbody>
              {items.map((entry) => (
                <tr key={entry.number}>
                  <td class="whole">
                    <Time at={entry.at} />
                  </td>
                  <td>{entry.field}</td>
                  <td>
                    {(entry.before !== null || entry.after !== null) && (
                      <>
                        <Known value={listWords(entry.before)} why="nothing before" /> →{' '}
                        <Known value={listWords(entry.after)} why="nothing after" />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}

/** Lists stand as JSON in the history. */
function listWords(value: string | null): string | null {
  return value?.startsWith('[') ? (JSON.parse(value) as string[]).join(', ') : value;
}
