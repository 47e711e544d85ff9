/**
 * Turns the timestamps of one pcapng interface into microseconds since 1970, exactly and without BigInt.
 *
 * A timestamp counts units of the interface's resolution in 64 bits, given as two halves (draft-ietf-opsawg-pcapng,
 * section 4.3); if_tsresol and if_tsoffset (section 4.2) say what a unit is and what to add. Every product and dividend
 * below stays under 2^53, where doubles are exact, as long as the result does; fractions are cut off, not rounded.
 */

const HALF = 2 ** 32;
const MICROSECONDS = 1_000_000;

/** if_tsresol when the interface does not say: microseconds. */
const DEFAULT_RESOLUTION = 6;
/** Set in if_tsresol: a negative power of 2, else of 10. */
const BINARY = 0x80;

export class Clock {
  readonly #binaryDigits: number; // units are 2^-n seconds; -1: they are decimal
  readonly #factor: number; // decimal: microseconds per unit, where that is 1 or more
  readonly #divisor: number; // decimal: units per microsecond, at most a million (see below)
  readonly #secondDivisor: number; // what is left of the divisor
  readonly #offset: number; // microseconds

  /** @param offsetSeconds if_tsoffset */
  constructor(resolution: number = DEFAULT_RESOLUTION, offsetSeconds = 0) {
    const digits = resolution & ~BINARY;
    const binary = (resolution & BINARY) !== 0;
    this.#binaryDigits = binary ? digits : -1;
    this.#factor = 10 ** Math.max(0, 6 - digits);
    this.#divisor = 10 ** Math.min(6, Math.max(0, digits - 6));
    this.#secondDivisor = 10 ** Math.max(0, digits - 12);
    this.#offset = offsetSeconds * MICROSECONDS;
  }

  /** Microseconds since 1970 of the timestamp `high * 2^32 + low`; times beyond 0 and 2^53 - 1 become these. */
  microseconds(high: number, low: number): number {
    const time = this.#offset + (this.#binaryDigits < 0 ? this.#decimal(high, low) : this.#binary(high, low));
    return time >= 0 ? Math.min(time, Number.MAX_SAFE_INTEGER) : 0;
  }

  #decimal(high: number, low: number): number {
    const divisor = this.#divisor;
    if (divisor === 1) return (high * HALF + low) * this.#factor;
    // Long division in base 2^32. The remainder is below a million, 2^20: the second dividend is below 2^52, and its
    // quotient is further from the next whole number than a double is from the true quotient.
    const upper = Math.floor(high / divisor);
    const quotient = upper * HALF + Math.floor(((high - upper * divisor) * HALF + low) / divisor);
    return this.#secondDivisor === 1 ? quotient : Math.floor(quotient / this.#secondDivisor);
  }

  #binary(high: number, low: number): number {
    const digits = this.#binaryDigits;
    if (digits <= 32) {
      const perSecond = 2 ** digits;
      const lowSeconds = Math.floor(low / perSecond);
      const fraction = low - lowSeconds * perSecond;
      const seconds = high * (HALF / perSecond) + lowSeconds;
      return seconds * MICROSECONDS + Math.floor((fraction * MICROSECONDS) / perSecond);
    }
    const perSecond = 2 ** (digits - 32); // of the high half
    const seconds = Math.floor(high / perSecond);
    const fraction = high - seconds * perSecond;
    const microseconds = (fraction * MICROSECONDS + Math.floor((low * MICROSECONDS) / HALF)) / perSecond;
    return seconds * MICROSECONDS + Math.floor(microseconds);
  }
}
