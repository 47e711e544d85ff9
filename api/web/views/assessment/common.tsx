import type { Assessment } from '../../../../agent/assess/assessment.ts';
import { percentWords } from '../../parts/words.ts';

const VERDICTS = { found: 'found', 'not-heard': 'not heard', 'not-observable': 'not observable passively' } as const;

/** The faults that assessors meet most, and whether they were heard here. */
export function Common({ assessment: { commonFindings, flatness } }: { readonly assessment: Assessment }) {
  return (
    <section class="panel" aria-labelledby="common">
      <header>
        <h2 id="common">What assessors meet most</h2>
      </header>
      <table class="plain">
        <tbody>
          {commonFindings.map(({ id, title, verdict, statement }) => (
            <tr key={id}>
              <td>
                <strong>{title}</strong>
              </td>
              <td class="verdict">
                <span class={verdict === 'found' ? 'chip flagged-verdict' : 'chip'}>{VERDICTS[verdict]}</span>
              </td>
              <td>{statement}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {flatness !== null && (
        <p class="body soft">
          Flatness: {percentWords(flatness)} of the pairs of plant assets could talk without passing a boundary.
        </p>
      )}
    </section>
  );
}
