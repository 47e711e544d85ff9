/** What the API answers when it cannot do what it was asked: problem details (RFC 9457) with codes that never change. */

import { type ErrorCode, FieldmarkError } from '../../../agent/errors.ts';
import { PolicyError } from '../../../agent/policy/policy-error.ts';

interface Kind {
  readonly status: number;
  /** The same for every occurrence, as RFC 9457, section 3.1.3, wants it. */
  readonly title: string;
  /** For the documentation: what it means and what to do. */
  readonly explanation: string;
}

export const PROBLEMS = {
  MALFORMED_REQUEST: {
    status: 400,
    title: 'The request cannot be read',
    explanation: 'It is not HTTP, its body is not the JSON or YAML it says it is, or its length is not what it said.',
  },
  INVALID_PARAMETER: {
    status: 400,
    title: 'A parameter is not valid',
    explanation:
      'A part of the path or query is unknown or out of range, or a cursor is of another list; `detail` says which.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'A token is needed',
    explanation: 'No token was given, or one that is unknown or revoked. Send `Authorization: Bearer TOKEN`.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'The role does not permit it',
    explanation: 'The token is good, but its role may not do this; `detail` names the role that may.',
  },
  FOREIGN_HOST: {
    status: 403,
    title: 'The service is not known by this name',
    explanation:
      'The `Host` is neither an address nor `localhost` nor a name in the setting `hosts`: a guard against DNS rebinding.',
  },
  FOREIGN_ORIGIN: {
    status: 403,
    title: 'Another page sent this request',
    explanation: 'The browser says that a page from elsewhere asks. Only pages of the service itself may.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is no such thing',
    explanation:
      'Nothing is known by this path or id. Ids change when assets are joined; names and addresses can be searched.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The method does not exist here',
    explanation: 'The path exists, but not with this method; `Allow` lists those that do.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: 'No form that was asked for exists',
    explanation: 'Of what `Accept` lists, this resource has none.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request took too long to arrive',
    explanation: 'Its headers or body did not come in whole within the time limit.',
  },
  CONFLICT: {
    status: 409,
    title: 'The state does not permit it',
    explanation: 'What is asked for contradicts what is under way or known; `detail` says what.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    title: 'It has changed meanwhile',
    explanation: 'The version in `If-Match` is not the newest. Read it again, and write to that.',
  },
  TOO_LARGE: {
    status: 413,
    title: 'The request is too large',
    explanation: 'The body is larger than this resource takes: 1 MB, and the setting `maxUpload` for captures.',
  },
  URI_TOO_LONG: {
    status: 414,
    title: 'The address is too long',
    explanation: 'A part of the path is longer than any id.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The content type is not understood',
    explanation: 'The resource does not take a body of this `Content-Type` or `Content-Encoding`.',
  },
  INVALID_BODY: {
    status: 422,
    title: 'The body does not say what it should',
    explanation: 'It was read, but a field is missing, unknown or out of range; `errors` names each.',
  },
  INVALID_POLICY: {
    status: 422,
    title: 'The policy is not valid',
    explanation:
      'A line of it names something that does not exist or contradicts another; `errors` names line and cause.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    title: 'The version that is to be replaced must be named',
    explanation:
      "Send `If-Match` with the `ETag` that was read, or `If-None-Match: *` for the first version, so that nobody's change is lost.",
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests',
    explanation:
      'This client address has asked too often, or holds as many connections as one may; `Retry-After` says when to come back.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    explanation: 'All headers together may have 16 kB.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong in the service',
    explanation: 'A fault of ours. The log has the details under the `instance` of this answer.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'The service cannot do that now',
    explanation:
      'It is overloaded, starts or ends, or follows as many clients as it can; `Retry-After` says when to come back.',
  },
  STORAGE_FULL: {
    status: 507,
    title: 'There is no room on the disk',
    explanation: 'The disk or the setting `maxSpool` leaves no room for it. Delete captures that are no longer needed.',
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_TYPE = 'application/problem+json';

/** One of several things that are wrong with a request. */
export interface Flaw {
  /** Where: a JSON pointer into the body, the name of a parameter, or a line of a policy. */
  readonly at: string;
  readonly message: string;
}

/** The body of an answer that is a problem. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  /** The id of the request, as the log has it. */
  readonly instance: string;
  readonly errors?: readonly Flaw[];
}

/** Thrown by whatever serves a request; becomes the answer. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly flaws: readonly Flaw[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what is wrong with this request, in one sentence for people; never a secret, never a path */
  constructor(
    code: ProblemCode,
    detail?: string,
    { flaws, headers = {} }: { readonly flaws?: readonly Flaw[]; readonly headers?: Record<string, string> } = {},
  ) {
    super(detail ?? PROBLEMS[code].title);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.flaws = flaws;
    this.headers = headers;
  }

  get statusCode(): number {
    return PROBLEMS[this.code].status;
  }

  /** @param requestId the id under which the log has the request */
  details(requestId: string): ProblemDetails {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `urn:fieldmark:problem:${this.code.toLowerCase().replaceAll('_', '-')}`,
      title,
      status,
      code: this.code,
      ...(this.detail !== undefined && { detail: this.detail }),
      instance: `urn:fieldmark:request:${requestId}`,
      ...(this.flaws !== undefined && { errors: this.flaws }),
    };
  }
}

