/**
 * The ceilings of everything that grows with traffic. Each has its unit and its reason; a counter in `counters.ts`
 * tells how often one was hit. Together they keep a sensor below 250 MB of resident memory, whatever it hears, and a run
 * below 512 MB until its report is written; `docs/limits.md` says what that rests on.
 */
export interface Limits {
  /** Flows (5-tuples) under watch. 200 bytes each with its buckets: 52 MB. A plant has thousands; scans and spoofing push out the idle. */
  readonly flows: number;
  /**
   * Those of the flows that have shown no more than a packet each way and nothing that was recognised: scanners' and
   * forgers', as soon as there are many. The table stays small enough for the processor's cache under their flood, and
   * 100,000 new ones a second still wait 0.3 s each for more: longer than an answer takes.
   */
  readonly passingFlows: number;
  /** Flows whose payload is being decoded or identified. About 4 kB each with their counts. */
  readonly dialogues: number;
  /** Addresses (IP or MAC). About 70 bytes each: a /8 scan must not become the inventory. */
  readonly hosts: number;
  /** Addresses in a picture of what was heard. An asset has two (IP and MAC), and takes some 20 kB until it is reported. */
  readonly listedHosts: number;
  /** Those of them that nothing speaks for; of more, samples are listed and the others summed up (`model/passers-by.ts`). */
  readonly passersBy: number;
  /** Pairs of an address and the MAC and VLAN it was seen behind. */
  readonly sightings: number;
  /** Those of one address: routers, redundant paths and VLANs make a dozen; more MACs are forged. */
  readonly sightingsPerHost: number;
  /** Conversations (client, server, service, protocol). Beyond it, new ones are counted but not kept. */
  readonly conversations: number;
  /**
   * Those of them that begin with a single packet in which nothing is recognised: scanners' and forgers', as soon as there
   * are many. So many show a scan, or a flood, for what it is.
   */
  readonly passingConversations: number;
  /** Operations (code and unit) told apart in one conversation. A DNP3 master of 1,000 stations needs thousands. */
  readonly operationsPerConversation: number;
  /** Address ranges told apart in one conversation; beyond it they widen one another. */
  readonly rangesPerConversation: number;
  /** Operations of all conversations, some 250 bytes each: 10,000 devices asked in ten ways by two clients each. */
  readonly operations: number;
  /** Address ranges of all conversations, some 300 bytes each. */
  readonly ranges: number;
  /** Bytes of all identity evidence: some 500 a value, 20 values a device, 10,000 devices. */
  readonly evidenceBytes: number;
  /** Pieces of identity evidence kept of one flow: all DHCP clients of a plant share one, a DNS server names hundreds. */
  readonly evidencePerConversation: number;
  /** Bytes held for messages that straddle segments, all flows together; short ones are held in any case. */
  readonly heldMessageBytes: number;
  /** Bytes held of segments that came before their turn, all flows together; a short one of each flow in any case. */
  readonly heldSegmentBytes: number;
  /** Bytes of operations, ranges and evidence of flows under decode, beyond the few that nearly all have. */
  readonly heldFactBytes: number;
  /** Segments of one direction that wait for one that is missing. */
  readonly waitingSegments: number;
  /** Microseconds after which a missing segment is taken for lost. */
  readonly segmentTimeout: number;
  /** Payload segments or datagrams after which a flow that nothing recognised is no longer looked into. */
  readonly identificationAttempts: number;
  /** The same on a registered port, where an odd start may be followed by the real thing. */
  readonly identificationAttemptsOnPort: number;
  /** IP datagrams in reassembly. 64 kB each at worst: 16 MB. */
  readonly fragmentedDatagrams: number;
  readonly fragmentsPerDatagram: number;
  /** Microseconds; RFC 791 suggests 15 s. */
  readonly fragmentTimeout: number;
  /**
   * Microseconds within which a frame that repeats another is the mirror's doing. Copies of one frame leave a switch
   * within a millisecond; across a router within a few. No sender repeats itself (same IP identification) that fast.
   */
  readonly duplicateWindow: number;
  /** Connections announced by one flow and used in another (CIP implicit I/O). */
  readonly announcements: number;
}

export const LIMITS: Limits = {
  flows: 262_144,
  passingFlows: 32_768,
  dialogues: 16_384,
  hosts: 131_072,
  listedHosts: 32_768,
  passersBy: 4096,
  sightings: 131_072,
  sightingsPerHost: 64,
  conversations: 131_072,
  passingConversations: 16_384,
  operationsPerConversation: 4096,
  rangesPerConversation: 1024,
  operations: 262_144,
  ranges: 262_144,
  evidenceBytes: 96 << 20,
  evidencePerConversation: 4096,
  heldMessageBytes: 16 << 20,
  heldSegmentBytes: 16 << 20,
  heldFactBytes: 64 << 20,
  waitingSegments: 64,
  segmentTimeout: 1_000_000,
  identificationAttempts: 8,
  identificationAttemptsOnPort: 64,
  fragmentedDatagrams: 256,
  fragmentsPerDatagram: 64,
  fragmentTimeout: 15_000_000,
  duplicateWindow: 10_000,
  announcements: 65_536,
};
