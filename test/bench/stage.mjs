/**
 * `node stage.mjs FILE STAGE [PROTOCOL,… | THREADS]`: reads a capture as far as one stage of the pipeline, with some
 * protocols alone or by several threads where that is asked for, and prints what that took, as JSON.
 * Each stage has a process of its own, so that what the compiler learns of one does not colour the next.
 */
import { analyze } from '../../dist/agent/analyze.js';
import { readCapture } from '../../dist/agent/capture/read-capture.js';
import { LIMITS } from '../../dist/agent/limits.js';
import { plantOf } from '../../dist/agent/plant.js';
import { reportOf } from '../../dist/agent/report/report.js';
import { Sensor } from '../../dist/agent/sensor.js';
import { PacketReader } from '../../dist/parsers/net/packet.js';
import { protocols } from '../../dist/parsers/registry.js';

const [file, stage, names = ''] = process.argv.slice(2);

const stages = {
  /** The file's records, untouched. */
  reading: () => {
    const count = { packets: 0, bytes: 0 };
    return through(count, (_b, _at, _end, wireBytes) => {
      count.packets++;
      count.bytes += wireBytes;
    });
  },

  /** Every frame's headers, to its transport. */
  headers: () => {
    const { fragmentedDatagrams: datagrams, fragmentsPerDatagram: pieces, fragmentTimeout: timeout } = LIMITS;
    const reader = new PacketReader({ datagrams, pieces, timeout }, () => {});
    const count = { packets: 0, bytes: 0, kinds: 0 };
    return through(count, (b, at, end, wireBytes, time, link, fcsBytes) => {
      count.packets++;
      count.bytes += wireBytes;
      count.kinds += reader.read(b, at, end, link, fcsBytes, time); // used, so that it cannot be left out
    });
  },

  /** Flows found and counted, copies of the mirror port recognised; no payload is looked into. */
  flows: async () => {
    const sensor = new Sensor({ protocols: [] });
    await readCapture(file, sensor);
    sensor.finish();
    return { packets: sensor.counters.packets, bytes: sensor.counters.bytes };
  },

  /** The same, and the streams of some protocols put in order and decoded. */
  decoding: async () => {
    const wanted = new Set(names.split(','));
    const sensor = new Sensor({ protocols: protocols.filter(({ name }) => wanted.has(name)) });
    await readCapture(file, sensor);
    sensor.finish();
    const { packets, bytes, outcomes } = sensor.counters;
    return { packets, bytes, messages: outcomes.reduce((sum, count) => sum + count, 0) };
  },

  /** Streams put in order, messages decoded, and the report made. */
  whole: async () => {
    const { capture, conversations } = reportOf(plantOf(await analyze([file], { threads: 1 })));
    const operations = conversations
      .filter((conversation) => conversation.operations.length > 0)
      .map(({ client, server, protocol, port, operations: counts }) => ({
        ends: `${client} ${server} ${protocol} ${port}`,
        counts: counts.map(({ code, requests, responses, errors }) => ({ code, requests, responses, errors })),
      }));
    return { packets: capture.packets, bytes: capture.bytes, operations };
  },

  /** The same by several threads, as many as the third argument says. */
  together: async () => {
    const { capture } = reportOf(plantOf(await analyze([file], { threads: Number(names) })));
    return { packets: capture.packets, bytes: capture.bytes };
  },
};

async function through(count, frame) {
  await readCapture(file, { frame });
  return count;
}

const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const result = await stages[stage]();
const { user, system } = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - startedAt) / 1000;
const rssBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ ...result, seconds, cpuSeconds: (user + system) / 1e6, rssBytes }));
