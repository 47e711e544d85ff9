import { ShieldCheck } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import type { Violation } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import type { SearchState } from '../../parts/search-state.ts';
import { Empty } from '../../parts/states.tsx';
import { Access, Severity } from '../../parts/values.tsx';
import { STOP, walk } from '../../parts/walk.ts';
import { bytesWords, countWords } from '../../parts/words.ts';
import { ViolationDrawer } from './violation-drawer.tsx';

interface ViolationListProps {
  readonly violations: readonly Violation[];
  /** Those that the filters leave, the most severe first. */
  readonly shown: readonly Violation[];
  readonly search: SearchState;
  readonly zoneName: (id: string | null) => string;
}

const FIRST_ROWS = 50;

export const VIOLATION_KINDS: Readonly<Record<Violation['kind'], string>> = {
  'no-conduit': 'no conduit leads this way',
  'not-permitted': 'the conduit does not allow it',
  unassigned: 'an end lies in no zone',
};

/** Grouped by border, where the decision about them is made. */
export function ViolationList({ violations, shown, search, zoneName }: ViolationListProps) {
  const [all, setAll] = useState<ReadonlySet<string>>(new Set());
  const nameOf = useAssetNames();
  const end = (address: string, id: string | null) => (id === null ? address : nameOf(id));
  if (shown.length === 0) {
    return (
      <Empty icon={ShieldCheck} title={violations.length === 0 ? 'No violation' : 'No violation is like that'}>
        {violations.length === 0 ? (
          <p>
            Everything that was heard is allowed, or there is no policy yet: <Link href="/zones">make one</Link>.
          </p>
        ) : (
          <p>Take a filter away.</p>
        )}
      </Empty>
    );
  }
  const borders = new Map<string, Violation[]>();
  for (const violation of shown) {
    const key = `${violation.fromZone} ${violation.toZone}`;
    const known = borders.get(key);
    if (known === undefined) borders.set(key, [violation]);
    else known.push(violation);
  }
  const open = violations.find(({ id }) => id === search.value('open'));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the controls in it are what is used
    <div class="finding-groups" onKeyDown={walk}>
      {[...borders].map(([border, members]) => {
        const [{ fromZone, toZone }] = members as [Violation];
        return (
          <section key={border} class="panel">
            <header>
              <h2>
                {zoneName(fromZone)} → {zoneName(toZone)}
              </h2>
              <span class="soft">
                {countWords(members.length)} {members.length === 1 ? 'flow' : 'flows'}
              </span>
              <span class="spread" />
              {fromZone !== null && toZone !== null && fromZone !== toZone && (
                <Link href={`/zones?from=${encodeURIComponent(fromZone)}&to=${encodeURIComponent(toZone)}`}>
                  Decide about this border
                </Link>
              )}
            </header>
            <table class="plain">
              <tbody>
                {(all.has(border) ? members : members.slice(0, FIRST_ROWS)).map((violation) => (
                  <tr key={violation.id}>
                    <td class="narrow">
                      <Severity of={violation.severity} />
                    </td>
                    <td>
                      <button
                        type="button"
                        class="plain link"
                        onClick={() => search.set({ open: violation.id })}
                        {...STOP}
                      >
                        <span title={`${violation.client} → ${violation.server}`}>
                          {end(violation.client, violation.clientId)} → {end(violation.server, violation.serverId)}
                        </span>
                      </button>
                    </td>
                    <td class="narrow">{violation.protocol}</td>
                    <td class="narrow">
                      <Access of={violation.access} />
                    </td>
                    <td class="narrow soft">{VIOLATION_KINDS[violation.kind]}</td>
                    <td class="narrow number">
                      {countWords(violation.packets)} {violation.packets === 1 ? 'packet' : 'packets'}
                    </td>
                    <td class="narrow number">{bytesWords(violation.bytes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {members.length > FIRST_ROWS && !all.has(border) && (
              <button type="button" class="plain" onClick={() => setAll(new Set([...all, border]))}>
                Show all {countWords(members.length)}
              </button>
            )}
          </section>
        );
      })}
      {open !== undefined && (
        <ViolationDrawer
          violation={open}
          zoneName={zoneName}
          nameOf={nameOf}
          onClose={() => search.set({ open: null })}
        />
      )}
    </div>
  );
}
