/** Who asks, and what that permits. Tokens are kept as hashes only; a token itself is shown once, when it is made. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenRole } from '../../../agent/store/entries.ts';
import type { TokenRecord } from '../../../agent/store/reader.ts';
import { Problem } from '../http/problem.ts';

/** From least to most; each may do what those before it may. */
export const ROLES = ['viewer', 'analyst', 'admin'] as const satisfies readonly TokenRole[];

/** viewer: reads; analyst: decides about the plant and uploads captures; admin: deletes captures, reads the audit log. */
export type Role = TokenRole;

/** Who a request comes from. */
export interface Principal {
  /** For the audit log. */
  readonly name: string;
  readonly role: Role;
}

/** Who asks from this machine without a token. */
export const LOCAL: Principal = { name: 'local', role: 'admin' };

const TOKEN_PREFIX = 'fm_';
const TOKEN_BYTES = 32;
/** No token is longer; more is not worth hashing. */
const MAX_TOKEN_LENGTH = 128;

/** A new token of 256 random bits. The prefix lets scanners find one that leaked. */
export function newToken(): string {
  return TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is kept of a token: its SHA-256. It has as many random bits as the hash: a slow hash would add nothing. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Who a request comes from.
 *
 * @param authorization the header, if there was one
 * @param tokens those that are good at this moment
 * @param needed whether somebody without a token is refused
 * @throws Problem UNAUTHENTICATED
 */
export function principalOf(
  authorization: string | undefined,
  tokens: () => readonly TokenRecord[],
  needed: boolean,
): Principal {
  if (authorization === undefined) {
    if (needed) throw unauthenticated('send a token');
    return LOCAL;
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined || token.length > MAX_TOKEN_LENGTH) throw unauthenticated('a bearer token is expected');
  const hash = tokenHash(token);
  // every token is compared: how long it takes does not tell which one was nearly right
  let found: TokenRecord | undefined;
  for (const known of tokens()) if (timingSafeEqual(hash, known.hash)) found = known;
  if (found === undefined) throw unauthenticated('the token is unknown or was revoked');
  return { name: found.label, role: found.role };
}

function unauthenticated(detail: string): Problem {
  return new Problem('UNAUTHENTICATED', detail, { headers: { 'www-authenticate': 'Bearer realm="fieldmark"' } });
}

/** @throws Problem FORBIDDEN when the principal's role is less than `needed` */
export function permit(principal: Principal, needed: Role): void {
  if (ROLES.indexOf(principal.role) >= ROLES.indexOf(needed)) return;
  throw new Problem('FORBIDDEN', `the role ${principal.role} may not do this, ${needed} may`);
}
