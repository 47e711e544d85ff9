import { PacketReader } from '../../parsers/net/packet.ts';
import { readCapture } from '../capture/read-capture.ts';
import { LIMITS } from '../limits.ts';
import { BUCKETS, bucketOf, LINKED_BUCKET } from './share.ts';

/** A packet with payload costs so many times what one without does, by measurement of plants' protocols. */
const WITH_PAYLOAD = 2;
/** And one of linked protocols so many times what another does. */
const LINKED = 1.15;

/** Captures that are looked into, spread over all, and how many bytes from the start of each, as they are stored. */
const SAMPLES = 4;
const SAMPLE_BYTES = 4 << 20;

/**
 * How many of the first packets of captures fall into each bucket of a share. What cannot be read counts for nothing.
 * @param sources files
 */
export async function bucketLoads(sources: readonly string[], seed: number): Promise<Float64Array> {
  const loads = new Float64Array(BUCKETS);
  const { fragmentedDatagrams: datagrams, fragmentsPerDatagram: pieces, fragmentTimeout: timeout } = LIMITS;
  const step = Math.max(1, Math.floor(sources.length / SAMPLES));
  for (const source of sources.filter((_, index) => index % step === 0).slice(0, SAMPLES)) {
    const reader = new PacketReader({ datagrams, pieces, timeout }, () => {});
    const enough = new AbortController();
    await readCapture(
      source,
      {
        frame(b, at, end, _, time, link, fcsBytes) {
          const kind = reader.read(b, at, end, link, fcsBytes, time);
          const { view } = reader;
          const bucket = bucketOf(view, kind, seed);
          loads[bucket] = (loads[bucket] as number) + (view.payloadEnd > view.payloadAt ? WITH_PAYLOAD : 1);
        },
      },
      {
        signal: enough.signal,
        onProgress: (bytesRead) => {
          if (bytesRead >= SAMPLE_BYTES) enough.abort();
        },
      },
    ).catch(() => {}); // why it cannot be read on is said by those who read it whole
  }
  loads[LINKED_BUCKET] = (loads[LINKED_BUCKET] as number) * LINKED;
  return loads;
}
