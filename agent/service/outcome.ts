/** What the reading of a capture brought: so far, or to its end. */
import { hearingFindings } from '../model/capture-quality.ts';
import type { FileSnapshot, Snapshot } from '../model/snapshot.ts';
import type { CaptureState } from '../store/entries.ts';
import type { CaptureProgress, CaptureRecord } from '../store/records.ts';

export interface Outcome {
  readonly capture: CaptureRecord;
  readonly snapshot: Snapshot;
  readonly bytesRead: number;
  readonly state: CaptureState;
  /** Why it could not be read to its end; null when it could, or is not there yet. */
  readonly error: FileSnapshot['error'];
}

/**
 * What a capture shows of itself.
 * @param at microseconds since 1970: now
 */
export function progressOf({ snapshot: { capture }, bytesRead, state, error }: Outcome, at: number): CaptureProgress {
  const { packets, bytes, firstSeen, lastSeen } = capture;
  const findings = hearingFindings({ capture, hosts: [], conversations: [] });
  const finished = state === 'reading' ? null : at;
  return { state, bytesRead, packets, bytes, firstSeen, lastSeen, verdict: { findings }, error, finished };
}
