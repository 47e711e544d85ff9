/** What must never happen on the page, whatever is done on it: written down while it is driven. */
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/** Violations of the content security policy are said to the console. */
const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('content security policy: ' + violatedDirective + ' ' + blockedURI))`;

/** The browser says so by itself when a busy machine's service is overloaded; the page asks again. */
const OVERLOADED = /^Failed to load resource: the server responded with a status of 503/;

export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console, errors nobody caught, requests to elsewhere. */
  readonly troubles: string[];
}

/**
 * A new page whose troubles are written down.
 *
 * @param origin where all requests must go
 * @param expected what the console may say, because the test brings it about: an answer 401, a service that is stopped
 */
export async function watchedPage(context: BrowserContext, origin: string, expected?: RegExp): Promise<WatchedPage> {
  const page = await context.newPage();
  await page.addInitScript({ content: TELL_VIOLATIONS });
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    if (OVERLOADED.test(message.text()) || expected?.test(message.text())) return;
    troubles.push(`${message.type()}: ${message.text()} ${placeOf(message)}`);
  });
  page.on('pageerror', (error) => troubles.push(`not caught: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['blob:', 'data:'].includes(url.protocol)) troubles.push(`request to ${url}`);
  });
  return { page, troubles };
}

function placeOf(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location();
  return url === '' ? '' : `(${url}:${lineNumber})`;
}
