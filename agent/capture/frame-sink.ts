/** Where a capture's contents go. Arguments are lent for the time of the call: who wants to keep bytes copies them. */
export interface FrameSink {
  /**
   * One captured frame: `b[at, end)`, lent until `settle` is called, if the sink has it.
   *
   * @param wireBytes its length on the wire; more than was captured where a snapshot length cut it, never less
   * @param time microseconds since 1970, a whole number of 0 to 2^53 - 1. A frame whose record carries no time has that
   *   of the frame before it; 0 is not known.
   * @param link the LINKTYPE_ number, 16 bits
   * @param fcsBytes how many of the captured bytes, at the end, are the frame check sequence; mostly 0
   */
  frame(b: Uint8Array, at: number, end: number, wireBytes: number, time: number, link: number, fcsBytes: number): void;

  /**
   * The frames that follow were captured on interface `number`, of all that the file describes; 0 until told otherwise.
   * What was lost is told of the same.
   */
  onInterface?(number: number): void;

  /** The bytes of all frames so far are about to be used again: what was put off must be done now. */
  settle?(): void;

  /** The name that the capture itself gives an address of 4 (IPv4) or 16 (IPv6) bytes. Printable, never empty. */
  hostName?(address: Uint8Array, name: string): void;

  /** So many more frames were lost by the machine that captured, as it says itself. Add them up. */
  dropped?(frames: number): void;
}
