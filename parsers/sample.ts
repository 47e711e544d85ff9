/** Annotated messages with the facts they must give: each protocol's `samples.ts`, run by test/every-protocol.test.ts. */
import type { Outcome } from './protocol.ts';

/** A short exchange and what is to be learned from it. */
export interface Sample {
  /** Completes "it …". */
  readonly title: string;
  /** Where the bytes come from: document and section they were written after. */
  readonly origin: string;
  /**
   * The messages in order: who sends, and the bytes as hexadecimal digits. White space is free; `;` starts a comment
   * that runs to the end of the line.
   */
  readonly messages: readonly (readonly ['client' | 'server', string])[];
  /** One per message; all `Outcome.ok` when absent. */
  readonly outcomes?: readonly Outcome[];
  /** Numbers of the messages (from 0) that may be anybody's when they stand alone: a header of zeros, a key that is typed. */
  readonly unrecognised?: readonly number[];
  /** `"3 Read Holding Registers (read) unit 17: 1 requests, 1 responses, 0 refused"`, in order of appearance. */
  readonly operations?: readonly string[];
  /** `"3: holding-register 107+3"` or, where it has a name, `"cip.0x4c: tag \"Speed\""`, in order of appearance. */
  readonly touches?: readonly string[];
  /** `"vendor = ABB (modbus.device-id.00, server, unit 17)"`: field, value, source, whom it is about
   * (`host 0a000001` for a third party, its address in hexadecimal digits). */
  readonly evidence?: readonly string[];
  /** Payloads handed on to a carried protocol, as hexadecimal digits. */
  readonly payloads?: readonly string[];
  /** Connection numbers announced: `"305419896 by client"`. */
  readonly announcements?: readonly string[];
}
