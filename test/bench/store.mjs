/**
 * What a plant of 10,000 assets and 200,000 conversations costs: to make of its snapshot, to report, to write into a store,
 * to write again, to page and to filter.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantOf } from '../../dist/agent/plant.js';
import { jsonOf } from '../../dist/agent/report/json.js';
import { openForReading } from '../../dist/agent/store/database.js';
import { LISTS } from '../../dist/agent/store/lists.js';
import { Reader } from '../../dist/agent/store/reader.js';
import { Store } from '../../dist/agent/store/store.js';
import { bigPlant } from '../big-plant.mjs';

const ASSETS = 10_000;
const CONVERSATIONS = 200_000;
const TIMES = 9;
/** What takes longer than this is timed so many times more; the least counts. */
const SLOW_MILLISECONDS = 30;
const AGAIN = 4;

const directory = mkdtempSync(join(tmpdir(), 'fieldmark-store-'));
const path = join(directory, 'plant.db');

function seconds(what, work) {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  console.log(`${((user + system) / 1e6).toFixed(2).padStart(8)} s of CPU   ${what}`);
  return result;
}

function told(what, bytes) {
  console.log(`${(bytes / 1e6).toFixed(0).padStart(8)} MB  ${what}`);
}

/** The most bytes that this process had (Linux); 0 where /proc does not tell. */
function mostMemory() {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return 1024 * Number(kilobytes);
  } catch {
    return 0;
  }
}

/** The median and the worst of several times by the clock, and the median of CPU time. */
function milliseconds(what, work) {
  const [wall, cpu] = [[], []];
  for (let time = 0; time < TIMES; time++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - began);
    cpu.push((user + system) / 1000);
  }
  const sorted = (all) => all.sort((a, b) => a - b);
  const [median, worst] = [sorted(wall)[TIMES >> 1], sorted(wall)[TIMES - 1]].map((time) =>
    time.toFixed(1).padStart(7),
  );
  console.log(`${median} ms, worst ${worst}, CPU ${sorted(cpu)[TIMES >> 1].toFixed(1).padStart(6)}   ${what}`);
}

try {
  const snapshot = seconds('make the snapshot', () => bigPlant(ASSETS, CONVERSATIONS));
  told('the most memory so far', mostMemory());
  const plant = seconds('make the plant', () => plantOf(snapshot));
  seconds('report it, piece by piece', () => {
    for (const _ of jsonOf(plant));
  });
  told('the most memory so far', mostMemory());
  const store = seconds('open', () => new Store(path));
  seconds('write all', () => store.write(plant, 0, () => {}));
  seconds('save the snapshot', () => store.transaction(() => store.snapshots.save(addCapture(store), snapshot)));
  seconds('learn what values are common', () => store.optimize());
  seconds('write when nothing changed', () => store.write(plant, 0, () => {}));
  const moved = snapshot.conversations.map((c, at) => (at % 100 === 0 ? { ...c, packets: c.packets + 1 } : c));
  const later = plantOf({ ...snapshot, conversations: moved });
  seconds('write when one conversation of a hundred went on', () => store.write(later, 0, () => {}));
  told('the database', statSync(path).size);
  told('the most memory so far', mostMemory());

  const reader = new Reader(path);
  const page = (name, request) => {
    const { next } = reader.list(name, request);
    milliseconds(`${name} ${JSON.stringify(request)}`, () => reader.list(name, request));
    if (next !== null) milliseconds('   its next page', () => reader.list(name, { ...request, cursor: next }));
    const { limit: _, sort: __, ...counted } = request;
    milliseconds(`   how many`, () => reader.count(name, counted));
  };
  page('assets', { limit: 100 });
  page('assets', { limit: 100, sort: '-lastSeen', filter: { protocol: 'modbus' } });
  page('assets', { limit: 100, search: 'device-77' });
  page('assets', { limit: 100, search: 'device' });
  page('assets', { limit: 100, filter: { model: 'Model 5' }, sort: 'firmware' });
  page('conversations', { limit: 100 });
  page('conversations', { limit: 100, sort: '-bytes', filter: { protocol: 'modbus' } });
  page('conversations', { limit: 100, sort: 'client', filter: { access: 'write' } });
  page('conversations', { limit: 100, filter: { asset: 'ip-10.0.3.7' } });
  page('conversations', { limit: 100, filter: { protocol: 'nothing' } });
  page('conversations', { limit: 100, search: '10.0.3.77' });
  page('conversations', { limit: 100, search: 'modbus' });
  page('conversations', { limit: 100, search: 'no such words' });
  page('conversations', { limit: 100, search: '77' });
  page('pairs', { limit: 100 });
  milliseconds('matrix of 50 assets', () =>
    reader.matrix({ assets: Array.from({ length: 50 }, (_, i) => `ip-10.0.0.${i + 1}`) }),
  );
  milliseconds('neighbours', () => reader.neighbours('ip-10.0.3.7'));
  milliseconds('conversations by protocol', () => reader.countBy('conversations', 'protocol'));
  everyWay(reader);
  reader.close();
  store.close();
} finally {
  rmSync(directory, { recursive: true });
}

