import { Link } from 'wouter-preact';
import type { Capture } from '../../data/model.ts';
import { countWords } from '../../parts/words.ts';

const MOST = 6;

/** What was wrong with the hearing, why, and what to do at the mirror port. */
export function Hearing({ captures }: { readonly captures: readonly Capture[] }) {
  const said = captures.flatMap(({ name, verdict, error }) => [
    ...(error === null ? [] : [{ name, what: error.message, cause: '', mend: '' }]),
    ...(verdict?.findings ?? []).map(({ what, cause, mend }) => ({ name, what, cause, mend })),
  ]);
  if (said.length === 0) return <p class="good">Heard well: nothing is wrong with the mirror port.</p>;
  return (
    <>
      {said.slice(0, MOST).map(({ name, what, cause, mend }) => (
        <div key={`${name} ${what}`} class="heard">
          <strong>{what}</strong>
          {captures.length > 1 && <span class="soft"> in {name}</span>}
          <p class="soft">
            {cause !== '' && `Cause: ${cause}. `}
            {mend}
          </p>
        </div>
      ))}
      {said.length > MOST && <Link href="/captures">and {countWords(said.length - MOST)} more</Link>}
    </>
  );
}
