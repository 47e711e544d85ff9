/** Baselines and events: one thing is changed in a simulated plant, and that thing is told, and no other. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Baseline, baselineOf } from '../agent/baseline/baseline.ts';
import { EVENT_KINDS, type EventKind, eventOf, type PlantEvent } from '../agent/baseline/event.ts';
import { compare, differences, eventsOf, pictureOf } from '../agent/baseline/events.ts';
import type { Picture } from '../agent/baseline/picture.ts';
import { coverageOf, covers } from '../agent/baseline/ranges.ts';
import { scanEvents } from '../agent/baseline/scans.ts';
import { type Suppression, suppress } from '../agent/baseline/suppression.ts';
import { assetsOf } from '../agent/model/assets.ts';
import type { ConversationSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { pictureOfReport } from '../agent/report/read-report.ts';
import { reportOf } from '../agent/report/report.ts';
import { arp, EtherType } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import type { Exchange } from '../fixtures/plant/pdu.ts';
import type { Asset } from '../fixtures/plant/plant.ts';
import { ModbusClient } from '../fixtures/plant/protocols/modbus.ts';
import { MeasuringUnit } from '../fixtures/plant/protocols/modbus-unit.ts';
import { S7Client } from '../fixtures/plant/protocols/s7comm.ts';
import { CELL, cell } from '../fixtures/plant/scenarios/cell.ts';
import { link } from '../fixtures/plant/scenarios/links.ts';
import { simulate, type World } from '../fixtures/plant/simulation.ts';
import { MILLISECOND, type Process, SECOND } from '../fixtures/plant/timeline.ts';
import { runs } from './runs.ts';
import { snapshotOf } from './sensing.ts';

const SECONDS = 90;
const { scada, modbusPlc, s7Plc, outstation } = CELL;
const hmi: Asset = {
  ...scada,
  name: 'hmi',
  role: 'hmi',
  mac: 'd4:be:d9:00:20:21',
  ip: '10.1.20.21',
  segment: modbusPlc.segment,
};
const laptop: Asset = { ...hmi, name: 'laptop', role: 'workstation', mac: '3c:97:0e:00:20:99', ip: '10.1.20.99' };

const unit = (world: World) => new MeasuringUnit(world.timeline, 3);
const BROADCAST = 'ff:ff:ff:ff:ff:ff';

function claims(world: World, device: Asset, ip = device.ip): void {
  const packet = arp(2, device.mac, ip, BROADCAST, ip);
  world.network.transmitFrame(device, BROADCAST, EtherType.arp, packet);
}

/** The HMI reads ten registers of the Modbus controller every half second, and its identity once. */
function* watch(world: World, revision: string, client = hmi, first = 0): Process {
  const modbus = new ModbusClient(1);
  const connection = world.connection(link('modbus', client, modbusPlc));
  yield world.timeline.sleep(SECOND);
  yield connection.open();
  yield connection.exchange(
    modbus.readDeviceIdentification(1, 1, [
      [0, 'Schneider Electric'],
      [1, 'BMX P34 2020'],
      [2, revision],
    ]),
  );
  for (;;) {
    yield connection.exchange(modbus.readRegisters(3, 1, unit(world), first, 10));
    yield world.timeline.sleep(500 * MILLISECOND);
  }
}

interface Options {
  readonly extra?: (world: World) => void;
  readonly revision?: string;
  readonly keep?: (frame: Frame) => boolean;
  readonly seconds?: number;
}

/** The cell with its HMI, and what a test adds or takes away. */
function heard({ extra = () => {}, revision = 'V2.60', keep = () => true, seconds = SECONDS }: Options = {}): Snapshot {
  const base = cell({ seconds });
  const { frames } = simulate({
    ...base,
    begin(world) {
      base.begin(world);
      for (const device of [modbusPlc, s7Plc, hmi]) claims(world, device);
      world.timeline.start(watch(world, revision));
      extra(world);
    },
  });
  return snapshotOf([...frames].filter(keep));
}

