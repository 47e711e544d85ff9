import { ShieldCheck } from 'lucide-preact';
import { Link } from 'wouter-preact';
import { grouped } from '../../../../agent/grouping.ts';
import type { Finding } from '../../data/model.ts';
import type { Suppressions } from '../../data/suppressions.ts';
import type { SearchState } from '../../parts/search-state.ts';
import { Empty } from '../../parts/states.tsx';
import { STOP, walk } from '../../parts/walk.ts';
import type { FindingColumn } from './finding-columns.tsx';
import { FindingDrawer } from './finding-drawer.tsx';

interface FindingListProps {
  /** All, for what is open. */
  readonly findings: readonly Finding[];
  /** Those that the filters leave, the most severe first. */
  readonly shown: readonly Finding[];
  readonly columns: readonly FindingColumn[];
  readonly suppressions: Suppressions;
  readonly search: SearchState;
  readonly zoneName: (id: string | null) => string;
}

/** By what is to do: one thing to do may answer several findings, which stand together then. */
export function FindingList({ findings, shown, columns, suppressions, search, zoneName }: FindingListProps) {
  const open = findings.find(({ id }) => id === search.value('open'));
  const showsToDo = columns.some(({ id }) => id === 'mend');
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
          {[...grouped(shown, ({ mend }) => mend)].map(([mend, members]) => (
            <section key={mend} aria-label={mend}>
              {members.map((finding) => (
                <FindingRow
                  key={finding.id}
                  finding={finding}
                  columns={columns}
                  aside={suppressions.findings.has(finding.id)}
                  current={finding === open}
                  onOpen={() => search.set({ open: finding.id })}
                />
              ))}
              {showsToDo && (
                <p class="to-do">
                  <span class="soft">{members.length === 1 ? 'To do' : `To do for these ${members.length}`}</span>{' '}
                  {mend}
                </p>
              )}
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
  readonly columns: readonly FindingColumn[];
  readonly aside: boolean;
  readonly current: boolean;
  readonly onOpen: () => void;
}

function FindingRow({ finding, columns, aside, current, onOpen }: FindingRowProps) {
  const below = columns.filter((column) => column.below);
  const beside = columns.filter(({ width, id }) => width !== undefined && id !== 'severity');
  const severity = columns.find(({ id }) => id === 'severity');
  const cell = ({ id, number, cell: content }: FindingColumn) => (
    <span key={id} class={`beside ${id} ${number ? 'number' : ''}`}>
      {content(finding)}
    </span>
  );
  const widths = [
    ...(severity === undefined ? [] : [severity.width]),
    'minmax(0, 1fr)',
    ...beside.map(({ width }) => `minmax(0, ${width})`),
  ];
  return (
    <article class={current ? 'finding-row current' : 'finding-row'} style={{ gridTemplateColumns: widths.join(' ') }}>
      {severity?.cell(finding)}
      <div class="said">
        <button type="button" class="plain link" onClick={onOpen} {...STOP}>
          {finding.title}
        </button>
        {aside && <span class="chip">set aside</span>}
        {below.map(({ id, heading, cell: content }) => (
          <p key={id} class="soft why">
            {id !== 'why' && <strong>{heading}: </strong>}
            {content(finding)}
          </p>
        ))}
      </div>
      {beside.map(cell)}
    </article>
  );
}
