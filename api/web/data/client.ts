/** Requests to the service this page came from, and what can go wrong with them. */

const API = '/api/v1';
const TOKEN = 'fieldmark.token';
/** Milliseconds: who is told to wait longer would take the page for dead. */
const LONGEST_WAIT = 10_000;
const MOST_TRIES = 6;

/** What the service refused, as RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  /** Milliseconds after which to come back, when the service says so. */
  readonly wait: number | null;

  constructor(status: number, code: string, message: string, wait: number | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.wait = wait;
  }
}

/** The service did not answer. */
export class Offline extends Error {
  override readonly name = 'Offline';
}

/** The token of this browser tab; kept no longer than the tab. */
export function token(): string | null {
  return sessionStorage.getItem(TOKEN);
}

export function setToken(value: string | null): void {
  if (value === null) sessionStorage.removeItem(TOKEN);
  else sessionStorage.setItem(TOKEN, value);
}

/**
 * Asks, and asks again while the service is overloaded: of what it answers so, nothing was done.
 *
 * @param path below `/api/v1`, e.g. `/assets?limit=100`
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  for (let tries = 1; ; tries++) {
    try {
      return await requestOnce(path, init);
    } catch (error) {
      const wait = error instanceof Problem ? waitOf(error.status, error.wait, tries) : null;
      if (wait === null) throw error;
      await pause(wait, init.signal);
    }
  }
}

/** For requests that have a patience of their own. */
export async function requestOnce(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const known = token();
  if (known !== null) headers.set('authorization', `Bearer ${known}`);
  // 'no-cache' asks the service whether what the browser has is still right: an unchanged list costs no body
  const response = await fetch(`${API}${path}`, { cache: 'no-cache', ...init, headers }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Offline('The service does not answer.');
  });
  if (response.ok) return response;
  const body: { code?: string; title?: string; detail?: string } = await response.json().catch(() => ({}));
  const [code, message] = [body.code ?? String(response.status), body.detail ?? body.title ?? 'refused'];
  throw new Problem(response.status, code, message, retryAfter(response.headers.get('retry-after')));
}

/** Milliseconds of a Retry-After in seconds (RFC 9110, section 10.2.3). */
export function retryAfter(header: string | null): number | null {
  return header !== null && /^[0-9]+$/.test(header) ? 1000 * Number(header) : null;
}

/**
 * How long to wait before a refused request is sent again; null: not at all. Not all that were refused come back at
 * once.
 *
 * @param tries how often it was sent already
 */
export function waitOf(status: number, wait: number | null, tries: number): number | null {
  if (status !== 503 || wait === null || wait > LONGEST_WAIT || tries >= MOST_TRIES) return null;
  return wait + 1000 * Math.random();
}

function pause(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, {
    headers: { accept: 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  });
  return (await response.json()) as T;
}

/** Sends a change as JSON; answers what the service says to it, or undefined when it says nothing. */
export async function send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await request(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Saves what a path answers as a file of the reader's: the token goes along, which a plain link could not do. */
export async function download(path: string, name: string, accept = '*/*'): Promise<void> {
  const response = await request(path, { headers: { accept } });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
