/** What operators said of an asset: it beats what was heard until it is taken back. */
import { Undo2 } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { useAll } from '../../data/all.ts';
import { send } from '../../data/client.ts';
import type { Asset } from '../../data/model.ts';
import { Time } from '../../parts/values.tsx';

interface Decision {
  readonly key: string;
  readonly by: string;
  readonly at: string;
  readonly decision: {
    readonly address: string;
    readonly field: string;
    readonly value: string;
    readonly reason: string | null;
  };
}

interface EditsProps {
  readonly asset: Asset;
  readonly onChange: () => void;
}

export function Edits({ asset, onChange }: EditsProps) {
  const decisions = useAll<Decision>('/decisions?kind=override');
  const [failure, setFailure] = useState<string | null>(null);
  const address = asset.id.replace(/^(?:ip|mac)-/, '');
  const own = (decisions.data?.items ?? []).filter(({ decision }) => decision.address === address);
  if (own.length === 0) return null;
  const takeBack = (field: string) =>
    send('DELETE', `/assets/${encodeURIComponent(asset.id)}/overrides/${field}`).then(
      () => {
        decisions.reload();
        onChange();
      },
      (error: Error) => setFailure(error.message),
    );
  return (
    <section class="panel" aria-labelledby="edits">
      <header>
        <h2 id="edits">Corrected by hand</h2>
      </header>
      <div class="body">
        {own.map(({ key, by, at, decision: { field, value, reason } }) => (
          <div key={key} class="edit">
            <div class="row">
              <span class="soft">{field}</span> <strong>{value}</strong>
              <span class="spread" />
              <button type="button" class="plain link" onClick={() => void takeBack(field)}>
                <Undo2 size={13} aria-hidden="true" /> Take back
              </button>
            </div>
            <p class="soft">
              {by}, <Time at={at} />
              {reason !== null && `: ${reason}`}
            </p>
          </div>
        ))}
        {failure !== null && <p role="alert">{failure}</p>}
      </div>
    </section>
  );
}
