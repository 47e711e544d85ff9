/** The thread that `watched` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { targetOf } from '../targets/index.ts';
import { campaign } from './campaign.ts';
import { written } from './case.ts';
import { type CampaignData, watchOf } from './watched.ts';

const { target, seconds, seed, corpus, shared } = workerData as CampaignData;
const watch = watchOf(shared);

const result = await campaign(await targetOf(target), {
  seconds,
  seed,
  corpus,
  trying(made) {
    const text = Buffer.from(written(made), 'utf8');
    watch.text.set(text.subarray(0, watch.text.length));
    watch.length[0] = Math.min(text.length, watch.text.length);
    Atomics.add(watch.begun, 0, 1);
  },
});
parentPort?.postMessage(result);
