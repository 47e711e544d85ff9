/** What the lists of a database hold, entry by entry. Times are as the report writes them: ISO 8601 UTC, or null. */
import type { HearingFinding } from '../model/capture-quality.ts';
import type { PairTraffic } from '../model/matrix.ts';
import type { Report } from '../report/report.ts';
import type { ListName } from './lists.ts';

/** An asset as the report has it; its evidence is asked for by itself. */
export type AssetEntry = Omit<Report['assets'][number], 'evidence'>;
export type AssetEvidence = Report['assets'][number]['evidence'];
/** A conversation as the report has it, with an id; its operations are asked for by themselves. */
export type ConversationEntry = Omit<Report['conversations'][number], 'operations'> & { readonly id: string };
export type ConversationOperations = Report['conversations'][number]['operations'];
/** A zone as the report has it, with how many assets lie in it instead of who they are. */
export type ZoneEntry = Omit<Report['zones'][number], 'assets' | 'members'> & { readonly assetCount: number };
export type ZoneMembers = Report['zones'][number]['members'];
export type ConduitEntry = Report['conduits'][number];
export type ViolationEntry = Report['violations'][number];
export type FindingEntry = Report['findings'][number];

/** What passes from the clients of one asset or zone to the servers of another. */
export interface PairEntry extends Omit<PairTraffic, 'firstSeen' | 'lastSeen'> {
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
}

/**
 * `queued`: waits for its turn; `reading`; `done`: read to its end; `interrupted`: the program ended before that, and it
 * can be read again; `failed`: could not be read to its end, what could be counts.
 */
export type CaptureState = 'queued' | 'reading' | 'done' | 'interrupted' | 'failed' | 'deleted';

export interface CaptureEntry {
  readonly id: number;
  readonly name: string;
  /** Of the file's bytes, in hexadecimal; null for live traffic and what was not hashed. */
  readonly sha256: string | null;
  /** Bytes of the file; null when not known. */
  readonly size: number | null;
  /** Traffic of an interface, as it comes. */
  readonly live: boolean;
  readonly state: CaptureState;
  /** Bytes of the file read so far. */
  readonly bytesRead: number;
  readonly packets: number;
  /** On the wire. */
  readonly bytes: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** How well the plant could be heard in it; null before the first packet was counted. */
  readonly verdict: { readonly findings: readonly HearingFinding[] } | null;
  readonly error: { readonly code: string; readonly offset: number | null; readonly message: string } | null;
  readonly by: string;
  readonly added: string;
  readonly finished: string | null;
}

/** Something that happened, in the order in which it was noticed. */
export interface EventEntry {
  /** Counts up: where a reader goes on that has read so far. */
  readonly number: number;
  readonly id: string;
  readonly kind: string;
  readonly severity: string;
  /** Id of the asset it is about, or of the first of several; null without one. */
  readonly asset: string | null;
  readonly at: string;
  /** All of it, as the report has it. */
  readonly event: Report['events'][number];
}

/** An attribute of an asset that changed. */
export interface HistoryEntry {
  readonly number: number;
  readonly asset: string;
  /** `appeared`, `vanished`, or the attribute's name in the report. */
  readonly field: string;
  /** Lists are in JSON. */
  readonly before: string | null;
  readonly after: string | null;
  readonly at: string;
}

/** Who changed what. */
export interface AuditEntry {
  readonly number: number;
  readonly at: string;
  readonly by: string;
  /** E.g. `policy.set`, `capture.delete`, `decision.override`. */
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
}

export interface PolicyEntry {
  readonly version: number;
  /** Of the text, in hexadecimal. */
  readonly sha256: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
  /** It is the one that holds. */
  readonly active: boolean;
}

export interface DecisionEntry {
  readonly kind: DecisionKind;
  /** What it is about; one decision of a kind for each. */
  readonly key: string;
  readonly by: string;
  readonly at: string;
  /** An Override, ZoneDecision, ConduitDecision, Attestation, Suppression (of events), or why a finding is set aside. */
  readonly decision: unknown;
}

export type DecisionKind = 'override' | 'zone' | 'move' | 'conduit' | 'attestation' | 'suppression' | 'finding';

/** A token as it may be shown: the secret itself is nowhere. */
export interface TokenEntry {
  readonly id: string;
  readonly role: TokenRole;
  readonly label: string;
  readonly created: string;
  readonly lastUsed: string | null;
}

export type TokenRole = 'viewer' | 'analyst' | 'admin';

/** The entry of each list. */
export interface Entries {
  readonly assets: AssetEntry;
  readonly conversations: ConversationEntry;
  readonly zones: ZoneEntry;
  readonly conduits: ConduitEntry;
  readonly violations: ViolationEntry;
  readonly findings: FindingEntry;
  readonly pairs: PairEntry;
  readonly zonePairs: PairEntry;
  readonly events: EventEntry;
  readonly captures: CaptureEntry;
  readonly history: HistoryEntry;
  readonly audit: AuditEntry;
  readonly policies: PolicyEntry;
  readonly decisions: DecisionEntry;
  readonly tokens: TokenEntry;
}

/** Every list has its entry; the compiler says which is missing. */
export type EntryOf<List extends ListName> = Entries[List];
