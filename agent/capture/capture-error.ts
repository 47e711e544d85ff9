import { type ErrorCode, FieldmarkError } from '../errors.ts';

/** A capture that cannot be read on. What was read before it stays read. The message does not name the file. */
export class CaptureError extends FieldmarkError {
  /** Where it happened: bytes from the start of the capture, decompressed. */
  readonly offset: number;

  constructor(code: ErrorCode, offset: number, message: string, cause?: unknown) {
    super(code, `${message} (at byte ${offset})`, cause);
    this.name = 'CaptureError';
    this.offset = offset;
  }
}
