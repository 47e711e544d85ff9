/** What the sensor met, passed over or had to give up: plain counts, shown in every report's `capture.quality`. */
import { FAULTS } from '../parsers/net/packet-view.ts';

export class Counters {
  packets = 0;
  bytes = 0;
  /** Frames by what they hold. */
  tcp = 0;
  udp = 0;
  otherIp = 0;
  arp = 0;
  otherEthernet = 0;
  /** Frames that could not be read to their transport, by `Fault`. */
  readonly faults = new Float64Array(FAULTS.length);
  /** Frames that repeat another within `limits.duplicateWindow`: the mirror port shows them twice. */
  duplicates = 0;
  /** Packets captured shorter than they were. */
  cutPackets = 0;
  fragments = 0;
  tunnelled = 0;
  vlanTagged = 0;
  /** Frames to an address of all or many. */
  broadcasts = 0;
  /** TCP segments with payload that had all been seen before. */
  retransmissions = 0;
  /** TCP segments that came before their turn. */
  reordered = 0;
  /** Holes in TCP streams that never filled. */
  gaps = 0;
  /** Messages decoded, by `Outcome`. */
  readonly outcomes = new Float64Array(4);
  /** Bytes passed over in search of a message, in streams that are decoded. */
  skippedBytes = 0;
  /** Frames the capturing machine says it lost. */
  droppedByCapture = 0;

  /** Entries pushed out or turned away because a table of `limits.ts` was full. */
  flowsEvicted = 0;
  dialoguesEvicted = 0;
  hostsRefused = 0;
  sightingsRefused = 0;
  conversationsRefused = 0;
  operationsRefused = 0;
  rangesMerged = 0;
  evidenceRefused = 0;
}
