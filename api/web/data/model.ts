/** What the service answers, as far as the page shows it. The names are those of the report. */
import type {
  AssetEntry,
  CaptureEntry,
  ConduitEntry,
  ConversationEntry,
  ConversationOperations,
  FindingEntry,
  PairEntry,
  EventEntry as StoredEventEntry,
  HistoryEntry as StoredHistoryEntry,
  ViolationEntry,
  ZoneEntry,
  ZoneMembers,
} from '../../../agent/store/entries.ts';
import type { EvidenceEntry } from '../../server/schemas/asset.ts';

export type Asset = AssetEntry;
export type Evidence = EvidenceEntry;
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

/** What happened or changed, as the service's events tell it. */
export interface PlantEvent {
  readonly title: string;
  readonly reasons: readonly string[];
  readonly assets: readonly string[];
  readonly technique: string | null;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What sets it aside; null: nothing does. */
  readonly suppressed: { readonly reason: string } | null;
  readonly samples: readonly { readonly file: string; readonly frame: number }[];
}

export interface EventEntry extends Omit<StoredEventEntry, 'event'> {
  readonly event: PlantEvent;
}

/** A page of a list. */
export interface List<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  /** Asks for what comes next; null at the end. */
  readonly next: string | null;
}
