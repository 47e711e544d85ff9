/** The store: what is written is read back, in pages, by indexes; what is no database of ours is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mergeSnapshots } from '../agent/model/merge-snapshots.ts';
import { plantOf } from '../agent/plant.ts';
import { reportOf } from '../agent/report/report.ts';
import { Keeper } from '../agent/service/keeper.ts';
import { openForReading, openForWriting } from '../agent/store/database.ts';
import { ENTRY_TABLES } from '../agent/store/entry-tables.ts';
import { MOST_COUNTED } from '../agent/store/list-reader.ts';
import { LISTS, type ListDefinition, type ListName } from '../agent/store/lists.ts';
import { openPlant } from '../agent/store/open-plant.ts';
import { Reader } from '../agent/store/reader.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from '../agent/store/schema.ts';
import { Store } from '../agent/store/store.ts';
import { bigPlant } from './big-plant.mjs';
import { runs } from './runs.ts';

const DEMO = 'fixtures/plant/demo.pcap';
const directory = mkdtempSync(join(tmpdir(), 'fieldmark-store-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const fresh = () => join(directory, `${files++}.db`);

describe('what may be opened', () => {
  const refusal = (open: () => unknown) => {
    try {
      open();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return undefined;
  };

  test.each([
    [
      'a file that is no database',
      (path: string) => writeFileSync(path, 'no database, '.repeat(500)),
      'DATABASE_NOT_A_DATABASE',
    ],
    [
      'another program’s database',
      (path: string) => new Database(path).exec('CREATE TABLE t (x)').close(),
      'DATABASE_FOREIGN',
    ],
    [
      'a newer version’s database',
      (path: string) => {
        openForWriting(path).close();
        const database = new Database(path);
        database.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
        database.close();
      },
      'DATABASE_TOO_NEW',
    ],
  ])('%s is refused', (_, make, code) => {
    const path = fresh();
    make(path);
    expect(refusal(() => openForWriting(path))).toBe(code);
    expect(refusal(() => openForReading(path))).toBe(code);
  });

  test('a directory that does not exist is an error of a person', () => {
    const path = join(directory, 'nowhere', 'plant.db');
    expect(refusal(() => openForWriting(path))).toBe('DATABASE_FAILED');
    expect(refusal(() => openForReading(path))).toBe('DATABASE_FAILED');
  });

  test('a second writer is refused until the first has closed; readers and tokens are not', () => {
    const path = fresh();
    const first = openForWriting(path);
    expect(refusal(() => openForWriting(path))).toBe('DATABASE_IN_USE');
    openForReading(path).close();
    openForWriting(path, { shared: true }).close();
    first.close();
    openForWriting(path).close();
  });

  test('an empty file becomes a database, one of an older version is taken to this one', () => {
    const path = fresh();
    writeFileSync(path, '');
    openForWriting(path).close();
    const database = new Database(path);
    expect(database.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    // as an older version would have left it: nothing of the last step is there
    for (const { name, type } of database
      .prepare("SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_text_%'")
      .all() as { name: string; type: string }[]) {
      database.exec(`DROP ${type} IF EXISTS "${name}"`);
    }
    database.exec('CREATE TABLE kept (x)');
    database.pragma('user_version = 0');
    database.close();
    expect(refusal(() => openForReading(path))).toBe('DATABASE_TOO_OLD');
    openForWriting(path).close();
    openForReading(path).close();
  });
});

test('a database of the second version is told of its conversations’ and pairs’ marks', () => {
  const path = fresh();
  const older = new Database(path);
  for (const step of MIGRATIONS.slice(0, 2)) older.exec(step);
  older.pragma(`application_id = ${APPLICATION_ID}`);
  older.pragma('user_version = 2');
  older.exec(`
    INSERT INTO conversation VALUES (1, 'a', '', '', '', '', '', '', 'x', 'y', 'tcp', 502, 'modbus', 1, 1, 1, 1, '', '{}', '[]');
    INSERT INTO conversation VALUES (2, 'b', '', '', '', '', '', '', 'x', 'y', 'tcp', 502, 'modbus', 1, 1, 1, 1, '', '{}', '[]');
    INSERT INTO conversation_tag VALUES ('access', 'read', 1), ('access', 'write', 1);
    INSERT INTO pair VALUES (1, 'a', '', '', 'zone', 'x', 'y', 1, 1, 1, '{}');
    INSERT INTO pair_tag VALUES ('access', 'read', 1), ('protocol', 'modbus', 1);
  `);
  older.close();
  openForWriting(path).close();
  const database = openForReading(path);
  const marks = (table: string) => database.prepare(`SELECT marks FROM ${table} ORDER BY row`).pluck().all();
  expect(marks('conversation')).toEqual(['|access=read|access=write|', '']);
  expect(marks('pair')).toEqual(['|access=read|protocol=modbus|']);
  database.close();
});

describe('a plant that was heard', () => {
  const path = fresh();
  let reader: Reader;
  let report: ReturnType<typeof reportOf>;

  beforeAll(async () => {
    const keeper = new Keeper({ database: path });
    await keeper.add({ name: 'demo.pcap', source: { path: DEMO }, by: 'test' });
    await keeper.idle();
    report = reportOf(keeper.plant);
    await keeper.close();
    reader = new Reader(path);
  });
  afterAll(() => reader.close());

  test('is read back as the report has it', () => {
    const assets = reader.list('assets', { limit: 1000 }).items;
    expect(assets).toHaveLength(report.assets.length);
    for (const { evidence, ...asset } of report.assets) {
      expect(reader.asset(asset.id)).toEqual(JSON.parse(JSON.stringify(asset)));
      expect(reader.evidence(asset.id)).toEqual(JSON.parse(JSON.stringify(evidence)));
    }
    const conversations = reader.list('conversations', { limit: 1000 }).items;
    expect(conversations).toHaveLength(report.conversations.length);
    const operations = conversations.map(({ id }) => reader.operations(id)?.length ?? 0);
    expect(operations.reduce((sum, count) => sum + count)).toBe(
      report.conversations.reduce((sum, conversation) => sum + conversation.operations.length, 0),
    );
    expect(
      reader
        .list('zones', { limit: 1000 })
        .items.map(({ id }) => id)
        .sort(),
    ).toEqual(report.zones.map(({ id }) => id).sort());
  });

  test('is the same plant when it is opened again', () => {
    const { plant, captures } = openPlant(path);
    expect(JSON.parse(JSON.stringify(reportOf(plant)))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(captures).toMatchObject([{ name: 'demo.pcap', packets: report.capture.packets }]);
  });

  test('has a matrix that adds up to its conversations', () => {
    const pairs = reader.list('pairs', { limit: 1000 }).items;
    const packets = report.conversations
      .filter(({ clientId, serverId }) => clientId !== null || serverId !== null)
      .reduce((sum, conversation) => sum + conversation.packets, 0);
    expect(pairs.reduce((sum, pair) => sum + pair.packets, 0)).toBe(packets);
    const [busiest] = pairs;
    const { asClient } = reader.neighbours(busiest?.from as string);
    expect(asClient).toContainEqual(busiest);
    expect(reader.matrix({ assets: [busiest?.from as string, busiest?.to as string] })).toContainEqual(busiest);
  });

  test.each([
    ['assets', { filter: { protocol: 'modbus' } }],
    ['assets', { filter: { role: ['plc', 'hmi'] }, sort: '-lastSeen' }],
    ['conversations', { filter: { access: 'write' } }],
    ['conversations', { filter: { protocol: 'modbus', transport: 'tcp' }, sort: '-bytes' }],
    ['conversations', { search: '10.20.10' }],
    ['pairs', { filter: { protocol: 'modbus' } }],
  ] as const)('%s %j: few pages say what one says', (name, request) => {
    const whole = reader.list(name, { ...request, limit: 1000 });
    expect(whole.next).toBeNull();
    expect(whole.items.length).toBeGreaterThan(0);
    expect(whole.items.length).toBe(reader.count(name, request));
    const paged: unknown[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = reader.list(name, { ...request, limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(whole.items);
  });

  test('every order of every list can be walked, both ways', () => {
    for (const [name, list] of Object.entries(LISTS) as [ListName, ListDefinition][]) {
      for (const sort of Object.keys(list.sorts)) {
        const up = reader.list(name, { sort, limit: 1000 }).items;
        expect(reader.list(name, { sort: `-${sort}`, limit: 1000 }).items).toEqual([...up].reverse());
      }
    }
  });

  test('whatever is sought, what is found holds it and nothing is missed', () => {
    const texts = report.conversations.map((c) => `${c.client} ${c.server} ${c.protocol}`.toLowerCase());
    const pieces = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('modbus', '10.20.20', '"', '%', '_', "'; DROP TABLE asset", 'MODBUS', '\\', '*', 'a OR b'),
      fc.constantFrom(...report.conversations.map(({ server }) => server)),
    );
    fc.assert(
      fc.property(pieces, (search) => {
        const wanted = search.trim().toLowerCase();
        const found = reader.list('conversations', { search, limit: 1000 }).items;
        const held = texts.filter((text) => text.includes(wanted)).length;
        if (!/[\s/]/.test(wanted) && /^[\x20-\x7e]*$/.test(wanted)) expect(found.length).toBeGreaterThanOrEqual(held);
        if (wanted !== '' && held === 0 && /^[\d.]+$/.test(wanted) && wanted.includes('.')) expect(found).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });

  test.each([
    ['a filter', { filter: { colour: 'red' } }],
    ['a filter of the prototype', { filter: { constructor: 'red' } }],
    ['a value of a closed set', { filter: { access: 'steal' } }],
    ['a number', { filter: { port: 'http' } }],
    ['an order', { sort: 'colour; DROP TABLE asset' }],
    ['a limit', { limit: 0 }],
    ['a limit', { limit: 1.5 }],
    ['a cursor', { cursor: 'bm8gY3Vyc29y' }],
    ['a cursor of another order', { sort: 'bytes', cursor: Buffer.from('["-last_seen",1,1]').toString('base64url') }],
  ])('%s that it does not know is refused', (_, request) => {
    expect(() => reader.list('conversations', request as object)).toThrow(
      expect.objectContaining({ code: 'QUERY_INVALID' }),
    );
  });
});

describe('a large plant', () => {
  const path = fresh();
  let store: Store;
  let reader: Reader;
  const snapshot = bigPlant(150, 12_600); // more than are counted, and of each service more than are found one by one

  beforeAll(() => {
    store = new Store(path);
    store.write(plantOf(snapshot), 0, () => {});
    store.optimize();
    reader = new Reader(path);
  }, 60_000);
  afterAll(() => {
    reader.close();
    store.close();
  });

  /** Rows that are faster read one after another than found by an index. */
  const FEW = 100;

  test('no list is read whole or put in order whole, however it is sorted, filtered and searched', () => {
    const values: Record<string, string | number> = { role: 'plc', protocol: 'modbus', port: 502, access: 'write' };
    const first = (name: ListName, request: object) => wholeReadings(reader.plans(name, request)[0] as string[]);
    for (const [name, list] of Object.entries(LISTS) as [ListName, ListDefinition][]) {
      for (const sort of Object.keys(list.sorts)) {
        expect(first(name, { sort })).toEqual([]);
      }
      if (reader.count(name) > 0 && reader.count(name) < FEW) continue; // read whole, and rightly
      for (const [filter, { found, values: closed, type }] of Object.entries(list.filters)) {
        if (found === undefined) continue;
        const value = values[filter] ?? closed?.[0] ?? (type === 'integer' ? 1 : 'ip-10.0.0.7');
        expect(first(name, { filter: { [filter]: value } }), `${name} by ${filter}`).toEqual([]);
      }
    }
    expect(first('conversations', { search: '10.0.1.7' })).toEqual([]);
    expect(first('conversations', { search: 'modbus' })).toEqual([]);
  });

  test('what is rare is found by its index, what is common on the way', () => {
    const plan = (request: object) => reader.plans('conversations', { sort: '-bytes', ...request })[0]?.join('\n');
    const until = snapshot.conversations[500]?.firstSeen as number;
    expect(plan({ filter: { asset: 'ip-10.0.0.7' } })).toContain('conversation_client_id');
    expect(plan({ filter: { until } })).toContain('conversation_first_seen');
    expect(plan({ filter: { protocol: 'modbus' } })).toContain('USING INDEX conversation_bytes');
    expect(plan({ filter: { access: 'write' } })).toContain('USING INDEX conversation_bytes');
  });

  test('what is neither is sought in an index that holds all that is asked for', () => {
    for (const [name, list] of Object.entries(LISTS) as [ListName, ListDefinition][]) {
      if (!list.scanIndex) continue;
      const { database, close } = openForWriting(':memory:');
      const columns = database.pragma(`index_info(${list.table}_scan)`) as { name: string }[];
      const held = columns.map(({ name }) => name);
      const asked = [...Object.values(list.filters).map(({ where }) => where), ...Object.values(list.sorts)];
      const named = asked.flatMap((sql) => sql.match(/\w+/g) ?? []);
      const all = (database.pragma(`table_info(${list.table})`) as { name: string }[]).map(({ name }) => name);
      expect(
        all.filter((column) => named.includes(column) && !held.includes(column)),
        name,
      ).toEqual([]);
      if (list.searchable) expect(held).toContain('text');
      close();
    }
    const [, ...others] = reader.plans('conversations', { filter: { protocol: 'modbus', access: 'write' } });
    expect(others).toHaveLength(2);
    for (const plan of others) expect(plan.join('\n')).toContain('SCAN conversation USING COVERING INDEX');
  });

  test('whatever is asked for in whatever order, it is all that fits, in order, page by page', () => {
    const { conversations } = reportOf(plantOf(snapshot));
    const [times, ends] = [
      snapshot.conversations.map((c) => c.firstSeen),
      snapshot.conversations.map((c) => c.lastSeen),
    ];
    const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
    const request = fc.record({
      protocol: optional('modbus', 'tls', 'snmp', 'none'),
      access: optional('read', 'write', 'session', 'program'),
      transport: optional('tcp', 'udp'),
      client: optional('10.0.0.7', '10.0.0.8'),
      until: optional(...times.filter((_, at) => at % 900 === 0)),
      since: optional(...ends.filter((_, at) => at % 900 === 0)),
      search: optional('77', '0.0.1', 'modbus', 'MOD', 'tcp/502', 'zz'),
      sort: fc.constantFrom(...['client', '-port', 'packets', '-bytes', '-firstSeen', 'lastSeen', 'protocol']),
      limit: fc.constantFrom(7, 100, 1000),
    });
    const micros = (iso: string) => Date.parse(`${iso.slice(0, -4)}Z`) * 1000 + Number(iso.slice(-4, -1));
    fc.assert(
      fc.property(request, ({ search, sort, limit, ...wanted }) => {
        const set = Object.entries(wanted).filter(([, value]) => value !== undefined);
        const { protocol, access, transport, client, until = Number.POSITIVE_INFINITY, since = 0 } = wanted;
        const fitting = conversations.filter(
          (c) =>
            (protocol === undefined || c.protocol === protocol) &&
            (transport === undefined || c.transport === transport) &&
            (client === undefined || c.client === client) &&
            (access === undefined || c.operations.some((operation) => operation.access === access)) &&
            micros(c.firstSeen as string) <= until &&
            micros(c.lastSeen as string) >= since &&
            [c.client, c.server, c.protocol, `${c.transport}/${c.port}`].some((text) =>
              text.includes(search?.toLowerCase() ?? ''),
            ),
        );
        const key = sort.replace('-', '') as 'client';
        const sign = sort.startsWith('-') ? -1 : 1;
        const keys = fitting.map((c) => c[key]);
        keys.sort((a, b) => sign * (a < b ? -1 : a > b ? 1 : 0));
        const asked = { filter: Object.fromEntries(set) as Record<string, string | number>, sort, limit };
        const told = search === undefined ? asked : { ...asked, search };
        const isNarrowed = set.length > 0 || search !== undefined;
        const count = isNarrowed ? Math.min(fitting.length, MOST_COUNTED) : fitting.length;
        expect(reader.count('conversations', told)).toBe(count);
        const read: (string | number)[] = [];
        const ids = new Set<string>();
        let cursor: string | null | undefined;
        for (let pages = 0; cursor !== null && pages < 3; pages++) {
          const page = reader.list('conversations', { ...told, ...(cursor === undefined ? {} : { cursor }) });
          expect(page.total ?? count).toBe(count);
          read.push(...page.items.map((item) => item[key]));
          for (const { id } of page.items) ids.add(id);
          cursor = page.next;
        }
        expect(read.join('\n')).toBe(keys.slice(0, read.length).join('\n'));
        expect(ids.size).toBe(read.length);
        if (cursor === null) expect(read.length).toBe(keys.length);
      }),
      { numRuns: runs(25) },
    );
  });

  test('is counted up to a ceiling', () => {
    expect(reader.count('conversations')).toBe(12_600);
    expect(reader.count('conversations', { filter: { transport: 'tcp' } })).toBe(MOST_COUNTED);
    expect(reader.count('conversations', { filter: { client: '10.0.0.7' } })).toBe(84);
  });
});

