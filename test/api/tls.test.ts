/** TLS from files: a key pair of the test's own. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startService } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [cert, key, none] = ['cert.pem', 'key.pem', 'none.pem'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
const made = spawnSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-days', '2', ...names]);
if (made.status !== 0) console.warn('NOT TESTED: TLS. It takes openssl to make a certificate.');

describe.skipIf(made.status !== 0)('with a certificate', () => {
  test('it speaks HTTPS, from TLS 1.2 on', async () => {
    const service = await startService(['--tls-cert', cert, '--tls-key', key]);
    try {
      expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      const [response] = await once(get(`${service.url}/healthz`, { ca: readFileSync(cert) }), 'response');
      response.resume();
      expect([response.statusCode, response.headers['strict-transport-security']]).toEqual([
        200,
        expect.stringContaining('max-age='),
      ]);
      const old = get(`${service.url}/healthz`, { ca: readFileSync(cert), maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
      await expect(once(old, 'response')).rejects.toThrow();
    } finally {
      await service.close();
    }
  });

  test.each([
    ['a file that is not there', none, key, /^tlsCert: .+none\.pem/],
    ['a key in place of the certificate', key, key, /^tlsCert, tlsKey: /],
    ['a certificate in place of the key', cert, cert, /^tlsCert, tlsKey: /],
  ])('%s is told, with the setting', async (_, certificate, secret, message) => {
    const started = startService(['--tls-cert', certificate, '--tls-key', secret]);
    await expect(started).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
      message: expect.stringMatching(message),
    });
  });

  test('what is no certificate is told, and not shown', async () => {
    const secret = join(folder, 'secret.pem');
    writeFileSync(secret, 'hunter2');
    const error = await startService(['--tls-cert', cert, '--tls-key', secret]).catch((caught) => caught);
    expect([error.code, error.message.includes('hunter2')]).toEqual(['SERVICE_FAILED', false]);
  });
});
