import { useState } from 'preact/hooks';
import { useAll } from '../../data/all.ts';
import { request } from '../../data/client.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Known, Time } from '../../parts/values.tsx';
import type { Draft } from './use-draft.ts';

interface Version {
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
  readonly active: boolean;
}

/** Every policy that held, the newest first; each can be made the draft again. */
export function Versions({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const versions = useAll<Version>('/policy/versions');
  const [failure, setFailure] = useState<string | null>(null);
  const take = async (version: number) => {
    const response = await request(`/policy/versions/${version}`, { headers: { accept: 'application/yaml' } });
    draft.replace(await response.text());
    onClose();
  };
  return (
    <Dialog label="Versions of the policy" class="wide" onClose={onClose}>
      <form method="dialog">
        <h2>Versions of the policy</h2>
        <Loaded of={versions} what="the versions">
          {({ items }) =>
            items.length === 0 ? (
              <p class="soft">No policy was saved yet. What is saved here stays, version by version.</p>
            ) : (
              <table class="plain">
                <thead>
                  <tr>
                    <th scope="col">Version</th>
                    <th scope="col">Saved</th>
                    <th scope="col">By</th>
                    <th scope="col">Reason</th>
                    <th scope="col">
                      <span class="visually-hidden">Take it</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ version, at, by, reason, active }) => (
                    <tr key={version}>
                      <td>
                        {version} {active && <span class="chip">holds</span>}
                      </td>
                      <td>
                        <Time at={at} />
                      </td>
                      <td>{by}</td>
                      <td>
                        <Known value={reason} why="none was given" />
                      </td>
                      <td>
                        <button
                          type="button"
                          class="plain link"
                          onClick={() => void take(version).catch((error: Error) => setFailure(error.message))}
                        >
                          Use it as the draft
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
        {failure !== null && <p role="alert">{failure}</p>}
        <div class="actions">
          <button type="submit">Close</button>
        </div>
      </form>
    </Dialog>
  );
}
