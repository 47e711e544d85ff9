/** What the routes ask of the worker that reads captures and keeps the knowledge. */
import type { Assessment } from '../agent/assess/assessment.ts';
import type { Snapshot } from '../agent/model/snapshot.ts';
import type { Policy } from '../agent/policy/policy.ts';
import type { Report } from '../agent/report/report.ts';
import type { DecisionKind } from '../agent/store/entries.ts';

/** What a policy would say of what was heard. */
export type PolicyPreview = Pick<Report, 'zones' | 'conduits' | 'violations' | 'unusedConduits' | 'unusedPermissions'>;

/** Whether what is heard is written down. */
export interface StorageStatus {
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string | null;
  /** Microseconds since 1970. */
  readonly since: number | null;
}

/** How the worker fares. */
export interface ServiceStatus {
  readonly storage: StorageStatus;
  readonly reading: {
    readonly capture: number;
    readonly name: string;
    readonly bytesRead: number;
    readonly size: number | null;
    readonly packets: number;
  } | null;
  readonly queued: number;
  readonly flushMilliseconds: number | null;
  readonly flushes: number;
  readonly assets: number;
  readonly conversations: number;
  readonly capture: Snapshot['capture'];
}

/** A capture that came in whole. */
export interface NewCapture {
  /** For people. */
  readonly name: string;
  readonly source: { readonly spool: string };
  readonly sha256: string;
  readonly size: number;
  readonly by: string;
}

/** Calls reject with FieldmarkError CAPTURE_UNKNOWN, CAPTURE_ALREADY_READ, CAPTURE_NOT_KEPT or DATABASE_FULL. */
export interface Service {
  status(): Promise<ServiceStatus>;
  /** Takes a capture over, to be read in its turn; answers its number. */
  add(capture: NewCapture): Promise<number>;
  readAgain(capture: number, by: string): Promise<void>;
  /** Forgets a capture and what only it told. */
  delete(capture: number, by: string): Promise<void>;
  /** Makes or replaces a decision; with null takes it back. */
  decide(kind: DecisionKind, key: string, decision: object | null, by: string): Promise<void>;
  /** Sets the policy that holds; answers its version. With null none holds any more. */
  setPolicy(
    policy: { readonly yaml: string; readonly parsed: Policy; readonly reason: string | null } | null,
    by: string,
  ): Promise<number | null>;
  previewPolicy(policy: Policy): Promise<PolicyPreview>;
  /** A policy from the traffic, in YAML. */
  proposePolicy(): Promise<string>;
  assessment(): Promise<Assessment>;
  /** The report in one of its formats; `table` is for those that hold one. */
  report(format: string, table: string): Promise<readonly string[]>;
  takeBaseline(by: string): Promise<void>;
  /** What was normal is forgotten. */
  clearBaseline(by: string): Promise<void>;
}
