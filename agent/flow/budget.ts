/** A ceiling on bytes that many holders share, so that no number of them together exceeds it. */
export class Budget {
  readonly limitBytes: number;
  usedBytes = 0;
  /** The most that was ever taken. */
  mostBytes = 0;
  /** How often a holder was turned away. */
  refusals = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  /** Takes `bytes` if they are left; otherwise the holder must do without. */
  take(bytes: number): boolean {
    if (this.usedBytes + bytes > this.limitBytes) {
      this.refusals++;
      return false;
    }
    this.usedBytes += bytes;
    if (this.usedBytes > this.mostBytes) this.mostBytes = this.usedBytes;
    return true;
  }

  /** Takes `bytes` even when they are not left: for little, of which there is a bounded number. */
  overdraw(bytes: number): void {
    this.usedBytes += bytes;
    if (this.usedBytes > this.mostBytes) this.mostBytes = this.usedBytes;
  }

  giveBack(bytes: number): void {
    this.usedBytes -= bytes;
  }
}
