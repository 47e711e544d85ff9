/** Policies: YAML from an editor, or from whoever may set one. */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Case, Target } from '../engine/case.ts';

const TEXT = 'text';
const UNSHOWABLE = /[\p{Cc}\u2028\u2029]/u;

/** What YAML has beside what policies need. */
export const YAML_WORDS = [
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '- ',
    ': ',
    '? ',
    '| ',
    '>-',
    '!!binary ',
    '!!set ',
    '!<tag:yaml.org,2002:str> ',
    '%YAML 1.1',
  ],
  ...[
    '---\n',
    '...\n',
    '{',
    '}',
    '[',
    ']',
    ',',
    '#',
    '"',
    "'",
    '\\x00',
    '\\u2028',
    '\t',
    '\r\n',
    '\ufeff',
    '.inf',
    '.nan',
  ],
  ...[
    '0x1f',
    '0o17',
    '1e400',
    '99999999999999999999',
    '~',
    'null',
    'true',
    'y',
    '2001-12-14t21:59:43.10-05:00',
    '__proto__',
  ],
];

export const target: Target = {
  name: 'policy',
  tags: [TEXT],
  mostBytes: 20_000,
  mostParts: 1,
  text: 'lines',
  words: [
    ...YAML_WORDS,
    '10.0.0.0/8',
    'fe80::/10',
    '::ffff:1.2.3.4',
    '00:1d:9c:00:00:01',
    'tcp/0',
    'udp/65536',
    'ip/256',
    '4094',
  ],
  async open() {
    const { readPolicy } = await import('../../../agent/policy/read-policy.ts');
    const { writePolicy } = await import('../../../agent/policy/write-policy.ts');
    const { PolicyError } = await import('../../../agent/policy/policy-error.ts');
    return {
      covers: (path) => path.startsWith('agent/policy/'),
      seeds: seeds(),
      attempt(made) {
        const text = Buffer.from(made[0]?.bytes ?? []).toString('utf8');
        try {
          const read = readPolicy(text, 'policy.yaml');
          const again = readPolicy(writePolicy(read), 'written');
          if (!isDeepStrictEqual(again, read)) throw new Error('a policy that was written reads as another');
        } catch (error) {
          if (!(error instanceof PolicyError)) throw error;
          if (error.problems.length === 0) throw new Error('refused without a reason');
          for (const { line, column, message } of error.problems) {
            if (!(line >= 1 && column >= 1)) throw new Error(`a mistake at ${line}:${column}`);
            if (UNSHOWABLE.test(message) || message.length > 1000)
              throw new Error(`not to be shown: ${JSON.stringify(message)}`);
          }
        }
      },
    };
  },
};

function seeds(): Case[] {
  const whole = readFileSync(new URL('../../../fixtures/plant/demo.policy.yaml', import.meta.url), 'utf8');
  const texts = [
    whole.slice(0, 1500),
    'version: 1\nzones:\n  - {id: a, kind: control, securityLevelTarget: 2, members: [{vlan: 7}, {mac: "00:1d:9c:00:00:01"}]}\n  - {id: b, kind: dmz, securityLevelTarget: 1, members: [{cidr: 10.0.0.0/8}, {ip: fd00::1}]}\nconduits:\n  - {id: c, from: a, to: b, allow: [{protocol: modbus, access: [read, write]}, {protocol: tcp/443}]}\n',
    'version: &v 1\nzones: &z\n  - &a {id: a, kind: control, securityLevelTarget: 0, members: []}\n  - <<: *a\n    id: b\nconduits: []\n',
    '{"version": 1, "zones": [], "conduits": []}',
    'a: [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]',
    'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n',
  ];
  return texts.map((text) => [{ tag: TEXT, bytes: Uint8Array.from(Buffer.from(text, 'utf8')) }]);
}