describe('a plant that changes', () => {
  const path = fresh();
  let store: Store;
  let reader: Reader;
  const snapshot = bigPlant(60, 600);

  beforeAll(() => {
    store = new Store(path);
    store.write(plantOf(snapshot), 0, () => {});
    reader = new Reader(path);
  });
  afterAll(() => {
    reader.close();
    store.close();
  });

  test('a table that is filled from nothing has all its indexes afterwards', () => {
    const path = fresh();
    const store = new Store(path);
    const indexes = () =>
      openForReading(path).prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name").all();
    const before = indexes();
    store.write(plantOf(bigPlant(300, 6000)), 1, () => {});
    expect(indexes()).toEqual(before);
    expect(store.integrity()).toBe('ok');
    store.close();
  });

  test('only what changed is written', () => {
    const at = 7;
    expect(store.write(plantOf(snapshot), at, () => {})).toEqual([]);
    const [first, ...others] = snapshot.conversations;
    const before = reader.revisions();
    const more = { ...first, packets: 1_000_000 } as (typeof snapshot.conversations)[number];
    const changed = store.write(plantOf({ ...snapshot, conversations: [more, ...others] }), at, () => {});
    // its packets are counted in the conduit it uses, and among the reasons of zones
    expect(changed).toEqual(['conversation', 'pair', 'zone', 'conduit']);
    expect(reader.revisions().of['conversation']).toBe((before.of['conversation'] as number) + 1);
    expect(reader.revisions().of['asset']).toBe(before.of['asset']);
    expect(reader.list('conversations', { sort: '-packets', limit: 1 }).items[0]?.packets).toBe(1_000_000);
  });

  test('what is told of an asset is kept as it changes', () => {
    const hosts = snapshot.hosts.map((host) =>
      host.address === '10.0.0.7'
        ? { ...host, evidence: host.evidence.map((e) => (e.field === 'firmware' ? { ...e, value: 'V9.9' } : e)) }
        : host,
    );
    store.write(plantOf({ ...snapshot, hosts }), 11, () => {});
    expect(reader.list('history', { filter: { asset: 'ip-10.0.0.7', field: 'firmware' } }).items).toMatchObject([
      { after: 'V9.9', at: '1970-01-01T00:00:00.000011Z' },
    ]);
    expect(reader.list('assets', { filter: { firmware: 'V9.9' } }).items.map(({ id }) => id)).toEqual(['ip-10.0.0.7']);
    const without = hosts.filter(({ address }) => address !== '10.0.0.7');
    store.write(plantOf({ ...snapshot, hosts: without }), 12, () => {});
    expect(reader.asset('ip-10.0.0.7')).toBeUndefined();
    expect(reader.list('assets', { search: 'device-6\n' }).items.map(({ id }) => id)).not.toContain('ip-10.0.0.7');
    expect(reader.list('history', { filter: { asset: 'ip-10.0.0.7' }, limit: 1 }).items[0]?.field).toBe('vanished');
  });

  test('the snapshot of a capture is kept whole', () => {
    const capture = { name: 'big', sha256: null, size: null, spool: null, live: false, state: 'done' as const };
    const row = store.records.addCapture(capture, 'test', 0);
    store.snapshots.save(row, snapshot);
    expect(store.snapshots.load(row)).toEqual(snapshot);
    const fewer = { ...snapshot, conversations: snapshot.conversations.slice(0, 3) };
    store.snapshots.save(row, fewer);
    expect(store.snapshots.load(row)).toEqual(fewer);
  });
});