const pictures = new Map<Options, Picture>();

/** Each made once. */
function picture(options: Options = {}): Picture {
  const known = pictures.get(options);
  if (known !== undefined) return known;
  const snapshot = heard(options);
  const made = pictureOf({ snapshot, assets: assetsOf(snapshot) });
  pictures.set(options, made);
  return made;
}

/** A process that begins when all others run. */
const later = (steps: (world: World) => Process) => ({
  extra: (world: World) => world.timeline.after(20 * SECOND, () => world.timeline.start(steps(world))),
});

function modbusTalk(client: Asset, talk: (modbus: ModbusClient, world: World) => readonly Exchange[]) {
  return later(function* (world) {
    const connection = world.connection(link('modbus', client, modbusPlc));
    yield connection.open();
    for (const exchange of talk(new ModbusClient(500), world)) yield connection.exchange(exchange);
  });
}

function s7Talk(client: Asset, talk: (s7: S7Client) => readonly Exchange[]) {
  return later(function* (world) {
    const s7 = new S7Client(500);
    const connection = world.connection(link('s7comm', client, s7Plc));
    yield connection.open();
    yield connection.exchange(s7.connect(1, 0, 2, 0x0a));
    yield connection.exchange(s7.setup(480));
    for (const exchange of talk(s7)) yield connection.exchange(exchange);
  });
}

const ipOf = ({ bytes }: Frame, at: number) => [...bytes.subarray(at, at + 4)].join('.');
const isOf = (frame: Frame, { ip }: Asset) => ipOf(frame, 26) === ip || ipOf(frame, 30) === ip;
const told = (events: readonly PlantEvent[]) => events.map(({ kind, severity }) => `${severity} ${kind}`);

const before = picture();
const baseline = baselineOf(before);

