/** Frames of any kind through the sensor, and all that is told of a plant, in every form. */
import { isDeepStrictEqual } from 'node:util';
import type { Format } from '../../../agent/report/formats.ts';
import { ETHERNET_FRAMES, LINK_FRAMES } from '../../wrapped-frames.ts';
import { bytesOf, type Case, type Part, type Target } from '../engine/case.ts';
import { demo } from './demo.ts';
import { checkCeilings, START, TINY } from './sensing.ts';

/** Frames of one seed, and from one to the next in the demo capture. */
const FRAMES = 30;
const STRIDE = 230;
/** How long after the one before a frame comes, in microseconds. */
const GAPS: Readonly<Record<string, number>> = {
  soon: 100,
  later: 2_000_000,
  'next day': 86_400_000_000,
  before: -50_000,
};
/** Control characters that would move or clear a terminal; ends of lines are ours. */
const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const METHOD = { tool: 'Fieldmark', version: '0', captures: [], policySha256: null } as const;

export const target: Target = {
  name: 'pipeline',
  tags: [...Object.keys(GAPS).map((gap) => `link 1 ${gap}`), ...LINK_FRAMES.map(([, link]) => `link ${link} soon`)],
  mostBytes: 2000,
  mostParts: 60,
  async open() {
    const { Sensor } = await import('../../../agent/sensor.ts');
    const { takeSnapshot } = await import('../../../agent/model/take-snapshot.ts');
    const { plantOf } = await import('../../../agent/plant.ts');
    const { FORMATS } = await import('../../../agent/report/formats.ts');
    const { CSV_TABLES } = await import('../../../agent/report/csv/tables.ts');
    const { assess } = await import('../../../agent/assess/assess.ts');
    const { pictureOfReport } = await import('../../../agent/report/read-report.ts');
    const { differences, pictureOf } = await import('../../../agent/baseline/events.ts');
    const { proposePolicy } = await import('../../../agent/policy/propose-policy.ts');
    const { writePolicy } = await import('../../../agent/policy/write-policy.ts');
    const { readPolicy } = await import('../../../agent/policy/read-policy.ts');
    const { summaryOf } = await import('../../../api/terminal/summary.ts');
    const forms: readonly Format[] = Object.values(FORMATS);
    const tables = Object.keys(CSV_TABLES) as (keyof typeof CSV_TABLES)[];
    return {
      covers: (path) => path.startsWith('agent/') || path.startsWith('parsers/net/'),
      seeds: seeds(),
      attempt(made) {
        const sensor = new Sensor({ limits: TINY });
        sensor.beginFile(0);
        let time = START;
        for (const { tag, bytes } of made) {
          const [, link, gap = ''] = tag.split(/ (\d+) /);
          time += GAPS[gap] ?? 0;
          sensor.frame(bytes, 0, bytes.length, bytes.length, time, Number(link), 0);
        }
        checkCeilings(sensor, TINY);
        sensor.finish();
        const plant = plantOf(
          takeSnapshot(sensor, [{ name: 'a.pcap', packets: made.length, bytes: 0, hearing: null, error: null }]),
        );
        const summary = summaryOf(plant, {});
        if (UNSHOWABLE.test(summary.replaceAll('\n', '')))
          throw new Error(`not for a terminal: ${JSON.stringify(summary)}`);
        const assessment = assess(plant, METHOD);
        // one of the forms, and one of the tables, in turn: all would take most of the time
        const size = bytesOf(made);
        const table = tables[size % tables.length] as (typeof tables)[number];
        for (const _ of forms[size % forms.length]?.write(plant, assessment, table) ?? []);
        const read = pictureOfReport([...FORMATS.json.write(plant, assessment)].join(''));
        const changed = differences(read, pictureOf(plant));
        if (changed.length > 0) throw new Error(`differs from its own report: ${changed[0]?.title}`);
        const { policy, notes, ambiguous } = proposePolicy(plant);
        const again = readPolicy(writePolicy(policy, notes), 'proposed');
        if (!isDeepStrictEqual(again, policy)) throw new Error('a policy that was written reads as another');
        if (ambiguous.length > 0) return; // a policy cannot tell such devices apart, and says so
        const [violation] = plantOf(plant.snapshot, { policy }).check?.violations ?? [];
        if (violation !== undefined) throw new Error(`its own proposal is violated: ${JSON.stringify(violation)}`);
      },
    };
  },
};

function seeds(): Case[] {
  const frames = demo();
  const stretches: Case[] = [];
  for (let at = 0; at + FRAMES <= frames.length; at += STRIDE) {
    stretches.push(frames.slice(at, at + FRAMES).map(({ bytes }): Part => ({ tag: 'link 1 soon', bytes })));
  }
  return [
    ...stretches,
    ETHERNET_FRAMES.map(([, bytes]) => ({ tag: 'link 1 later', bytes })),
    LINK_FRAMES.map(([, link, bytes]) => ({ tag: `link ${link} soon`, bytes })),
  ];
}