test('every column that a list filters or sorts by stands in its table', () => {
  const { database, close } = openForWriting(':memory:');
  for (const [table, { columns, marked }] of Object.entries(ENTRY_TABLES)) {
    const there = (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    expect(there).toEqual(['row', 'id', 'hash', 'fixed', ...columns, ...(marked ? ['marks'] : [])]);
  }
  close();
});

describe('a keeper', () => {
  const keepers: Keeper[] = [];
  const keeper = (database: string, spool?: string) => {
    const one = new Keeper({ database, flushInterval: 20, ...(spool === undefined ? {} : { spool }) });
    keepers.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of keepers.splice(0)) await one.close();
  });
  const read = async (one: Keeper, name: string, path = DEMO) => {
    const row = await one.add({ name, source: { path }, by: 'test' });
    await one.idle();
    return row;
  };

  test('reads the same bytes once', async () => {
    const one = keeper(fresh());
    await read(one, 'a.pcap');
    await expect(read(one, 'b.pcap')).rejects.toMatchObject({ code: 'CAPTURE_ALREADY_READ' });
  });

  test('a capture that is deleted leaves nothing behind', async () => {
    const path = fresh();
    const one = keeper(path);
    const row = await read(one, 'a.pcap');
    await one.delete(row, 'test');
    one.flush();
    const reader = new Reader(path);
    expect(reader.count('assets')).toBe(0);
    expect(reader.count('conversations')).toBe(0);
    expect(reader.list('captures').items).toEqual([]);
    expect(reader.list('audit').items.map(({ action }) => action)).toEqual(['capture.delete', 'capture.add']);
    reader.close();
    await read(one, 'a.pcap'); // and may come again
  });

  test('what an operator decided survives a restart and new traffic', async () => {
    const path = fresh();
    const one = keeper(path);
    await read(one, 'a.pcap');
    const [asset] = one.plant.assets.all;
    const override = { address: asset?.ip[0] ?? '', field: 'vendor', value: 'Acme', by: 'test', at: 1, reason: null };
    one.decide('override', `${override.address} vendor`, override, 'test');
    one.flush();
    expect(one.plant.assets.all[0]?.vendor).toBe('Acme');
    await one.close();
    const again = keeper(path);
    expect(again.plant.assets.all[0]?.vendor).toBe('Acme');
    again.decide('override', `${override.address} vendor`, null, 'test');
    again.flush();
    expect(again.plant.assets.all[0]?.vendor).toBe(asset?.vendor);
  });

  test('what happened is an event, once; what was taken for normal is none', async () => {
    const path = fresh();
    const one = keeper(path);
    await read(one, 'a.pcap');
    const reader = new Reader(path);
    const told = reader.list('events').items;
    expect(told.map(({ event }) => event.id).sort()).toEqual(one.plant.events.map(({ id }) => id).sort());
    expect(told.length).toBeGreaterThan(0);
    one.takeBaseline('test');
    one.flush();
    expect(reader.setting('baseline')).toMatchObject({ format: 'fieldmark.baseline/1' });
    expect(reader.list('events').items).toHaveLength(told.length);
    expect(reader.list('events', { filter: { after: reader.lastEvent() } }).items).toEqual([]);
    reader.close();
  });

  test('a broken capture counts as far as it could be read, and says where it broke', async () => {
    const path = join(directory, 'broken.pcap');
    const { readFileSync } = await import('node:fs');
    writeFileSync(path, readFileSync(DEMO).subarray(0, 300_000));
    const one = keeper(fresh());
    const row = await read(one, 'broken.pcap', path);
    expect(one.store.records.capture(row)?.state).toBe('failed');
    expect(one.plant.snapshot.capture.packets).toBeGreaterThan(1000);
    expect(one.plant.snapshot.capture.files[0]?.error).toMatchObject({ code: 'CAPTURE_CUT' });
  });

  test('a reading that is ended can be gone through again', async () => {
    const { copyFileSync, mkdirSync } = await import('node:fs');
    const spool = join(directory, 'spool');
    mkdirSync(spool);
    copyFileSync(DEMO, join(spool, 'one'));
    const path = fresh();
    const one = keeper(path, spool);
    const row = await one.add({ name: 'a.pcap', source: { spool: 'one' }, sha256: 'ab', size: 1, by: 'test' });
    await one.close(); // before it was read
    const again = keeper(path, spool);
    await again.idle();
    if (again.store.records.capture(row)?.state === 'interrupted') again.readAgain(row, 'test');
    await again.idle();
    expect(again.store.records.capture(row)?.state).toBe('done');
    const whole = keeper(fresh());
    await read(whole, 'a.pcap');
    expect(reportOf(again.plant)).toEqual(reportOf(whole.plant));
    expect(() => again.readAgain(99, 'test')).toThrow(expect.objectContaining({ code: 'CAPTURE_UNKNOWN' }));
  });

  test('events of a capture from long ago stay when the program starts again', async () => {
    const path = fresh();
    const early = new Keeper({ database: path });
    await early.add({ name: 'demo.pcap', source: { path: DEMO }, by: 'test' });
    await early.idle();
    await early.close();
    const before = new Reader(path).list('events', {}).items;
    expect(before.length).toBeGreaterThan(0);
    const aCenturyLater = Date.UTC(2125, 0, 1) * 1000;
    await new Keeper({ database: path, clock: () => aCenturyLater }).close();
    expect(new Reader(path).list('events', {}).items).toEqual(before);
  });

  test('what is too old or too much is removed, but never what the plant still tells', () => {
    const path = fresh();
    const store = new Store(path);
    const { records } = store;
    const event = { kind: 'sensor.interface-down', severity: 'high', title: 'eth1: the link is down', reasons: [] };
    const at = (time: number) => ({ ...event, id: `event ${time}`, firstSeen: time, lastSeen: time });
    for (let time = 1; time <= 10; time++) records.addSensorEvent(at(time));
    const kept = () => {
      const reader = new Reader(path);
      const { items } = reader.list('events', { sort: 'number' });
      const result = {
        ids: items.map(({ id }) => id.slice('event '.length)).join(' '),
        gone: reader.forgottenEvents(),
      };
      reader.close();
      return result;
    };
    expect(records.keep('event', 100, 0)).toBe(0);
    expect(kept()).toEqual({ ids: '1 2 3 4 5 6 7 8 9 10', gone: 0 });
    expect(records.keep('event', 100, 4, ['event 2'])).toBe(2); // 1 and 3 are older than 4
    expect(kept()).toEqual({ ids: '2 4 5 6 7 8 9 10', gone: 3 });
    expect(records.keep('event', 3, 0, ['event 2', 'event 5'])).toBe(3); // the last three, and what is told
    expect(kept()).toEqual({ ids: '2 5 8 9 10', gone: 7 });
    expect(records.keep('event', 3, 0, ['event 2', 'event 5'])).toBe(0);
    expect(kept().gone).toBe(7);
    for (const table of ['history', 'audit'] as const) {
      for (let time = 1; time <= 5; time++) {
        if (table === 'audit') records.audit('somebody', 'test', '', null, time);
        else records.addHistory({ asset: 'a', field: 'role', before: null, after: String(time) }, time);
      }
      expect(records.keep(table, 4, 2)).toBe(1);
      expect(records.keep(table, 2, 0)).toBe(2);
    }
    store.close();
  });

  test('the bytes of the oldest captures go when there are too many', async () => {
    const { copyFileSync, existsSync, mkdirSync, statSync } = await import('node:fs');
    const spool = join(directory, 'small-spool');
    mkdirSync(spool);
    const { size } = statSync(DEMO);
    const one = new Keeper({ database: fresh(), spool, spoolBytes: 2 * size });
    keepers.push(one);
    const rows: number[] = [];
    for (const name of ['one', 'two', 'three']) {
      copyFileSync(DEMO, join(spool, name));
      rows.push(await one.add({ name, source: { spool: name }, sha256: name, size, by: 'test' }));
    }
    await one.idle();
    expect(['one', 'two', 'three'].map((name) => existsSync(join(spool, name)))).toEqual([false, true, true]);
    expect(rows.map((row) => one.store.records.capture(row)?.spool)).toEqual([null, 'two', 'three']);
    expect(one.plant.snapshot.capture.files).toHaveLength(3);
  });

  test('a stream that never ends can be stopped, and what was heard stays', async () => {
    const { readFileSync } = await import('node:fs');
    const one = keeper(fresh());
    const bytes = readFileSync(DEMO).subarray(0, 200_000);
    const endless = async function* () {
      yield bytes;
      await new Promise(() => {});
    };
    const row = await one.add({ name: 'eth0', source: { stream: endless() }, live: true, by: 'test' });
    await expect.poll(() => one.plant.snapshot.capture.packets).toBeGreaterThan(1000);
    await one.stop(row);
    await one.idle();
    expect(one.store.records.capture(row)?.state).toBe('done');
  });

  test('no room on the disk: it goes on in memory, says so, and writes when there is room', async () => {
    const notices: unknown[] = [];
    const path = fresh();
    const one = new Keeper({ database: path, onNotice: (notice) => notice.kind === 'storage' && notices.push(notice) });
    keepers.push(one);
    one.store.limitBytes(800_000);
    await read(one, 'a.pcap');
    expect(one.status.storage).toMatchObject({ ok: false, code: 'SQLITE_FULL' });
    expect(one.plant.assets.all.length).toBeGreaterThan(10);
    const reader = new Reader(path);
    expect(reader.count('assets')).toBe(0);
    expect(() => one.decide('attestation', 'x'.repeat(2_000_000), {}, 'test')).toThrow(
      expect.objectContaining({ code: 'DATABASE_FULL' }),
    );
    one.store.limitBytes(1e9);
    expect(one.flush()).toBe(true);
    expect(one.status.storage.ok).toBe(true);
    expect(reader.count('assets')).toBe(one.plant.assets.all.length);
    expect(reader.list('captures').items).toMatchObject([
      { state: 'done', packets: one.plant.snapshot.capture.packets },
    ]);
    expect(notices).toMatchObject([{ storage: { ok: false } }, { storage: { ok: true } }]);
    expect(one.store.integrity()).toBe('ok');
    reader.close();
  });

  test('several captures are one plant', async () => {
    const one = keeper(fresh());
    await read(one, 'a.pcap');
    const alone = one.plant.snapshot;
    await one.add({ name: 'a.pcap', source: { stream: stream() }, by: 'test' });
    await one.idle();
    const second = { ...alone, capture: { ...alone.capture } };
    expect(one.plant.snapshot.capture.packets).toBe(mergeSnapshots(alone, second).capture.packets);
    expect(one.plant.snapshot.capture.files.map(({ name }) => name)).toEqual(['a.pcap', 'a.pcap (2)']);
  });
});

async function* stream() {
  const { readFileSync } = await import('node:fs');
  yield readFileSync(DEMO);
}

/** Steps of a plan that go through a whole table, or sort rows that no index found. */
function wholeReadings(plan: readonly string[]): string[] {
  const found = plan.some((step) => /^SEARCH|^MULTI-INDEX OR|VIRTUAL TABLE INDEX/.test(step.trim()));
  return plan.filter((step) => {
    if (/^SCAN \w+$/.test(step))
      return !/^SCAN (capture|policy|decision|token|audit|event|history|found|fitting)$/.test(step);
    return step.startsWith('USE TEMP B-TREE FOR ORDER BY') && !found;
  });
}
