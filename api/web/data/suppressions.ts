/** What operators set aside: findings one by one, events by their kind. Both stay, and can be shown on demand. */
import { useAll } from './all.ts';

interface DecisionEntry {
  readonly key: string;
  readonly by: string;
  readonly at: string;
  readonly decision: {
    readonly reason: string;
    /** Microseconds since 1970; null: for good. */
    readonly until: number | null;
    readonly finding?: string;
    readonly match?: { readonly kind: string; readonly asset: string | null };
  };
}

export interface SetAside {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  /** ISO 8601 UTC; null: for good. */
  readonly until: string | null;
  /** Id of the only asset it is about; null: whatever it is about. */
  readonly asset: string | null;
}

export interface Suppressions {
  /** By the finding's id; only what holds now. */
  readonly findings: ReadonlyMap<string, SetAside>;
  /** By the kind of event. */
  readonly events: ReadonlyMap<string, SetAside>;
}

export function useSuppressions(): Suppressions {
  const decisions = useAll<DecisionEntry>('/decisions?kind=suppression&kind=finding');
  const findings = new Map<string, SetAside>();
  const events = new Map<string, SetAside>();
  for (const { by, at, decision } of decisions.data?.items ?? []) {
    const { reason, until, finding, match } = decision;
    if (until !== null && until < Date.now() * 1000) continue;
    const ends = until === null ? null : new Date(until / 1000).toISOString();
    const entry = { by, at, reason, until: ends, asset: match?.asset ?? null };
    if (finding !== undefined) findings.set(finding, entry);
    else if (match !== undefined) events.set(match.kind, entry);
  }
  return { findings, events };
}
