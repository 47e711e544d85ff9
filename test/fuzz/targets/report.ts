/** Reports that are read back: JSON that anybody may have changed. */
import type { Target } from '../engine/case.ts';
import { demo } from './demo.ts';

const FRAMES = 400;
const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

export const target: Target = {
  name: 'report',
  tags: ['text'],
  mostBytes: 400_000,
  mostParts: 1,
  text: 'json',
  async open() {
    const { pictureOfReport } = await import('../../../agent/report/read-report.ts');
    const { differences } = await import('../../../agent/baseline/events.ts');
    const { diffOf } = await import('../../../agent/report/diff.ts');
    const { diffText } = await import('../../../api/terminal/events.ts');
    const { FieldmarkError } = await import('../../../agent/errors.ts');
    const { plantOf } = await import('../../../agent/plant.ts');
    const { reportOf } = await import('../../../agent/report/report.ts');
    const { takeSnapshot } = await import('../../../agent/model/take-snapshot.ts');
    const { Sensor } = await import('../../../agent/sensor.ts');

    const text = (first: number, count: number) => {
      const sensor = new Sensor();
      sensor.beginFile(0);
      for (const { bytes, time } of demo().slice(first, first + count))
        sensor.frame(bytes, 0, bytes.length, bytes.length, time, 1, 0);
      sensor.finish();
      return JSON.stringify(reportOf(plantOf(takeSnapshot(sensor, []))));
    };
    const other = pictureOfReport(text(2000, FRAMES));
    const seeds = [text(0, 0), text(0, 8), text(3000, 40), text(3050, 60)];
    return {
      covers: (path) =>
        path.startsWith('agent/report/read-report') ||
        path.startsWith('agent/baseline/') ||
        path.startsWith('api/terminal/events'),
      seeds: seeds.map((json) => [{ tag: 'text', bytes: Uint8Array.from(Buffer.from(json, 'utf8')) }]),
      attempt(made) {
        let picture: ReturnType<typeof pictureOfReport>;
        try {
          picture = pictureOfReport(Buffer.from(made[0]?.bytes ?? []).toString('utf8'));
        } catch (error) {
          if (!(error instanceof FieldmarkError)) throw error;
          return;
        }
        const sides = [
          { name: 'a.json', picture },
          { name: 'b.json', picture: other },
        ] as const;
        for (const [before, after] of [sides, [sides[1], sides[0]]] as const) {
          const events = differences(before.picture, after.picture);
          JSON.stringify(diffOf(before, after, events));
          const shown = diffText(before, after, events, {});
          if (UNSHOWABLE.test(shown.replaceAll('\n', '')))
            throw new Error(`not for a terminal: ${JSON.stringify(shown)}`);
        }
      },
    };
  },
};