const cases: readonly (readonly [what: string, options: Options, expected: readonly string[], title: RegExp])[] = [
  [
    'a laptop that is only heard',
    { extra: (world) => claims(world, laptop) },
    ['low new-asset'],
    /10\.1\.20\.99.* is new/,
  ],
  [
    'a laptop that reads a controller',
    modbusTalk(laptop, (modbus, world) => [modbus.readRegisters(3, 1, unit(world), 0, 2)]),
    ['high new-asset'],
    /10\.1\.20\.99.* is new/,
  ],
  [
    'a laptop that writes to a controller',
    modbusTalk(laptop, (modbus, world) => [modbus.writeRegister(1, unit(world), 9, 1)]),
    ['high new-asset', 'high new-writer'],
    /10\.1\.20\.99/,
  ],
  [
    'the same behind an address that looks like a broadcast',
    modbusTalk({ ...laptop, ip: '10.1.20.255' }, (modbus, world) => [modbus.writeRegister(1, unit(world), 9, 1)]),
    ['high new-asset', 'high new-writer'],
    /10\.1\.20\.255/,
  ],
  [
    'a station that wrote nothing and writes',
    modbusTalk(hmi, (modbus, world) => [modbus.writeRegister(1, unit(world), 9, 1)]),
    ['high new-writer'],
    /10\.1\.20\.21 writes to .*10\.1\.20\.1 .*did not before/,
  ],
  [
    'a station that tries to write and is refused',
    modbusTalk(hmi, (modbus) => [modbus.refused(1, 6, [0, 9, 0, 1], 2)]),
    ['medium new-writer'],
    /10\.1\.20\.21 writes to/,
  ],
  [
    'a station that writes in another way',
    modbusTalk(scada, (modbus) => [modbus.writeCoil(1, 3, true)]),
    ['medium new-operation'],
    /Write Single Coil/,
  ],
  [
    'registers that nobody read',
    modbusTalk(hmi, (modbus, world) => [modbus.readRegisters(3, 1, unit(world), 40, 4)]),
    ['low new-range'],
    /reads .*holding-register 40 to 43 of unit 1/,
  ],
  [
    'registers that nobody wrote',
    modbusTalk(scada, (modbus, world) => [modbus.writeRegisters(1, unit(world), 40, [1, 2])]),
    ['medium new-range'],
    /writes .*holding-register 40 to 41 of unit 1/,
  ],
  ['another firmware', { revision: 'V3.10' }, ['medium firmware-changed'], /firmware: V3\.10, before V2\.60/],
  [
    'a controller that is stopped',
    s7Talk(scada, (s7) => [s7.plcStop()]),
    ['high controller-stop'],
    /10\.1\.10\.1 stopped/,
  ],
  [
    'a program that is downloaded',
    s7Talk(scada, (s7) => [s7.requestDownload(7, 300)]),
    ['critical new-programmer'],
    /10\.1\.10\.1 programs .*10\.1\.20\.2 /,
  ],
  [
    'a program that is read out',
    s7Talk(scada, (s7) => [s7.startUpload(7, 300), s7.endUpload()]),
    ['high new-programmer'],
    /10\.1\.10\.1 reads the program of/,
  ],
  [
    'two stations that did not talk',
    s7Talk(hmi, () => []),
    ['medium new-conversation'],
    /10\.1\.20\.21 talks to .*10\.1\.20\.2 over/,
  ],
  [
    'an address that two devices use',
    { extra: (world) => claims(world, { ...laptop, ip: modbusPlc.ip }) },
    ['high address-conflict'],
    /10\.1\.20\.1 is used by two devices/,
  ],
  [
    'one that poses as others',
    { extra: (world) => poses(world) },
    ['critical arp-spoofing'],
    /3c:97:0e:00:20:99 claims 2 addresses of others/,
  ],
  [
    'a device that falls silent',
    { keep: (frame) => !isOf(frame, outstation) },
    ['medium asset-silent'],
    /10\.1\.20\.4 is not heard any more/,
  ],
  [
    'a device that does not answer any more',
    { keep: (frame) => ipOf(frame, 26) !== modbusPlc.ip || frame.time < 40 * SECOND },
    ['high loss-of-view', 'high loss-of-view'],
    /10\.1\.20\.1 does not answer/,
  ],
  [
    'a scan of addresses',
    { extra: (world) => scan(world, 20) },
    ['high scan'],
    /10\.1\.20\.21 tried 20 addresses in vain/,
  ],
  [
    'a few addresses that are not there',
    { extra: (world) => scan(world, 3) },
    Array(3).fill('low new-conversation'),
    /over/,
  ],
];

/** The laptop claims the addresses of two controllers. */
function poses(world: World): void {
  for (const { ip } of [modbusPlc, s7Plc]) claims(world, laptop, ip);
}

/** The HMI asks addresses of its segment that nobody has. */
function scan(world: World, addresses: number): void {
  for (let host = 100; host < 100 + addresses; host++) {
    const nobody = { ...laptop, ip: `10.1.20.${host}`, mac: BROADCAST };
    world.flow(link('ntp', hmi, nobody)).send('client', { bytes: new Uint8Array(48), operations: [] });
  }
}

describe('one thing that changes is told, and nothing else', () => {
  test.each(cases)('%s', (_, options, expected, title) => {
    const events = compare(baseline, picture(options));
    expect(told(events)).toEqual(expected);
    expect(events[0]?.title).toMatch(title);
  });

  test('every event names what it is about, where it was heard, and has an id of its own', () => {
    for (const [, options] of cases) {
      const events = compare(baseline, picture(options));
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      for (const { kind, assets, reasons, technique, samples, firstSeen } of events) {
        expect(assets.length + samples.length).toBeGreaterThan(0);
        expect(reasons.length).toBeGreaterThan(0);
        expect([EVENT_KINDS[kind].technique, 'T0836', 'T0845', null]).toContain(technique);
        expect(firstSeen === null).toBe(kind === 'asset-silent');
      }
    }
  });
});

