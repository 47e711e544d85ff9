/** Things of which there are many share few shapes: with a shape of its own each takes half a kilobyte more, and every look at it longer. */
import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { sceneOf } from '../agent/baseline/picture.ts';
import { plantOf } from '../agent/plant.ts';
import { reportOf } from '../agent/report/report.ts';

setFlagsFromString('--allow-natives-syntax');
const haveSameShape = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean;

/** The first few are made before an engine settles; a number without fraction may have another shape than one with. */
const FEW = 12;

test('hosts, conversations, operations and assets share their shapes, as they are heard and as they are reported', async () => {
  const snapshot = await analyze(['fixtures/plant/demo.pcap'], { threads: 1 });
  const plant = plantOf(snapshot);
  const scene = sceneOf(plant);
  const report = reportOf(plant);
  const all: Record<string, readonly object[]> = {
    hosts: snapshot.hosts,
    evidence: snapshot.hosts.flatMap(({ evidence }) => evidence),
    conversations: snapshot.conversations,
    operations: snapshot.conversations.flatMap(({ operations }) => operations),
    assets: plant.assets.all,
    flows: plant.flows,
    'assets of a scene': scene.assets,
    'assets of a report': report.assets,
    'conversations of a report': report.conversations,
  };
  for (const [name, things] of Object.entries(all)) {
    const shapes: object[] = [];
    for (const thing of things) if (!shapes.some((shape) => haveSameShape(shape, thing))) shapes.push(thing);
    expect(things.length, name).toBeGreaterThan(2 * FEW);
    expect(shapes.length, name).toBeLessThan(FEW);
  }
});
