import type { Asset } from '../../data/model.ts';
import { percentWords } from '../../parts/words.ts';

/** What an inventory should hold and nobody said, with what traffic would tell it. */
export function Unknowns({ asset: { completeness } }: { readonly asset: Asset }) {
  if (completeness.missing.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="unknown">
      <header>
        <h2 id="unknown">Still unknown</h2>
        <span class="spread" />
        <span class="soft">{percentWords(completeness.score)} known</span>
      </header>
      <div class="body">
        <dl class="facts known">
          {completeness.missing.map(({ name, toldBy }) => (
            <>
              <dt>{name}</dt>
              <dd class="soft">{toldBy}</dd>
            </>
          ))}
        </dl>
      </div>
    </section>
  );
}