test('a scan that sweeps over a broadcast address is one all the same, where nothing else is heard', () => {
  const conversation = before.conversations.find(({ transport }) => transport === 'tcp') as ConversationSnapshot;
  const silent = { recognised: false, protocol: 'tcp/502', packetsFromServer: 0, operations: [], serverId: null };
  const conversations = Array.from({ length: 20 }, (_, index) => {
    return { ...conversation, ...silent, server: `10.1.20.${236 + index}` };
  });
  expect(told(scanEvents({ ...before, conversations }))).toEqual(['high scan']);
  // one direction of everything: the answers may be there, and not be heard
  const others = conversations.map((entry, index) => ({ ...entry, client: `10.1.30.${index}` }));
  expect(scanEvents({ ...before, conversations: [...conversations, ...others] })).toEqual([]);
});

describe('what did not change', () => {
  test('the same plant gives nothing', () => {
    expect(differences(before, before)).toEqual([]);
  });

  test('a little more of the same gives nothing', () => {
    expect(compare(baseline, picture({ seconds: Math.ceil(1.05 * SECONDS) }))).toEqual([]);
  });

  test('a little less of it gives nothing', () => {
    expect(compare(baseline, picture({ seconds: Math.floor(0.95 * SECONDS) }))).toEqual([]);
  });

  test('a capture too short for silence says nothing of silence', () => {
    const short = picture({ seconds: 30, keep: (frame) => !isOf(frame, outstation) });
    expect(told(compare(baseline, short))).toEqual([]);
  });

  test('what happened in both is no difference', () => {
    const stopped = picture(s7Talk(scada, (s7) => [s7.plcStop()]));
    expect(told(stopped.occurrences)).toEqual(['high controller-stop']);
    expect(differences(stopped, stopped)).toEqual([]);
  });

  test('a baseline that was kept as JSON is the same', () => {
    const kept = JSON.parse(JSON.stringify(baseline)) as Baseline;
    expect(kept).toEqual(baseline);
    const changed = picture(cases[2]?.[1]);
    expect(compare(kept, changed)).toEqual(compare(baseline, changed));
  });

  test('the order of assets and conversations does not matter', () => {
    const changed = picture(cases[2]?.[1]);
    const turned = {
      ...changed,
      assets: changed.assets.toReversed(),
      conversations: changed.conversations.toReversed(),
    };
    const back = { ...before, assets: before.assets.toReversed(), conversations: before.conversations.toReversed() };
    const ids = (events: readonly PlantEvent[]) => events.map(({ id, severity, title }) => [id, severity, title]);
    expect(ids(differences(back, turned))).toEqual(ids(differences(before, changed)));
  });
});

describe('a report that is read back', () => {
  const report = (of: Options = {}) => pictureOfReport(JSON.stringify(reportOf(plantOf(heard(of)))));
  const unchanged = report();

  test.each([
    ['nothing', {}],
    ['a laptop that writes to a controller', cases[2]?.[1]],
    ['a controller that is stopped', s7Talk(scada, (s7) => [s7.plcStop()])],
    ['an address that two devices use', { extra: (world: World) => claims(world, { ...laptop, ip: modbusPlc.ip }) }],
  ])('tells the same differences as the capture: %s', (_, options) => {
    expect(differences(unchanged, report(options))).toEqual(differences(before, picture(options)));
  });

  test.each([
    ['REPORT_NOT_JSON', '{"format":'],
    ['REPORT_NOT_A_REPORT', '{}'],
    ['REPORT_NOT_A_REPORT', '{"format":"fieldmark.report/2"}'],
    ['REPORT_NOT_A_REPORT', '[]'],
  ])('%s for what is none: %s', (code, text) => {
    expect(() => pictureOfReport(text)).toThrow(expect.objectContaining({ code }));
  });

  test('names the place where it is no report', () => {
    const report = JSON.parse(JSON.stringify(reportOf(plantOf(heard())))) as { assets: { role: unknown }[] };
    const [, second] = report.assets;
    if (second !== undefined) second.role = 7;
    expect(() => pictureOfReport(JSON.stringify(report))).toThrow('/assets/1/role');
  });
});

