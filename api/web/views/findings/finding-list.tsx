import { ShieldCheck } from 'lucide-preact';
import { Link } from 'wouter-preact';
import type { Finding } from '../../data/model.ts';
import type { Suppressions } from '../../data/suppressions.ts';
import type { SearchState } from '../../parts/search-state.ts';
import { Empty } from '../../parts/states.tsx';
import { Severity } from '../../parts/values.tsx';
import { STOP, walk } from '../../parts/walk.ts';
import { countWords } from '../../parts/words.ts';
import { FindingDrawer } from './finding-drawer.tsx';

interface FindingListProps {
  /** All, for what is open. */
  readonly findings: readonly Finding[];
  /** Those that the filters leave, the most severe first. */
  readonly shown: readonly Finding[];
  readonly suppressions: Suppressions;
  readonly search: SearchState;
  readonly zoneName: (id: string | null) => string;
}

/** By what is to do: one thing to do may answer several findings, which stand together then. */
export function FindingList({ findings, shown, suppressions, search, zoneName }: FindingListProps) {
  const open = findings.find(({ id }) => id === search.value('open'));
  const groups = new Map<string, Finding[]>();
  for (const finding of shown) {
    const known = groups.get(finding.mend);
    if (known === undefined) groups.set(finding.mend, [finding]);
    else known.push(finding);
  }
  return (
    <>
      {shown.length === 0 ? (
        <Empty icon={ShieldCheck} title={findings.length === 0 ? 'Nothing was found' : 'No finding is like that'}>
          {findings.length === 0 ? (
            <p>
              That nothing was heard does not mean that nothing is wrong: the <Link href="/assessment">assessment</Link>{' '}
              says what a listener cannot hear.
            </p>
          ) : (
            <p>Take a filter away, or show what was set aside.</p>
          )}
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the controls in it are what is used
        <div class="panel finding-list" onKeyDown={walk}>
          {[...groups].map(([mend, members]) => (
            <section key={mend} aria-label={mend}>
              {members.map((finding) => (
                <FindingRow
                  key={finding.id}
                  finding={finding}
                  aside={suppressions.findings.has(finding.id)}
                  current={finding === open}
                  zoneName={zoneName}
                  onOpen={() => search.set({ open: finding.id })}
                />
              ))}
              <p class="to-do">
                <span class="soft">{members.length === 1 ? 'To do' : `To do for these ${members.length}`}</span> {mend}
              </p>
            </section>
          ))}
        </div>
      )}
      {open !== undefined && (
        <FindingDrawer
          finding={open}
          aside={suppressions.findings.get(open.id)}
          zoneName={zoneName}
          onClose={() => search.set({ open: null })}
        />
      )}
    </>
  );
}

interface FindingRowProps {
  readonly finding: Finding;
  readonly aside: boolean;
  readonly current: boolean;
  readonly zoneName: (id: string | null) => string;
  readonly onOpen: () => void;
}

function FindingRow({ finding, aside, current, zoneName, onOpen }: FindingRowProps) {
  const { severity, title, why, requirement, zones, assets } = finding;
  const where = zones.map(zoneName).join(', ');
  return (
    <article class={current ? 'finding-row current' : 'finding-row'}>
      <Severity of={severity} />
      <div>
        <button type="button" class="plain link" onClick={onOpen} {...STOP}>
          {title}
        </button>
        {aside && <span class="chip">set aside</span>}
        <p class="soft why">{why}</p>
      </div>
      <span class="where" title={where}>
        {zones.length === 0 ? 'whole plant' : zones.length === 1 ? where : `${countWords(zones.length)} zones`}
      </span>
      <span class="number">
        {assets.length > 0 && `${countWords(assets.length)} ${assets.length === 1 ? 'asset' : 'assets'}`}
      </span>
      <span class="soft">{requirement}</span>
    </article>
  );
}
