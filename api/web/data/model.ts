/** What the service answers, as far as the page shows it. The names are those of the report. */
import type {
  AssetEntry,
  AssetEvidence,
  CaptureEntry,
  ConduitEntry,
  ConversationEntry,
  ConversationOperations,
  FindingEntry,
  PairEntry,
  HistoryEntry as StoredHistoryEntry,
  ViolationEntry,
  ZoneEntry,
  ZoneMembers,
} from '../../../agent/store/entries.ts';

export type Asset = AssetEntry;
export type Evidence = AssetEvidence[number];
export type Capture = CaptureEntry;
export type Conduit = ConduitEntry;
export type Conversation = ConversationEntry;
export type Operation = ConversationOperations[number];
export type HistoryEntry = StoredHistoryEntry;
export type Finding = FindingEntry;
export type Pair = PairEntry;
export type Violation = ViolationEntry;
export type Zone = ZoneEntry;
export type ZoneMember = ZoneMembers[number];

/** A page of a list. */
export interface List<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  /** Asks for what comes next; null at the end. */
  readonly next: string | null;
}