describe('suppression', () => {
  const snapshot = heard(s7Talk(scada, (s7) => [s7.plcStop()]));
  const events = eventsOf({ snapshot, assets: assetsOf(snapshot) }, baseline);
  const [event] = events as [PlantEvent];
  const suppression = (match: Partial<Suppression['match']>, until: number | null = null): Suppression => ({
    match: { kind: 'controller-stop', asset: null, conversation: null, ...match },
    ...{ by: 'ines', at: 1, reason: 'commissioning', until },
  });

  test.each<[string, boolean, Suppression]>([
    ['a kind', true, suppression({})],
    ['another kind', false, suppression({ kind: 'scan' })],
    ['one of its assets', true, suppression({ asset: 'ip-10.1.20.2' })],
    ['another asset', false, suppression({ asset: 'ip-10.1.20.1' })],
    ['its client', true, suppression({ conversation: { client: '10.1.10.1' } })],
    [
      'its client and another server',
      false,
      suppression({ conversation: { client: '10.1.10.1', server: '10.1.20.1' } }),
    ],
    ['a time that is over', false, suppression({}, 2)],
    ['a time that is not', true, suppression({}, Number.MAX_SAFE_INTEGER)],
  ])('by %s: %s', (_, suppressed, given) => {
    const all = suppress(events, [given]);
    expect(all).toHaveLength(events.length);
    expect(all[0]).toEqual({ ...event, suppressed: suppressed ? given : null });
  });

  test('is part of what a plant tells', () => {
    const plant = plantOf(snapshot, { baseline, suppressions: [suppression({})] });
    expect(plant.events.map(({ kind, suppressed }) => [kind, suppressed?.reason])).toEqual([
      ['controller-stop', 'commissioning'],
    ]);
    expect(reportOf(plant).events[0]?.suppressed).toMatchObject({ by: 'ines', until: null });
  });
});

describe('severity', () => {
  const of = (kind: EventKind, weight: Parameters<typeof eventOf>[1]['weight']) =>
    eventOf(kind, { about: '', title: '', ...(weight === undefined ? {} : { weight }) }).severity;

  test.each<[string, EventKind, Parameters<typeof eventOf>[1]['weight']]>([
    ['high', 'controller-stop', undefined],
    ['critical', 'controller-stop', { safety: true }],
    ['medium', 'controller-stop', { attempt: true }],
    ['high', 'controller-stop', { safety: true, attempt: true }],
    ['critical', 'new-programmer', { safety: true }],
    ['low', 'exception-burst', { attempt: true }],
    ['high', 'asset-silent', { missed: true }],
  ])('%s %s %o', (expected, kind, weight) => {
    expect(of(kind, weight)).toBe(expected);
  });
});

test('a range is covered exactly when each of its addresses was touched', () => {
  const range = fc.tuple(fc.nat(60), fc.nat(12)).map(([first, more]) => ({ first, last: first + more }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), range, (ranges, asked) => {
      const whole = (entry: { first: number; last: number }) => ({ unit: 1, space: 'x', name: null, ...entry });
      const coverage = coverageOf([{ access: 'read', ranges: ranges.map(whole) }]);
      const touched = new Set(
        ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
      );
      const all = Array.from({ length: asked.last - asked.first + 1 }, (_, i) => asked.first + i).every((at) =>
        touched.has(at),
      );
      expect(covers(coverage, 'read', whole(asked))).toBe(all);
      expect(covers(coverage, 'write', whole(asked))).toBe(false);
    }),
    { numRuns: runs(200) },
  );
});
