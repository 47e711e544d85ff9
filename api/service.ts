/** What the service asks of the worker that reads captures and keeps the knowledge. */
import type { Assessment } from '../agent/assess/assessment.ts';
import type { DecisionKind } from '../agent/store/entries.ts';
import type { PolicyCheck } from '../agent/policy/check-policy.ts';

/** A capture that came in whole. */
export interface NewCapture {
  /** For people. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly by: string;
}

/** How the worker fares. */
export interface Status {
  /** `failing`: what was learned cannot be written at the moment; it is kept in memory and written later. */
  readonly store: 'ok' | 'failing';
  /** Why, in words; null when it is ok. */
  readonly storeError: string | null;
  /** Captures that wait for their turn, and the one being read. */
  readonly queued: number;
  readonly reading: number | null;
  /** Something changed of which not everything that follows is known yet. */
  readonly behind: boolean;
}

/** Told when something changed. */
export interface Change {
  readonly kind: 'knowledge' | 'events' | 'capture' | 'status';
}

export interface Service {
  readonly status: Status;
  /** Makes or replaces a decision; `by` is who. */
  decide(kind: DecisionKind, key: string, decision: object, by: string): Promise<void>;
  /** Takes a decision back; false when there was none. */
  withdraw(kind: DecisionKind, key: string, by: string): Promise<boolean>;
  /** Makes this text the policy; answers its version. Null takes the policy away. @throws PolicyError */
  setPolicy(yaml: string | null, by: string, reason: string | null): Promise<number>;
  proposePolicy(): Promise<string>;
  /** What the policy would flag of the traffic. @throws PolicyError */
  checkPolicy(yaml: string): Promise<PolicyCheck>;
  assessment(): Promise<Assessment>;
  /** The report in a form, in pieces. */
  report(format: string, table: string | null): Promise<readonly string[]>;
  setBaseline(by: string): Promise<void>;
  clearBaseline(by: string): Promise<boolean>;
  /** Takes a capture over, to be read in its turn; answers its id. */
  addCapture(capture: NewCapture): Promise<number>;
  /** Forgets a capture and what only it told; false when there is none. */
  deleteCapture(id: number, by: string): Promise<boolean>;
  onChange(told: (change: Change) => void): void;
}
