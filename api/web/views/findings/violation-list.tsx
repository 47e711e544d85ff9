import { ShieldCheck } from 'lucide-preact';
import { Link } from 'wouter-preact';
import type { Violation } from '../../data/model.ts';
import type { SearchState } from '../../parts/search-state.ts';
import { Empty } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { ViolationDrawer } from './violation-drawer.tsx';

interface ViolationListProps {
  readonly violations: readonly Violation[];
  /** Those that the filters leave, in order. */
  readonly shown: readonly Violation[];
  readonly columns: readonly Column<Violation>[];
  readonly search: SearchState;
  readonly zoneName: (id: string | null) => string;
  readonly nameOf: (id: string) => string;
}

/** What the policy does not allow; border by border, where the decision about it is made, unless the reader sorts it. */
export function ViolationList({ violations, shown, columns, search, zoneName, nameOf }: ViolationListProps) {
  const open = violations.find(({ id }) => id === search.value('open'));
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
  return (
    <>
      <Table
        label="Violations"
        columns={columns}
        rows={shown}
        keyOf={({ id }) => id}
        selected={search.value('open')}
        sorting={search.value('sort') ?? ''}
        onSort={(sort) => search.set({ sort }, true)}
        onOpen={({ id }) => search.set({ open: id })}
      />
      {open !== undefined && (
        <ViolationDrawer
          violation={open}
          zoneName={zoneName}
          nameOf={nameOf}
          onClose={() => search.set({ open: null })}
        />
      )}
    </>
  );
}
