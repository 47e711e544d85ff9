/** The container's health check: ends with status 0 when the service answers where FIELDMARK_LISTEN says. */
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

const PATIENCE = 4000;
/** What stands for every address of the machine, and one of them. */
const ONE_OF = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

const { FIELDMARK_LISTEN = '127.0.0.1:8470', FIELDMARK_TLS_CERT = '' } = process.env;
const [, host, port] = /^(.+):(\d+)$/.exec(FIELDMARK_LISTEN) ?? [];
const secure = FIELDMARK_TLS_CERT !== '';
const url = `${secure ? 'https' : 'http'}://${ONE_OF[host] ?? host}:${port}/healthz`;
// the certificate is for the name by which people know it; nothing secret is asked for
const options = { timeout: PATIENCE, rejectUnauthorized: false };
(secure ? getSecure : getPlain)(url, options, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
