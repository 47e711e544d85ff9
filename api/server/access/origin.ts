/**
 * Whether a request was meant for this service and comes from its own pages. A service on a loopback address needs no
 * token, so a foreign page in the operator's browser must reach it neither by a name that it points here (DNS rebinding)
 * nor across origins.
 */
import { isIP } from 'node:net';
import type { Hosts } from '../../configuration/settings.ts';
import { Problem } from '../http/problem.ts';

/** The headers this is told by. */
export interface Provenance {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | undefined;
  readonly 'sec-fetch-mode'?: string | undefined;
}

/**
 * @param target of the request, as it was sent: where it names a host, that one counts (RFC 9112, section 3.2.2)
 * @param hosts names by which the service is reached, besides addresses and `localhost`: an address cannot be rebound
 * @throws Problem FOREIGN_HOST or FOREIGN_ORIGIN
 */
export function checkProvenance(target: string, headers: Provenance, hosts: Hosts): void {
  const host = /^https?:\/\/([^/?#]*)/i.exec(target)?.[1] ?? headers.host ?? '';
  const name = hostName(host);
  if (name === null || !(name === 'localhost' || isIP(name) > 0 || hosts.has(name))) {
    throw new Problem('FOREIGN_HOST', 'name it in the setting hosts if it is meant to reach this service');
  }
  const { origin } = headers;
  if (origin !== undefined) {
    // the scheme is left open: a proxy before us may speak HTTPS where we do not
    if (/^https?:\/\/(.+)$/.exec(origin.toLowerCase())?.[1] !== host.toLowerCase()) throw new Problem('FOREIGN_ORIGIN');
    return;
  }
  // Without an origin, browsers still say where a request comes from (Fetch Metadata). Following a link is no harm.
  const site = headers['sec-fetch-site'];
  const elsewhere = site === 'cross-site' || site === 'same-site';
  if (elsewhere && headers['sec-fetch-mode'] !== 'navigate') throw new Problem('FOREIGN_ORIGIN');
}

/** The name or address in a Host header (RFC 9110, section 7.2), in lower case without brackets; null when it has none. */
function hostName(host: string): string | null {
  const [, address, name] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host) ?? [];
  return (address ?? name)?.toLowerCase() ?? null;
}