/** Problems by the status that Fastify, its plugins and Node give their errors. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  403: 'NOT_FOUND', // a path that leads out of the files that are served
  404: 'NOT_FOUND',
  406: 'NOT_ACCEPTABLE',
  408: 'REQUEST_TIMEOUT',
  413: 'TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  431: 'HEADERS_TOO_LARGE',
  503: 'UNAVAILABLE',
};

/** Problems by what the agent calls them. */
const BY_ERROR_CODE: Partial<Record<ErrorCode, ProblemCode>> = {
  QUERY_INVALID: 'INVALID_PARAMETER',
  CAPTURE_UNKNOWN: 'NOT_FOUND',
  CAPTURE_ALREADY_READ: 'CONFLICT',
  CAPTURE_NOT_KEPT: 'CONFLICT',
  DATABASE_FULL: 'STORAGE_FULL',
};

/** What Fastify tells of a value that does not fit its schema. */
interface Validation {
  readonly validationContext?: string;
  readonly validation?: readonly {
    readonly instancePath: string;
    readonly message?: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
}

/** Any error as a problem. What nobody foresaw becomes INTERNAL, whose answer tells nothing of it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof PolicyError) {
    const flaws = error.problems.map(({ line, column, message }) => ({ at: `${line}:${column}`, message }));
    return new Problem('INVALID_POLICY', error.message, { flaws });
  }
  if (error instanceof FieldmarkError) {
    const kind = BY_ERROR_CODE[error.code];
    // messages about the database name its file
    if (error.code.startsWith('DATABASE_')) return new Problem(kind ?? 'UNAVAILABLE', 'the database cannot be used');
    return kind === undefined ? new Problem('INTERNAL') : new Problem(kind, error.message);
  }
  const { statusCode, validation, validationContext } = error as Validation & { readonly statusCode?: number };
  if (validation !== undefined) {
    const inBody = validationContext === 'body';
    const flaws = validation.map(({ instancePath, message, params }) => {
      const unknown = params['additionalProperty'];
      const at = instancePath + (unknown === undefined ? '' : `/${String(unknown)}`);
      const choices = params['allowedValues'];
      const text = unknown === undefined ? (message ?? 'is not valid') : 'is not known';
      return {
        at: inBody ? at : at.slice(1),
        message: Array.isArray(choices) ? `${text}: ${choices.filter((choice) => choice !== null).join(', ')}` : text,
      };
    });
    const [first] = flaws;
    const detail = first && `${first.at === '' ? 'the body' : first.at} ${first.message}`;
    return new Problem(inBody ? 'INVALID_BODY' : 'INVALID_PARAMETER', detail, { flaws });
  }
  const kind = statusCode === undefined ? undefined : BY_STATUS[statusCode];
  if (kind === undefined) return new Problem('INTERNAL');
  const retry = kind === 'UNAVAILABLE' ? { 'retry-after': '5' } : {};
  return new Problem(kind, undefined, { headers: retry });
}
