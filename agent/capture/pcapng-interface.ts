import type { Clock } from './clock.ts';
import type { FrameSink } from './frame-sink.ts';

/** Longest frame check sequence in octets that anything uses is 4; from here on if_fcslen must be counting bits. */
const LEAST_FCS_BITS = 16;

/** One capturing interface of a pcapng section: what its Interface Description Block says, and what it has lost. */
export class PcapngInterface {
  readonly link: number;
  /** 0: no limit. */
  readonly snapLength: number;
  readonly fcsBytes: number;
  readonly clock: Clock;
  #lostBetweenPackets = 0;
  #lostToldOf = 0;

  /** @param fcsLength if_fcslen: octets, but bits in drafts before 2020, and writers followed both */
  constructor(link: number, snapLength: number, fcsLength: number, clock: Clock) {
    this.link = link;
    this.snapLength = snapLength;
    this.fcsBytes = fcsLength < LEAST_FCS_BITS ? fcsLength : fcsLength >>> 3;
    this.clock = clock;
  }

  /** A packet says how many were lost since the one before it. */
  lostBefore(frames: number, sink: FrameSink): void {
    this.#lostBetweenPackets += frames;
    this.lostInAll(this.#lostBetweenPackets, sink);
  }

  /** The statistics say how many were lost so far. Both ways tell of the same frames, so only what is news is told on. */
  lostInAll(frames: number, sink: FrameSink): void {
    if (frames <= this.#lostToldOf || frames > Number.MAX_SAFE_INTEGER) return;
    sink.dropped?.(frames - this.#lostToldOf);
    this.#lostToldOf = frames;
  }
}
