/** What is taken for normal: the events about changes are told against it. */
import { useState } from 'preact/hooks';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import { useResource } from '../../data/resource.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Time } from '../../parts/values.tsx';

interface Numbers {
  readonly baselineUntil: string | null;
  readonly packets: number;
}

const EXPLAINED = {
  take: {
    title: 'Take what was heard until now for normal',
    text: 'From now on, new assets, new conversations, new writers, changed firmware and silence are told as events. Take it when the plant runs as it should and was heard through all it does: a shift, a product change, a backup.',
    action: 'Take the baseline',
  },
  forget: {
    title: 'Forget the baseline',
    text: 'What changes is no longer told. Events that need no comparison (stopped controllers, changed programs, scans) still are.',
    action: 'Forget it',
  },
} as const;

export function BaselineBar() {
  const numbers = useResource<Numbers>('/overview');
  const [asking, setAsking] = useState<'take' | 'forget' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  if (numbers.data === undefined || numbers.data.packets === 0) return null;
  const { baselineUntil } = numbers.data;
  const decide = (method: 'PUT' | 'DELETE') =>
    send(method, '/baseline').then(
      () => {
        revision.value += 1;
        setAsking(null);
        setFailure(null);
      },
      (error: Error) => setFailure(error.message),
    );
  return (
    <section class="panel baseline" aria-label="Baseline">
      {baselineUntil === null ? (
        <span>
          <strong>No baseline</strong>{' '}
          <span class="soft">what happens is told; what changes is told once somebody says what is normal</span>
        </span>
      ) : (
        <span>
          <strong>Baseline</strong>{' '}
          <span class="soft">
            taken from what was heard until <Time at={baselineUntil} />: what changed since is told
          </span>
        </span>
      )}
      <span class="spread" />
      {baselineUntil !== null && (
        <button type="button" class="plain" onClick={() => setAsking('forget')}>
          Forget
        </button>
      )}
      <button type="button" onClick={() => setAsking('take')}>
        {baselineUntil === null ? 'Take a baseline' : 'Take a new one'}
      </button>
      {asking !== null && (
        <Dialog label={EXPLAINED[asking].title} onClose={() => setAsking(null)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void decide(asking === 'take' ? 'PUT' : 'DELETE');
            }}
          >
            <h2>{EXPLAINED[asking].title}</h2>
            <p>{EXPLAINED[asking].text}</p>
            {failure !== null && <p role="alert">{failure}</p>}
            <div class="actions">
              <button type="button" onClick={() => setAsking(null)}>
                Cancel
              </button>
              <button type="submit" class={asking === 'take' ? 'primary' : 'danger'}>
                {EXPLAINED[asking].action}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}
