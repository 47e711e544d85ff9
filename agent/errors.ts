/**
 * What can go wrong that a person must mend. Each cause has a code that never changes, the exit status it leads to, and
 * an explanation for the documentation; the error's own message is one line that says what, where and how to mend it.
 */

interface Cause {
  /** 1: some input could not be read whole; 2: the operator asked for something that cannot be done. */
  readonly exitStatus: 1 | 2;
  /** For the table of codes in the documentation. */
  readonly explanation: string;
}

export const ERRORS = {
  FILE_NOT_FOUND: { exitStatus: 1, explanation: 'There is no file or directory of this name.' },
  FILE_NOT_READABLE: {
    exitStatus: 1,
    explanation: 'The file or directory exists, but the user who runs Fieldmark is not permitted to read it.',
  },
  FILE_IS_DIRECTORY: { exitStatus: 1, explanation: 'A directory stands where a capture file was expected.' },
  FILE_READ_FAILED: {
    exitStatus: 1,
    explanation:
      'The operating system reported an error while the file was being opened or read; the message quotes it.',
  },
  NO_CAPTURES_IN_DIRECTORY: {
    exitStatus: 1,
    explanation: 'Neither the directory nor those below it hold a file whose name ends like that of a capture.',
  },
  NO_FILE_MATCHES: { exitStatus: 1, explanation: 'No file matches the pattern.' },
  CAPTURE_EMPTY: {
    exitStatus: 1,
    explanation: 'The file has no byte in it. A capture in which nothing was heard still has its header.',
  },
  CAPTURE_NOT_A_CAPTURE: {
    exitStatus: 1,
    explanation:
      'The file begins neither like pcap nor like pcapng, nor like either of them compressed by gzip or zstd.',
  },
  CAPTURE_CUT: {
    exitStatus: 1,
    explanation:
      'The file ends in the middle of a record: the copy was broken off, the disk was full or the capture still runs.',
  },
  CAPTURE_DAMAGED: {
    exitStatus: 1,
    explanation: 'A field contradicts the format; nothing after it can be trusted. What stands before it was read.',
  },
  CAPTURE_UNSUPPORTED_VERSION: {
    exitStatus: 1,
    explanation: 'The capture is of a version of its format that no known program writes.',
  },
  REPORT_NOT_JSON: {
    exitStatus: 1,
    explanation: 'The file begins like JSON, but is none: it was cut off or changed by hand. The message says where.',
  },
  REPORT_NOT_A_REPORT: {
    exitStatus: 1,
    explanation:
      'The file is JSON, but no report `fieldmark.report/1`, or one in which something is missing or of another kind; the message names the place.',
  },
  REPORT_TOO_LARGE: {
    exitStatus: 1,
    explanation: 'The report is larger than 256 MiB: compare the captures it was made of instead.',
  },
  NOTHING_TO_COMPARE: {
    exitStatus: 1,
    explanation: 'Nothing of one side of a comparison could be read, so that everything would seem to be new or gone.',
  },
  COMPRESSION_DAMAGED: {
    exitStatus: 1,
    explanation: 'The gzip or zstd data cannot be decompressed from some place on. What could be was read.',
  },
  COMPRESSION_UNSUPPORTED: {
    exitStatus: 1,
    explanation: 'The data is compressed in a way that is refused: a zstd window above 128 MiB, or with a dictionary.',
  },
  COMPRESSION_EXCESSIVE: {
    exitStatus: 1,
    explanation:
      'An uploaded file holds more times its compressed size than the service permits. What came before was read.',
  },
  CONFIGURATION_INVALID: {
    exitStatus: 2,
    explanation:
      'A setting in the file, the environment or a flag is unknown or not understood; the message names each.',
  },
  SERVICE_UNSAFE: {
    exitStatus: 2,
    explanation: 'The service would listen on other than a loopback address without a token: add one first.',
  },
  SERVICE_FAILED: {
    exitStatus: 2,
    explanation: 'The service cannot listen or use a file that it needs; the message says which and why.',
  },
  DATABASE_UNAVAILABLE: {
    exitStatus: 2,
    explanation: 'The SQLite library could not be installed on this machine; captures can be read without it.',
  },
  DATABASE_NOT_A_DATABASE: { exitStatus: 2, explanation: 'The file named as the database is not one.' },
  DATABASE_FOREIGN: { exitStatus: 2, explanation: 'The file is an SQLite database, but another program made it.' },
  DATABASE_TOO_NEW: {
    exitStatus: 2,
    explanation: 'A newer version of Fieldmark wrote the database; this one would misread it.',
  },
  DATABASE_TOO_OLD: {
    exitStatus: 2,
    explanation: 'An older version of Fieldmark wrote the database, and it is opened for reading only.',
  },
  DATABASE_IN_USE: { exitStatus: 2, explanation: 'Another process writes to the database. Only one may.' },
  DATABASE_DAMAGED: { exitStatus: 2, explanation: 'The database contradicts its own format.' },
  DATABASE_FAILED: {
    exitStatus: 2,
    explanation: 'The database cannot be opened, read or written; the message quotes what SQLite says.',
  },
  DATABASE_FULL: {
    exitStatus: 2,
    explanation: 'What was asked for cannot be kept: the disk is full or fails. Nothing of it was done.',
  },
  CAPTURE_ALREADY_READ: {
    exitStatus: 1,
    explanation: 'The database has a capture with the same bytes; read twice, its traffic would count twice.',
  },
  CAPTURE_UNKNOWN: { exitStatus: 2, explanation: 'The database has no capture of this number.' },
  CAPTURE_NOT_KEPT: {
    exitStatus: 2,
    explanation: 'The bytes of the capture are not kept: it cannot be read again, and its frames cannot be shown.',
  },
  QUERY_INVALID: {
    exitStatus: 2,
    explanation: 'A list was asked with a filter, an order, a limit or a cursor that it does not know.',
  },
  POLICY_NOT_READABLE: {
    exitStatus: 2,
    explanation: 'The policy file is not there, may not be read, is longer than any policy or is not UTF-8 text.',
  },
  POLICY_INVALID: {
    exitStatus: 2,
    explanation:
      'The policy file is not YAML, does not follow the format, or contradicts itself; each mistake is named with its line and column.',
  },
  OUTPUT_NOT_WRITTEN: {
    exitStatus: 2,
    explanation:
      'The result cannot be written where it was asked for: no such folder, no permission, or the disk is full. A file of that name is left as it was.',
  },
  HELPER_MISSING: {
    exitStatus: 2,
    explanation: 'No program that can capture, or not the one asked for, is on this machine: tcpdump, dumpcap or cap.',
  },
  CAPTURE_NOT_PERMITTED: {
    exitStatus: 2,
    explanation: 'The capture helper lacks the right to listen (CAP_NET_RAW); the message says how to give it.',
  },
  CAPTURE_FAILED: {
    exitStatus: 2,
    explanation: 'The capture helper cannot listen: no such interface, a wrong filter. The message quotes it.',
  },
} as const satisfies Record<string, Cause>;

/** Names a cause, for programs; the same in every version. */
export type ErrorCode = keyof typeof ERRORS;

/** An error that a person can mend. Its message is one line and needs no stack trace. */
export class FieldmarkError extends Error {
  readonly code: ErrorCode;
  /** Where several things may be wrong: a line for each, to be told in place of the message. */
  declare readonly lines?: readonly string[];

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FieldmarkError';
    this.code = code;
  }

  get exitStatus(): 1 | 2 {
    return ERRORS[this.code].exitStatus;
  }
}

/** What the operating system said when a file was opened or read, in words. The message does not name the file. */
export function fileError(error: unknown): FieldmarkError {
  if (error instanceof FieldmarkError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new FieldmarkError('FILE_NOT_FOUND', 'no such file or directory: check the spelling', error);
    case 'EACCES':
    case 'EPERM':
      return new FieldmarkError('FILE_NOT_READABLE', 'no permission to read it: change its mode or owner', error);
    case 'EISDIR':
      return new FieldmarkError('FILE_IS_DIRECTORY', 'is a directory, not a capture file', error);
    default:
      return new FieldmarkError('FILE_READ_FAILED', `cannot be read: ${firstLine(message ?? String(error))}`, error);
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
