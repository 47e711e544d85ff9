/**
 * TeamViewer, recognised only: its packets on TCP 5938 begin with one of two magic numbers. There is no public
 * specification; these are the ones that open traffic classifiers look for.
 */
import { u8, u16be } from '../bytes.ts';
import { type Decoder, type FactSink, NO_UNIT, Outcome, type Protocol, Recognition, Sender } from '../protocol.ts';

const MAGIC = 0x1724;
const MAGIC_OF_DATA = 0x1130;

/** The only operation: whoever is on the other side sees and types. */
const SESSION = 0;

export const teamviewer: Protocol = {
  name: 'teamviewer',
  tcpPorts: [5938],
  udpPorts: [],
  recognise: (b, at, end) => (isPacket(b, at, end) ? Recognition.possible : Recognition.no),
  sender: () => Sender.unknown,
  open: (facts) => new TeamviewerDecoder(facts),
  operation: () => ({ code: 'session', name: 'Session', access: 'control' }),
  space: (space) => `space ${space}`, // all is encrypted
  evidence: [],
};

function isPacket(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 5) return false;
  const magic = u16be(b, at);
  return magic === MAGIC || (magic === MAGIC_OF_DATA && u8(b, at + 2) !== 0);
}

class TeamviewerDecoder implements Decoder {
  readonly #facts: FactSink;
  #counted = false;
  #segments = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  get finished(): boolean {
    return this.#segments >= SEGMENTS_ENOUGH;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#segments++;
    if (!isPacket(b, at, end)) return Outcome.ok; // the middle of a longer one
    if (fromClient && !this.#counted) {
      this.#facts.request(SESSION, NO_UNIT);
      this.#counted = true;
    }
    return Outcome.ok;
  }
}

/** Enough to be sure on a foreign port, too; then nothing more is to be learned. */
const SEGMENTS_ENOUGH = 8;
