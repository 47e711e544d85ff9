/** Policies: read with every mistake in its place, written, compared with traffic, proposed. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { parseIp, parseMac } from '../agent/model/parse-address.ts';
import { maskedWords, NetworkTable, parseNetwork, wholeNetworks } from '../agent/policy/networks.ts';
import type { Policy, PolicyMember } from '../agent/policy/policy.ts';
import { PolicyError } from '../agent/policy/policy-error.ts';
import { policyJsonSchema } from '../agent/policy/policy-json-schema.ts';
import { readPolicy } from '../agent/policy/read-policy.ts';
import { closest } from '../agent/policy/spelling.ts';
import { type PolicyNotes, writePolicy } from '../agent/policy/write-policy.ts';
import { ACCESS_ORDER } from '../agent/zones/flow.ts';
import { ZONE_KINDS } from '../agent/zones/zone.ts';
import { runs } from './runs.ts';

const docs = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');
const example = /```yaml\n([\s\S]+?)```/.exec(docs('policy.md'))?.[1] ?? '';

/** What is wrong with a policy, as `line:column: message`. */
function mistakesIn(text: string): string[] {
  try {
    readPolicy(text, 'p.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    expect(error).toMatchObject({ code: 'POLICY_INVALID', exitStatus: 2 });
    for (const { line, column, message } of error.problems) {
      expect([line, column].every((place) => Number.isInteger(place) && place >= 1)).toBe(true);
      expect(message).not.toMatch(/[\n\r]|undefined|\[object/);
    }
    return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  }
}

describe('the example of the documentation', () => {
  test('is a policy', () => {
    const { version, zones, conduits } = readPolicy(example, 'policy.md');
    expect([version, zones.length, conduits.length]).toEqual([1, 4, 3]);
    expect(zones[2]?.members).toEqual([
      { cidr: '10.10.1.0/24' },
      { ip: '10.10.9.4' },
      { mac: '00:1d:9c:00:00:01' },
      { vlan: 110 },
    ]);
    expect(conduits[2]).toEqual({
      id: 'offices-scada',
      from: 'enterprise',
      to: 'supervisory',
      allow: [{ protocol: 'tcp/443', access: null }],
    });
  });

  test('fits the schema that editors are given', () => {
    const validate = new Ajv({ strict: false }).compile(policyJsonSchema());
    expect([validate(parse(example)), validate.errors]).toEqual([true, null]);
    for (const field of ['version', 'zones', 'conduits'])
      expect(validate({ ...parse(example), [field]: 7 })).toBe(false);
  });

  test('and the schema beside it is the one the reader checks by', async () => {
    const committed = JSON.parse(docs('policy.schema.json')) as object;
    expect(committed, 'write it anew: fieldmark policy schema -o docs/policy.schema.json').toEqual(policyJsonSchema());
  });
});

const ZONES = `version: 1
zones:
  - {id: a, kind: control, securityLevelTarget: 2, members: [{ip: 10.0.0.1}]}
  - {id: b, kind: safety, securityLevelTarget: 3, members: []}
`;

/** A policy with these members in one zone, or this conduit between two. */
const withMembers = (members: string) =>
  `version: 1\nconduits: []\nzones:\n  - id: a\n    kind: control\n    securityLevelTarget: 2\n    members: [${members}]\n`;
const withConduit = (conduit: string) => `${ZONES}conduits:\n  - ${conduit}\n`;

describe('a mistake is told with its place and how to mend it', () => {
  test.each<[string, string, readonly string[]]>([
    ['nothing', '', ['1:1: nothing is in it: a policy has version, zones and conduits']],
    ['a list', '- 1', [expect.stringMatching(/^1:1: a policy must be a record of fields, not a list/)]],
    ['no YAML', 'version: [1', [expect.stringMatching(/^1:1\d: Flow sequence .*must .*end with a \]$/)]],
    ['two documents', '--- 1\n--- 2\n', [expect.stringMatching(/^2:1: /)]],
    ['a tag', '!!js/function x', [expect.stringMatching(/^1:1: Unresolved tag/)]],
    ['an alias of nothing', 'version: *v', ['1:10: no anchor &v stands before this alias']],
    ['lists in lists without end', '['.repeat(100_000), [expect.stringMatching(/nested deeper than anything/)]],
    ['records in records without end', '{'.repeat(100_000), [expect.stringMatching(/nested deeper than anything/)]],
    ['an alias of itself', 'version: &v [*v]', [expect.stringMatching(/nested deeper than anything/)]],
    ['a key twice', `${ZONES}conduits: []\nzones: []\n`, ["6:1: 'zones' is there twice: remove one"]],
    ['a list as a key', `${ZONES}conduits: []\n? [a]\n: 1\n`, ['6:3: a field needs a name']],
    ['what is missing', 'version: 1\nzones: []\n', [expect.stringMatching(/^1:1: 'conduits' is missing: the list of/)]],
    [
      'another version',
      ZONES.replace('1', '2'),
      [expect.stringMatching(/^1:1: /), expect.stringMatching(/^1:10: 'version' cannot be 2/)],
    ],
    ['an unknown field', `${ZONES}conduits: []\nzonse: []\n`, ["6:1: unknown field 'zonse': did you mean 'zones'?"]],
    ['__proto__', `${ZONES}conduits: []\n__proto__: {}\n`, [expect.stringMatching(/^6:1: unknown field '__proto__'/)]],
    [
      'an address out of range',
      withMembers('{ip: 10.0.0.256}'),
      [expect.stringMatching(/^7:20: '10\.0\.0\.256' is no IP address/)],
    ],
    [
      'a network for an address',
      withMembers('{ip: 10.0.0.0/24}'),
      ['7:20: 10.0.0.0/24 is a network: write {cidr: 10.0.0.0/24}'],
    ],
    [
      'an address for a network',
      withMembers('{cidr: 10.0.0.1}'),
      [expect.stringMatching(/^7:22: 10\.0\.0\.1 has no length/)],
    ],
    [
      'a network with host bits',
      withMembers('{cidr: 10.0.0.1/24}'),
      ['7:22: 10.0.0.1/24 says more than its /24: write 10.0.0.0/24'],
    ],
    [
      'an IPv6 network with host bits',
      withMembers('{cidr: "2001:DB8::1/32"}'),
      ['7:22: 2001:DB8::1/32 says more than its /32: write 2001:db8::/32'],
    ],
    [
      'a prefix too long',
      withMembers('{cidr: 10.0.0.0/33}'),
      [expect.stringMatching(/^7:22: '10\.0\.0\.0\/33' is no network/)],
    ],
    ['an address of a zone of IPv6', withMembers('{ip: "fe80::1%eth0"}'), [expect.stringMatching(/is no IP address/)]],
    [
      'half a MAC address',
      withMembers('{mac: "00:1d:9c"}'),
      [expect.stringMatching(/^7:21: '00:1d:9c' is no MAC address/)],
    ],
    [
      'a group of MAC addresses',
      withMembers('{mac: "01-00-5E-00-00-01"}'),
      ["7:21: 01:00:5e:00:00:01 is a group's address: no device has it"],
    ],
    ['a VLAN out of range', withMembers('{vlan: 4095}'), [expect.stringMatching(/^7:22: 'vlan' cannot be 4095/)]],
    [
      'a VLAN in quotes',
      withMembers('{vlan: "10"}'),
      [expect.stringMatching(/^7:22: 'vlan' must be a whole number, not the text '10'/)],
    ],
    [
      'two words in a member',
      withMembers('{vlan: 10, ip: 10.0.0.1}'),
      [expect.stringMatching(/^7:15: an entry of 'members' cannot be a record/)],
    ],
    [
      'a member without braces',
      withMembers('10.0.0.1'),
      [expect.stringMatching(/^7:15: an entry of 'members' must be a record of fields, not the text/)],
    ],
    [
      'an unknown kind',
      ZONES.replace('safety', 'sis'),
      [expect.stringMatching(/^1:1: /), "4:19: 'sis' is not known: did you mean 'safety'?"],
    ],
    [
      'a level beyond 4',
      `${ZONES.replace('3, members', '5, members')}conduits: []`,
      [expect.stringMatching(/^4:48: 'securityLevelTarget' cannot be 5/)],
    ],
    [
      'a zone twice',
      `${ZONES.replace('id: b', 'id: a')}conduits: []`,
      ["4:10: another zone is called 'a': rename one"],
    ],
    [
      'a member in two zones',
      `${ZONES.replace('members: []', 'members: [{ip: 10.0.0.1}]')}conduits: []`,
      [expect.stringMatching(/^4:61: ip 10\.0\.0\.1 is in zone 'a' already/)],
    ],
    [
      'an id that is a number',
      `${ZONES.replace('id: b', 'id: 2')}conduits: []`,
      [expect.stringMatching(/^4:10: 'id' must be a text, not 2/)],
    ],
    [
      'an id that would paint a terminal',
      `${ZONES.replace('id: b', 'id: "\\e[31mb"')}conduits: []`,
      [expect.stringMatching(/^4:10: 'id' cannot be the text '\[31mb'/)],
    ],
    [
      'an unknown zone',
      withConduit('{id: x, from: a, to: cell, allow: []}'),
      [expect.stringMatching(/^6:26: there is no zone 'cell': define it under zones$/)],
    ],
    [
      'a conduit to its own zone',
      withConduit('{id: x, from: a, to: a, allow: []}'),
      [expect.stringMatching(/^6:26: from and to are the same zone/)],
    ],
    [
      'a conduit twice',
      withConduit('{id: x, from: a, to: b, allow: []}\n  - {id: x, from: b, to: a, allow: []}'),
      ["7:10: another conduit is called 'x': rename one"],
    ],
    [
      'a misspelt protocol',
      withConduit('{id: x, from: a, to: b, allow: [{protocol: Modbsu}]}'),
      ["6:48: 'Modbsu' is not known: did you mean 'modbus'?"],
    ],
    [
      'a protocol by another name',
      withConduit('{id: x, from: a, to: b, allow: [{protocol: ethernet/ip}]}'),
      ["6:48: 'ethernet/ip' is not known: did you mean 'enip'?"],
    ],
    [
      'a port out of range',
      withConduit('{id: x, from: a, to: b, allow: [{protocol: tcp/65536}]}'),
      [expect.stringMatching(/^6:48: there is no tcp\/65536/)],
    ],
    [
      'a misspelt access',
      withConduit('{id: x, from: a, to: b, allow: [{protocol: modbus, access: [raed]}]}'),
      ["6:65: 'raed' is not known: did you mean 'read'?"],
    ],
    [
      'no access at all',
      withConduit('{id: x, from: a, to: b, allow: [{protocol: modbus, access: []}]}'),
      [expect.stringMatching(/^6:64: 'access' cannot be an empty list/)],
    ],
  ])('%s', (_, text, mistakes) => {
    expect(mistakesIn(text)).toEqual(mistakes);
  });

  test('all of them at once, in the order of the file', () => {
    const text = `${withMembers('{ip: x}, {vlan: 0}, {mac: y}')}extra: 1\n`;
    expect(mistakesIn(text).map((mistake) => mistake.split(':')[0])).toEqual(['7', '7', '7', '8']);
  });

  test('many are cut short, and the rest is counted', () => {
    const text = withMembers(Array.from({ length: 500 }, (_, i) => `{ip: x${i}}`).join(', '));
    try {
      readPolicy(text, 'p.yaml');
      expect.unreachable();
    } catch (error) {
      const { lines } = error as PolicyError;
      expect(lines).toHaveLength(21);
      expect(lines.at(-1)).toMatch(/^p\.yaml: … and \d+ more$/);
    }
  });

  test.each([
    ['deep lists', '['.repeat(10_000)],
    ['deep records', '{a: '.repeat(10_000)],
    ['deep blocks', '- '.repeat(10_000)],
    [
      'a bomb of aliases',
      `a0: &a0 [1,1]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i},*a${i}]`).join('\n')}`,
    ],
    ['many fields', Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['many faults', '}]%@'.repeat(20_000)],
  ])('hostile YAML is refused: %s', (_, text) => {
    expect(mistakesIn(text).length).toBeGreaterThan(0);
  });

  test('aliases may be used to write a list once', () => {
    const text = withConduit(
      '{id: x, from: a, to: b, allow: &all [{protocol: modbus}]}\n  - {id: y, from: b, to: a, allow: *all}',
    );
    const { conduits } = readPolicy(text, 'p.yaml');
    expect(conduits[1]?.allow).toEqual([{ protocol: 'modbus', access: null }]);
  });
});

describe('whatever is in a file', () => {
  const lines = example.split('\n');
  const words = example.split(/(?<=\s)|(?=[{}[\]:,])/);

  test('it is a policy, or every mistake has a place', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.constantFrom('*a', '&a ', '!!x ', '? ', '- ', ': ', '{', ']', '"', '\t', '\u0000', '%', '<<: '),
    );
    const change = fc.tuple(fc.nat(words.length - 1), fc.nat(2), noise);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const changed = [...words];
        for (const [at, how, text] of changes) changed.splice(at, how, text);
        mistakesIn(changed.join(''));
      }),
      { numRuns: runs(60) },
    );
  });

  test('cut anywhere', () => {
    for (let line = 0; line < lines.length; line++) mistakesIn(lines.slice(0, line).join('\n'));
    for (let end = 0; end < example.length; end += 13) mistakesIn(example.slice(0, end));
  });

  test('any tree of values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        mistakesIn(JSON.stringify(value));
        mistakesIn(JSON.stringify({ version: 1, zones: [value], conduits: value }));
        mistakesIn(
          JSON.stringify({
            version: 1,
            zones: [{ id: 'a', members: [value], kind: value }],
            conduits: [{ allow: [value] }],
          }),
        );
      }),
      { numRuns: runs(40) },
    );
  });
});

const shownText = fc
  .string({ minLength: 1, maxLength: 40, unit: 'binary' })
  .filter((text) => /^\P{Cc}+$/u.test(text) && text.trim() === text);
const awkward = fc.constantFrom(
  'yes',
  'null',
  '12',
  '1e3',
  '0o7',
  '~',
  '- a',
  'a: b',
  '#x',
  '12:30:00',
  "it's",
  '"',
  '*a',
  '{',
  'ä ö',
  '=',
  '<<',
  '.inf',
);
const word = fc.oneof(shownText, awkward);
const member: fc.Arbitrary<PolicyMember> = fc.oneof(
  fc.ipV4().map((ip) => ({ ip })),
  fc.ipV6().map((ip) => ({ ip: parseIp(ip)?.text ?? '::1' })),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, prefix]) => {
    const words = maskedWords(parseIp(ip) as NonNullable<ReturnType<typeof parseIp>>, prefix);
    return {
      cidr: `${words.map((w) => [w >>> 24, (w >>> 16) & 255, (w >>> 8) & 255, w & 255].join('.')).join('')}/${prefix}`,
    };
  }),
  fc.integer({ min: 1, max: 4094 }).map((vlan) => ({ vlan })),
  fc
    .integer({ min: 0, max: 0xffff_ffff })
    .map((low) => ({ mac: `00:10${low.toString(16).padStart(8, '0').replace(/../g, ':$&')}` })),
);
const permission = fc.record({
  protocol: fc.constantFrom('modbus', 's7comm', 'c37.118', 'tcp/443', 'udp/161', 'ip/99', 'esp'),
  access: fc.option(fc.uniqueArray(fc.constantFrom(...ACCESS_ORDER), { minLength: 1 })),
});
const policies: fc.Arbitrary<Policy> = fc.uniqueArray(word, { minLength: 2, maxLength: 6 }).chain((ids) =>
  fc.record({
    version: fc.constant(1 as const),
    zones: fc.uniqueArray(member, { maxLength: 12, selector: (entry) => JSON.stringify(entry) }).chain((members) =>
      fc.tuple(
        ...ids.map((id, index) =>
          fc.record({
            id: fc.constant(id),
            name: word,
            kind: fc.constantFrom(...ZONE_KINDS),
            securityLevelTarget: fc.constantFrom(0, 1, 2, 3, 4) as fc.Arbitrary<0 | 1 | 2 | 3 | 4>,
            members: fc.constant(members.filter((_, i) => i % ids.length === index)),
          }),
        ),
      ),
    ),
    conduits: fc
      .uniqueArray(word, { maxLength: 4 })
      .map((names) =>
        names.map((id, i) => ({
          id,
          from: ids[i % ids.length] as string,
          to: ids[(i + 1) % ids.length] as string,
          allow: [],
        })),
      )
      .chain((conduits) =>
        fc
          .array(fc.array(permission, { maxLength: 3 }), { minLength: conduits.length, maxLength: conduits.length })
          .map((allows) => conduits.map((conduit, i) => ({ ...conduit, allow: allows[i] ?? [] }))),
      ),
  }),
);

describe('written', () => {
  test('and read back, it is the same policy, whatever stands in its comments', () => {
    fc.assert(
      fc.property(policies, fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }), (policy, texts) => {
        const parts = [policy, ...policy.zones, ...policy.conduits, ...policy.zones.flatMap(({ members }) => members)];
        const notes: PolicyNotes = new Map(parts.map((part) => [part, texts]));
        for (const text of [writePolicy(policy), writePolicy(policy, notes)]) {
          expect(readPolicy(text, 'p.yaml')).toEqual(policy);
          expect(parseDocument(text).toString({ lineWidth: 0, flowCollectionPadding: false })).toBe(text);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test('YAML 1.1, which other programs read, finds the same in it', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const text = writePolicy(policy);
        expect(parse(text, { version: '1.1' })).toEqual(parse(text));
      }),
      { numRuns: runs(25) },
    );
  });

  test('a device cannot write into it by the name it has', () => {
    const policy = readPolicy(example, 'policy.md');
    const evil = 'PLC\n  - {id: x}\r- y\u2028: {\u0085]';
    const parts = [...policy.zones, ...policy.zones.flatMap(({ members }) => members)];
    expect(readPolicy(writePolicy(policy, new Map(parts.map((part) => [part, [evil]]))), 'p.yaml')).toEqual(policy);
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::', '::'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['1::8', '1::8'],
    ['10.0.0', null],
    ['fe80::1%lo', null],
    ['', null],
  ])('%s', (written, text) => {
    expect(parseIp(written)?.text ?? null).toBe(text);
  });

  test.each([
    ['00:1D:9C:00:00:01', '00:1d:9c:00:00:01'],
    ['00-1d-9c-00-00-01', '00:1d:9c:00:00:01'],
    ['001d.9c00.0001', '00:1d:9c:00:00:01'],
    ['00:1d-9c:00:00:01', null],
    ['001d9c000001', null],
  ])('%s', (written, text) => {
    expect(parseMac(written)).toBe(text);
  });

  test('the longest network around an address counts, in whatever order they came', () => {
    const texts = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3/32', '::/0', '2001:db8::/33'];
    fc.assert(
      fc.property(fc.shuffledSubarray(texts, { minLength: texts.length }), (order) => {
        const table = new NetworkTable<string>();
        for (const text of order) table.add(parseNetwork(text) as NonNullable<ReturnType<typeof parseNetwork>>, text);
        const around = (ip: string) => table.longest(parseIp(ip) as NonNullable<ReturnType<typeof parseIp>>);
        expect(
          ['11.0.0.1', '10.2.0.1', '10.1.9.9', '10.1.2.3', '2001:db8:7fff::1', '2001:db8:8000::1'].map(around),
        ).toEqual(['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3/32', '2001:db8::/33', '::/0']);
      }),
    );
  });

  test('networks are made only of addresses that are all there', () => {
    const row = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `10.0.0.${from + i}`);
    expect(wholeNetworks(row(0, 10), [])).toEqual({
      networks: ['10.0.0.0/29'],
      rest: ['10.0.0.8', '10.0.0.9', '10.0.0.10'],
    });
    expect(wholeNetworks(row(1, 7), ['10.0.0.0'])).toEqual({ networks: ['10.0.0.0/29'], rest: [] });
    expect(wholeNetworks(['10.0.0.1', 'fe80::1'], row(0, 15))).toEqual({ networks: [], rest: ['10.0.0.1', 'fe80::1'] });
    const high = ['255.255.255.252', '255.255.255.253', '255.255.255.254', '255.255.255.255'];
    expect(wholeNetworks(high, [])).toEqual({ networks: ['255.255.255.252/30'], rest: [] });
  });
});

test.each([
  ['modbsu', 'modbus'],
  ['https', 'tls'],
  ['S7', 's7comm'],
  ['xyzzy', null],
  ['', null],
])('"%s" is like %s', (written, name) => {
  expect(closest(written, ['modbus', 'tls', 's7comm', 'smb'])).toBe(name);
});
