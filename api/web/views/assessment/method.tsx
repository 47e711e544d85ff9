import type { Assessment } from '../../../../agent/assess/assessment.ts';
import { countWords } from '../../parts/words.ts';

/** How it was judged, of what, and what listening cannot tell. */
export function Method({ assessment: { method, blindSpots } }: { readonly assessment: Assessment }) {
  return (
    <section class="panel" aria-labelledby="method">
      <header>
        <h2 id="method">Method and blind spots</h2>
      </header>
      <div class="body">
        <ul>
          {blindSpots.map((spot) => (
            <li key={spot}>{spot}</li>
          ))}
        </ul>
        <dl class="facts">
          <dt>Tool</dt>
          <dd>
            {method.tool} {method.version}
          </dd>
          <dt>Rules</dt>
          <dd>{countWords(method.rules.length)}</dd>
          <dt>Policy</dt>
          <dd class="mono">{method.policySha256 ?? 'none'}</dd>
          {method.captures.map(({ name, sha256, packets }) => (
            <>
              <dt>{name}</dt>
              <dd class="mono">
                {sha256 ?? 'live'} <span class="soft">{countWords(packets)} packets</span>
              </dd>
            </>
          ))}
        </dl>
      </div>
    </section>
  );
}
