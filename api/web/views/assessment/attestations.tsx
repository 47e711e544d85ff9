/** What people state about what cannot be heard. It fills a slot; it never raises a level. */
import { useState } from 'preact/hooks';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { Zone } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { Loaded } from '../../parts/states.tsx';
import { Time } from '../../parts/values.tsx';

interface AttestationEntry {
  readonly id: string;
  readonly zone: string | null;
  readonly requirement: string;
  readonly statement: string;
  readonly evidence: string;
  readonly by: string;
  readonly at: string;
}

const EMPTY = { zone: '', requirement: '', statement: '', evidence: '' };

export function Attestations({ zones }: { readonly zones: readonly Zone[] }) {
  const attestations = useResource<readonly AttestationEntry[]>('/attestations');
  const [entry, setEntry] = useState(EMPTY);
  const [failure, setFailure] = useState<string | null>(null);
  const done = (work: Promise<unknown>) =>
    work.then(
      () => {
        setEntry(EMPTY);
        setFailure(null);
        revision.value += 1;
      },
      (error: Error) => setFailure(error.message),
    );
  const input = (key: 'requirement' | 'statement' | 'evidence', label: string, hint: string) => (
    <label class="field">
      {label}
      <input
        required
        placeholder={hint}
        value={entry[key]}
        onInput={(event) => setEntry({ ...entry, [key]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <section class="panel" aria-labelledby="attestations">
      <header>
        <h2 id="attestations">Attestations</h2>
        <span class="soft">what cannot be heard, stated by somebody who knows</span>
      </header>
      <Loaded of={attestations} what="the attestations">
        {(all) =>
          all.length === 0 ? (
            <p class="body soft">Nothing is attested.</p>
          ) : (
            <table class="plain">
              <tbody>
                {all.map(({ id, zone, requirement, statement, evidence, by, at }) => (
                  <tr key={id}>
                    <td>{requirement}</td>
                    <td>{zone === null ? 'whole plant' : (zones.find((one) => one.id === zone)?.name ?? zone)}</td>
                    <td>
                      {statement} <span class="soft">({evidence})</span>
                    </td>
                    <td>
                      {by}, <Time at={at} />
                    </td>
                    <td>
                      <button
                        type="button"
                        class="plain"
                        onClick={() => void done(send('DELETE', `/attestations/${id}`))}
                      >
                        Take back
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <form
        class="body attesting"
        onSubmit={(event) => {
          event.preventDefault();
          const { zone, ...rest } = entry;
          void done(send('POST', '/attestations', { ...rest, zone: zone === '' ? null : zone }));
        }}
      >
        <label class="field">
          Zone
          <select value={entry.zone} onChange={(event) => setEntry({ ...entry, zone: event.currentTarget.value })}>
            <option value="">whole plant</option>
            {zones.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {input('requirement', 'Requirement', 'SR 1.7')}
        {input('statement', 'Statement', 'Passwords have 12 characters at least')}
        {input('evidence', 'Evidence', 'Group policy export of 3 May')}
        <button type="submit">Attest</button>
        {failure !== null && <p role="alert">{failure}</p>}
      </form>
    </section>
  );
}
