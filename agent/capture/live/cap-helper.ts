/**
 * The capture helper for machines without tcpdump and dumpcap: a process of its own that reads an interface by libpcap
 * (the `cap` binding) and writes a pcap stream to its standard output. The binding gives neither the kernel's time stamps
 * nor its count of lost packets; where nothing is filtered out, what the interface received and did not come is counted.
 *
 * Arguments: INTERFACE FILTER SNAP-LENGTH RING-BYTES
 */
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { countsOf } from './interfaces.ts';

/** The parts of `cap` that are used; nothing of it that sends. */
interface Cap {
  /** Always promiscuous; the binding takes packets of up to 65,535 bytes. */
  open(device: string, filter: string, bufferSize: number, buffer: Buffer): string;
  setMinBytes?(bytes: number): void;
  on(event: 'packet', listener: (bytes: number, truncated: boolean) => void): void;
}

/** Packets are handed on together: one write for each would cost more than capturing it. */
const BATCH_BYTES = 256 << 10;
const BATCH_MILLISECONDS = 50;

const PCAP_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
/** LINKTYPE_ numbers (tcpdump.org/linktypes) of the names that `cap` gives. */
const LINK_TYPES: Readonly<Record<string, number>> = { NULL: 0, ETHERNET: 1, RAW: 101, LINKTYPE_LINUX_SLL: 113 };

/** Not process.stdout, which would have its pipe refuse what it cannot take at once. */
const STANDARD_OUTPUT = 1;

/** What the binding asks libpcap for. */
const MOST_CAPTURED = 65_535;

const [device = '', filter = '', snapLength = '262144', ringBytes = '0'] = process.argv.slice(2);

// kept for as long as the capture is open: libpcap's thread writes into it
const packet = Buffer.alloc(Math.min(MOST_CAPTURED, Number(snapLength)));
const cap = binding();
// written by threads of their own: libpcap's ring has few places (docs/deployment.md), and is emptied while nobody reads
const output = createWriteStream('', { fd: STANDARD_OUTPUT });
const most = Number(ringBytes);
let captured = 0;
let batch = emptyBatch();
let batched = 0;

try {
  setPriority(constants.priority.PRIORITY_HIGH);
} catch {
  // it is not permitted to everybody, and works without
}
const link = LINK_TYPES[opened()] ?? fail('the interface has a link type that this helper does not know');
cap.setMinBytes?.(0);

const header = Buffer.alloc(PCAP_HEADER_BYTES);
header.writeUInt32LE(0xa1b2_c3d4, 0);
header.writeUInt16LE(2, 4);
header.writeUInt16LE(4, 6);
header.writeUInt32LE(packet.length, 16);
header.writeUInt32LE(link, 20);
output.write(header);

cap.on('packet', (bytes) => {
  if (batched >= BATCH_BYTES) {
    if (output.writableLength > most) return; // lost, and counted as such: the interface received it
    handOn();
  }
  captured++;
  const kept = Math.min(bytes, packet.length);
  const microseconds = Math.round(1000 * (performance.timeOrigin + performance.now()));
  const seconds = Math.floor(microseconds / 1e6);
  batch.writeUInt32LE(seconds, batched);
  batch.writeUInt32LE(microseconds - 1e6 * seconds, batched + 4);
  batch.writeUInt32LE(kept, batched + 8);
  batch.writeUInt32LE(bytes, batched + 12);
  packet.copy(batch, batched + RECORD_HEADER_BYTES, 0, kept);
  batched += RECORD_HEADER_BYTES + kept;
});

function binding(): Cap {
  try {
    const { Cap } = createRequire(import.meta.url)('cap') as { Cap: new () => Cap };
    return new Cap();
  } catch (error) {
    return fail(`the cap binding cannot be loaded: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}

/** Opens the interface; answers its link type. */
function opened(): string {
  try {
    return cap.open(device, filter, Number(ringBytes), packet);
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

function emptyBatch(): Buffer {
  return Buffer.allocUnsafe(BATCH_BYTES + packet.length + RECORD_HEADER_BYTES);
}

function handOn(): void {
  if (batched === 0) return;
  output.write(batch.subarray(0, batched));
  batch = emptyBatch();
  batched = 0;
}

setInterval(handOn, BATCH_MILLISECONDS);
process.on('SIGINT', () => {
  handOn();
  output.end(() => process.exit(0));
});
output.on('error', () => process.exit(0)); // nobody reads any more

// What the interface had received when it was looked last has come by now, or it never will. While packets go on coming
// they hide as many lost ones; when they pause, the count is exact.
const receivedBefore = countsOf(device).received;
let receivedAtLook: number | null = null;
process.on('SIGUSR2', () => {
  const expected = receivedAtLook;
  receivedAtLook = countsOf(device).received;
  if (filter !== '' || expected === null || receivedBefore === null) return;
  process.stderr.write(`${Math.max(0, expected - receivedBefore - captured)} packets dropped by kernel\n`);
});
process.stderr.write(`listening on ${device}\n`);
