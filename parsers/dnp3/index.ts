/** DNP3 over TCP and UDP: IEEE 1815-2012. A message is one frame of its data link layer. */
import { u8 } from '../bytes.ts';
import { type Decoder, type FactSink, NOT_A_PDU, Outcome, type Protocol, Recognition, Sender } from '../protocol.ts';
import { Application } from './application.ts';
import { EVIDENCE } from './evidence.ts';
import {
  Control,
  control,
  copySegment,
  destination,
  FrameKind,
  frame,
  frameKind,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  MAX_SEGMENT_BYTES,
  ONE_BLOCK_BYTES,
  source,
  USER_DATA,
  userDataBytes,
  userDataIntact,
} from './link.ts';
import { operation, spaceName } from './operations.ts';
import { FIN, FIR, Reassembly, Segment } from './transport.ts';

export const dnp3: Protocol = {
  name: 'dnp3',
  tcpPorts: [20000],
  udpPorts: [20000],

  stream: { headerBytes: HEADER_BYTES, maxPduBytes: MAX_FRAME_BYTES, selfSynchronising: true, frame },

  recognise(b, at, end) {
    return end - at >= HEADER_BYTES && frame(b, at) === end - at ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    return (control(b, at) & Control.dir) !== 0 ? Sender.client : Sender.server;
  },

  open: (facts) => new Dnp3Decoder(facts),
  operation,
  space: spaceName,
  evidence: EVIDENCE,
};

/** Where a fragment that fits in one frame is put together; nothing of it is kept from one message to the next. */
const single = new Uint8Array(MAX_SEGMENT_BYTES);

class Dnp3Decoder implements Decoder {
  readonly #application: Application;
  /** Made when the first fragment comes that takes several frames: many conversations have none. */
  #reassembly: Reassembly | undefined;

  constructor(facts: FactSink) {
    this.#application = new Application(facts);
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const size = frame(b, at);
    if (size === NOT_A_PDU) return Outcome.malformed;
    if (size > end - at) return Outcome.truncated;
    const kind = frameKind(control(b, at));
    if (kind === FrameKind.upkeep) return Outcome.ok;
    if (kind === FrameKind.unknown) return Outcome.unsupported;

    // A frame with a wrong CRC is used whole or not at all, as a station would.
    const bytes = userDataBytes(b, at);
    if (bytes === 0 || !userDataIntact(b, at)) return Outcome.malformed;
    if ((u8(b, at + USER_DATA) & (FIR | FIN)) !== (FIR | FIN)) return this.#segment(b, at, fromClient);

    this.#reassembly?.restart(b, at);
    if (bytes <= ONE_BLOCK_BYTES) return this.#fragment(b, at, b, at + USER_DATA + 1, at + USER_DATA + bytes);
    return this.#fragment(b, at, single, 0, copySegment(b, at, single, 0));
  }

  lost(fromClient: boolean): void {
    this.#reassembly?.lost(fromClient);
  }

  #segment(b: Uint8Array, at: number, fromClient: boolean): Outcome {
    this.#reassembly ??= new Reassembly();
    const reassembly = this.#reassembly;
    switch (reassembly.add(b, at, fromClient)) {
      case Segment.added:
        return Outcome.ok;
      case Segment.completed:
        return this.#fragment(b, at, reassembly.fragment, 0, reassembly.fragmentBytes);
      case Segment.overflowed:
        this.#fragment(b, at, reassembly.fragment, 0, reassembly.fragmentBytes);
        return Outcome.truncated;
      default:
        return Outcome.truncated;
    }
  }

  /** Decodes `fragment[from, to)`, whose last frame is at `b[at]`. */
  #fragment(b: Uint8Array, at: number, fragment: Uint8Array, from: number, to: number): Outcome {
    const fromMaster = (control(b, at) & Control.dir) !== 0;
    return this.#application.fragment(fragment, from, to, source(b, at), destination(b, at), fromMaster);
  }
}
