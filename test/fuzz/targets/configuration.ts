/** The configuration file, the environment and the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part, Target } from '../engine/case.ts';
import { YAML_WORDS } from './policy.ts';

const FILE = 'file';
const FLAG = 'flag';
const VARIABLE = 'variable';

const FILES = [
  'listen: 192.0.2.10:8470\ndb: /var/lib/fieldmark/plant.db\nhosts: [fieldmark.plant.example]\ntlsCert: /etc/cert.pem\ntlsKey: /etc/key.pem\n',
  'listen: "[::1]:0"\nmaxUpload: 1.5GB\nmaxSpool: 4 TB\nrequireToken: yes\ninterfaces: [eth0, eth1]\nfilter: not port 22\n',
  'logLevel: debug\nrateLimit: 10\nsnaplen: 96\nkeep: 10GB\nhelper: tcpdump\n',
  'a: &a 1\ndb: *a\n',
];

export const target: Target = {
  name: 'configuration',
  tags: [FILE, FLAG, VARIABLE],
  mostBytes: 4000,
  mostParts: 6,
  text: 'lines',
  words: [...YAML_WORDS, '--listen', '--max-upload=', '--', 'FIELDMARK_DB=', 'FIELDMARK_', 'constructor', 'toString'],
  async open() {
    const { configure, ConfigurationError } = await import('../../../api/configuration/configuration.ts');
    const folder = mkdtempSync(join(tmpdir(), 'fieldmark-fuzz-'));
    const file = join(folder, 'fieldmark.yaml');
    return {
      covers: (path) => path.startsWith('api/configuration/'),
      seeds: [
        ...FILES.map((text): Part[] => [part(FILE, text)]),
        [part(FLAG, '--listen=127.0.0.1:1'), part(VARIABLE, 'FIELDMARK_DB=a.db'), part(FILE, 'rateLimit: 7\n')],
      ],
      attempt(made) {
        const text = (tag: string) =>
          made.filter((entry) => entry.tag === tag).map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
        const [content] = text(FILE);
        if (content !== undefined) writeFileSync(file, content);
        const env = Object.fromEntries(text(VARIABLE).map((entry) => entry.split('=', 2)));
        // no file but ours may be read
        const flags = text(FLAG).filter((flag) => !flag.startsWith('--config'));
        delete env['FIELDMARK_CONFIG'];
        try {
          configure([...(content === undefined ? [] : ['--config', file]), ...flags], env, 'serve');
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          if (error.lines.length === 0) throw new Error('refused without a reason');
        }
      },
      async close() {
        rmSync(folder, { recursive: true });
      },
    };
  },
};

function part(tag: string, text: string): Part {
  return { tag, bytes: Uint8Array.from(Buffer.from(text, 'utf8')) };
}