/**
 * Every list by every filter, with values that most, some and few entries have, in every order, and by every two filters:
 * the slowest.
 */
function everyWay(reader) {
  const database = openForReading(path);
  const times = [];
  for (const [name, { table, filters, sorts, searchable }] of Object.entries(LISTS)) {
    const searches = searchable ? ['77', 'modbus', '10.0.3.77', 'zzz'].map((search) => ({ search })) : [];
    const filtered = Object.entries(filters).flatMap(([filter, definition]) =>
      valuesOf(database, table, definition).map((value) => ({ filter: { [filter]: value } })),
    );
    const ways = Object.keys(sorts).flatMap((sort) => [sort, `-${sort}`]);
    for (const request of [{}, ...searches, ...filtered]) {
      for (const sort of ways) timed(name, { ...request, sort });
    }
    // what is common by each of two, and may be rare by both
    const common = filtered.filter(({ filter }, at) => !(Object.keys(filter)[0] in (filtered[at - 1]?.filter ?? {})));
    const both = common.flatMap(({ filter }, at) =>
      common.slice(0, at).map((other) => ({ ...filter, ...other.filter })),
    );
    const texts = searches.flatMap((search) => common.map(({ filter }) => ({ ...search, filter })));
    for (const request of [...both.map((filter) => ({ filter })), ...texts]) {
      for (const sort of [ways[0], ways.at(-1)]) timed(name, { ...request, sort });
    }
  }
  database.close();
  times.sort((a, b) => b.cpu - a.cpu);
  console.log(`${times.length} ways to read a list; the slowest, in CPU time:`);
  for (const { cpu, what } of times.slice(0, 12)) console.log(`${cpu.toFixed(1).padStart(7)} ms   ${what}`);

  /** A page with the number of all, as the service answers. */
  function timed(name, request) {
    const work = () => {
      const { total = reader.count(name, request) } = reader.list(name, request);
      return total;
    };
    const once = () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    work(); // the first prepares the statement
    let cpu = once();
    // what the machine or a collection of garbage adds does not come each time
    for (let more = 0; more < AGAIN && cpu > SLOW_MILLISECONDS; more++) cpu = Math.min(cpu, once());
    times.push({ cpu, what: `${name} ${JSON.stringify(request)}` });
  }
}

/** A value of a filter that many rows have, and one that few have; of a range what leaves half, then ever less or more. */
function valuesOf(database, table, { where, found, stored, values }) {
  if (stored !== undefined) return [values[0], values.at(-1)];
  const [, tag] = /_tag WHERE name = '(\w+)'/.exec(found ?? '') ?? [];
  const [column] = /"?\w+"?/.exec(where.replace(/^\(/, ''));
  if (tag === undefined && /[<>]/.test(where)) {
    const [rows] = database.prepare(`SELECT count(*) FROM ${table}`).pluck().all();
    const at = database.prepare(`SELECT ${column} FROM ${table} ORDER BY ${column} LIMIT 1 OFFSET ?`).pluck();
    return [0.5, 0.1, 0.9, 0.001, 0.999].flatMap((part) => at.all(Math.floor(part * rows)));
  }
  const [from, value] = tag === undefined ? [table, column] : [`${table}_tag WHERE name = '${tag}'`, 'value'];
  const sql = `SELECT ${value} AS value FROM ${from} GROUP BY ${value} ORDER BY count(*)`;
  return [`${sql} DESC LIMIT 1`, `${sql} LIMIT 1`].flatMap((one) => database.prepare(one).pluck().all());
}

function addCapture(store) {
  const capture = { name: 'big.pcap', sha256: null, size: null, spool: null, live: false, state: 'done' };
  return store.records.addCapture(capture, 'bench', 0);
}
