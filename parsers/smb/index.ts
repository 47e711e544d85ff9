/**
 * SMB 1 to 3, straight on TCP ([MS-SMB2] 2.1) or over the NetBIOS session service (RFC 1002, 4.3.1):
 *
 *   0      1               4
 *   | type | length (24/17) | 0xFF 0xFE or 0xFD, "SMB" | header ...
 *
 * Only the start of each message is looked at: what is read from and written to files is passed over.
 */
import { u8, u16le, u24be, u32be, u32le } from '../bytes.ts';
import { HeadReader, type HeadTaker, type Measure } from '../heads.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { Family, operation, PIPE_TRANSCEIVE, Session, SMB2_COMMANDS, Smb1, Smb2 } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';
import { ntlmssp } from './ntlmssp.ts';
import { isAnswer as isSmb1Answer, negotiated, HEADER_BYTES as SMB1_HEADER_BYTES, sessionSetup } from './smb1.ts';

const TYPE = 0;
const LENGTH = 1;
const MESSAGE = 4;

/** "SMB" behind its first byte. */
const SMB1 = 0xff534d42;
const SMB2 = 0xfe534d42;
const ENCRYPTED = 0xfd534d42; // TRANSFORM_HEADER ([MS-SMB2] 2.2.41)
const COMPRESSED = 0xfc534d42;

/** Direct TCP's length has 24 bits; servers grant 8 MiB at most. */
const MAX_MESSAGE_BYTES = 0x80_ffff;
/** Two encoded names of 34 bytes each; scopes make them longer. */
const MAX_SESSION_REQUEST_BYTES = 260;

/** What is kept of each message: security blobs with NTLM and the paths of compound requests fit well. */
const HEAD_BYTES = 2048;

/** The only space that is named: `\\\\server\\share`. */
const SHARE = 0;
/** Paths of shares are short; the report shows no more. */
const MAX_PATH = 200;

/** SMB2 header ([MS-SMB2] 2.2.1.2). */
const STATUS = 8;
const COMMAND = 12;
const FLAGS = 16;
const NEXT_COMMAND = 20;
const MESSAGE_ID = 24;
const BODY = 64;
const ANSWER = 1;

const STATUS_PENDING = 0x0000_0103;
const MORE_PROCESSING_REQUIRED = 0xc000_0016;
const SEVERITY_ERROR = 0xc000_0000;

/** Commands chained in one message ([MS-SMB2] 3.2.4.1.4); clients chain a handful. */
const MAX_CHAINED = 16;

const MEASURE: Measure = {
  headerBytes: MESSAGE,
  headBytes: HEAD_BYTES,
  size(b, at) {
    const length = u24be(b, at + LENGTH);
    switch (u8(b, at + TYPE)) {
      case Session.message:
        return length >= 4 && length <= MAX_MESSAGE_BYTES ? MESSAGE + length : -1;
      case Session.request:
        return length >= 66 && length <= MAX_SESSION_REQUEST_BYTES ? MESSAGE + length : -1;
      case Session.positive:
      case Session.keepAlive:
        return length === 0 ? MESSAGE : -1;
      case Session.negative:
        return length === 1 ? MESSAGE + 1 : -1;
      case Session.retarget:
        return length === 6 ? MESSAGE + 6 : -1;
      default:
        return -1;
    }
  },
};

export const smb: Protocol = {
  name: 'smb',
  tcpPorts: [445, 139],
  udpPorts: [],

  recognise(b, at, end) {
    if (end - at < MESSAGE || MEASURE.size(b, at, end) < 0) return Recognition.no;
    switch (u8(b, at + TYPE)) {
      case Session.message:
        if (end - at < MESSAGE + 4) {
          return MEASURE.size(b, at, end) >= MESSAGE + SMB1_HEADER_BYTES ? Recognition.possible : Recognition.no;
        }
        return isSignature(u32be(b, at + MESSAGE)) ? Recognition.certain : Recognition.no;
      case Session.request:
        return isEncodedName(b, at + MESSAGE, end) ? Recognition.certain : Recognition.no;
      default:
        // four bytes that fit as well by chance: only a segment of their own
        return end - at === MEASURE.size(b, at, end) ? Recognition.possible : Recognition.no;
    }
  },

  sender(b, at, end) {
    if (end - at < MESSAGE) return Sender.unknown;
    switch (u8(b, at + TYPE)) {
      case Session.request:
        return Sender.client;
      case Session.positive:
      case Session.negative:
      case Session.retarget:
        return Sender.server;
      case Session.message:
        break;
      default:
        return Sender.unknown;
    }
    if (end - at < MESSAGE + SMB1_HEADER_BYTES) return Sender.unknown;
    const signature = u32be(b, at + MESSAGE);
    if (signature === SMB1) return isSmb1Answer(b, at + MESSAGE) ? Sender.server : Sender.client;
    if (signature !== SMB2) return Sender.unknown;
    return (u32le(b, at + MESSAGE + FLAGS) & ANSWER) !== 0 ? Sender.server : Sender.client;
  },

  open: (facts) => new SmbDecoder(facts),
  operation,
  space: () => 'share',
  evidence: EVIDENCE,
};

function isSignature(signature: number): boolean {
  return signature === SMB1 || signature === SMB2 || signature === ENCRYPTED || signature === COMPRESSED;
}

/** Whether a first-level encoded NetBIOS name begins here: its length, 32, then 32 letters A to P. */
function isEncodedName(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 34 || u8(b, at) !== 32 || u8(b, at + 33) !== 0) return false;
  for (let i = 1; i <= 32; i++) if (u8(b, at + i) < 0x41 || u8(b, at + i) > 0x50) return false;
  return true;
}

class SmbDecoder implements Decoder, HeadTaker {
  readonly #facts: FactSink;
  readonly #client: HeadReader;
  readonly #server: HeadReader;
  /** By message id: clients keep up to their credits open, of which few are in use. */
  readonly #outstanding = new Outstanding(64);
  #sessionRequest = NONE;
  #saidSmb1 = false;
  #saidEncrypted = false;
  #outcome: Outcome = Outcome.ok;
  /** The path that `touchName` is told, as one byte per character. */
  readonly #path = new Uint8Array(MAX_PATH);

  constructor(facts: FactSink) {
    this.#facts = facts;
    this.#client = new HeadReader(MEASURE, this, true);
    this.#server = new HeadReader(MEASURE, this, false);
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#outcome = Outcome.ok;
    const reader = fromClient ? this.#client : this.#server;
    return reader.push(b, at, end) ? this.#outcome : Outcome.malformed;
  }

  lost(fromClient: boolean): void {
    (fromClient ? this.#client : this.#server).lost();
  }

  head(b: Uint8Array, at: number, end: number, _size: number, _fromClient: boolean): void {
    const facts = this.#facts;
    switch (u8(b, at + TYPE)) {
      case Session.message:
        this.#message(b, at + MESSAGE, end);
        return;
      case Session.request:
        this.#sessionRequest = facts.request(Family.session | Session.request, NO_UNIT);
        this.#names(b, at + MESSAGE, end);
        return;
      case Session.positive:
      case Session.negative: {
        const asked = this.#sessionRequest;
        const refused = u8(b, at + TYPE) === Session.negative;
        facts.response(asked !== NONE ? asked : facts.operation(Family.session | Session.request, NO_UNIT), refused);
        this.#sessionRequest = NONE;
        return;
      }
    }
  }

  /** The called and the calling name. */
  #names(b: Uint8Array, at: number, end: number): void {
    if (!isEncodedName(b, at, end)) return;
    this.#facts.evidence(Source.calledName, About.receiver, NO_UNIT, b, at + 1, at + 33);
    let calling = at + 33; // a scope of more labels may follow the name
    while (calling < end && u8(b, calling) !== 0) calling += 1 + u8(b, calling);
    calling++;
    if (isEncodedName(b, calling, end)) {
      this.#facts.evidence(Source.callingName, About.sender, NO_UNIT, b, calling + 1, calling + 33);
    }
  }

  #message(b: Uint8Array, at: number, end: number): void {
    if (end - at < 4) return;
    switch (u32be(b, at)) {
      case SMB1:
        this.#smb1(b, at, end);
        return;
      case SMB2:
        this.#smb2(b, at, end);
        return;
      case ENCRYPTED:
        if (!this.#saidEncrypted) this.#facts.evidence(Source.encrypted, About.sender, NO_UNIT, b, at, at + 4);
        this.#saidEncrypted = true;
        return;
      case COMPRESSED:
        this.#outcome = Outcome.unsupported;
        return;
      default:
        this.#outcome = Outcome.malformed;
    }
  }

  #smb1(b: Uint8Array, at: number, end: number): void {
    if (end - at < SMB1_HEADER_BYTES) {
      this.#outcome = Outcome.truncated;
      return;
    }
    const facts = this.#facts;
    const command = u8(b, at + 4);
    const id = u16le(b, at + 30) | (u16le(b, at + 26) << 16); // multiplex id, process id
    if (isSmb1Answer(b, at)) {
      const asked = this.#outstanding.take(id);
      const answered = asked !== NONE ? asked : facts.operation(Family.smb1 | command, NO_UNIT);
      const status = u32le(b, at + 5);
      const nt = (u16le(b, at + 10) & 0x4000) !== 0; // FLAGS2_NT_STATUS; else an error class
      const refused = nt ? status >= SEVERITY_ERROR && status !== MORE_PROCESSING_REQUIRED : u8(b, at + 5) !== 0;
      facts.response(answered, refused);
      if (!this.#saidSmb1 && command !== Smb1.negotiate) {
        facts.evidence(Source.smb1, About.sender, NO_UNIT, b, at, at + 4); // answered, so it is not only offered
        this.#saidSmb1 = true;
      }
      if (command === Smb1.negotiate) negotiated(facts, b, at, end);
    } else {
      this.#outstanding.put(id, facts.request(Family.smb1 | command, NO_UNIT));
    }
    if (command === Smb1.sessionSetup) {
      ntlmssp(facts, b, at + SMB1_HEADER_BYTES, end);
      sessionSetup(facts, b, at, end);
    }
  }

  #smb2(b: Uint8Array, at: number, end: number): void {
    let next = at;
    for (let chained = 0; chained < MAX_CHAINED; chained++) {
      if (end - next < BODY) {
        this.#outcome = Outcome.truncated;
        return;
      }
      const following = u32le(b, next + NEXT_COMMAND);
      this.#smb2Command(b, next, following === 0 ? end : Math.min(end, next + following));
      if (following < BODY || following > end - next - 4) return; // the last, or it begins behind the head
      next += following;
      if (u32be(b, next) !== SMB2) return;
    }
  }

  #smb2Command(b: Uint8Array, at: number, end: number): void {
    const facts = this.#facts;
    const command = u16le(b, at + COMMAND);
    if (command >= SMB2_COMMANDS) {
      this.#outcome = Outcome.malformed;
      return;
    }
    const id = u32le(b, at + MESSAGE_ID);
    if ((u32le(b, at + FLAGS) & ANSWER) !== 0) {
      const status = u32le(b, at + STATUS);
      if (status === STATUS_PENDING || (command === Smb2.oplockBreak && id === 0xffff_ffff)) return;
      const asked = this.#outstanding.take(id);
      const refused = status >= SEVERITY_ERROR && status !== MORE_PROCESSING_REQUIRED;
      facts.response(asked !== NONE ? asked : facts.operation(Family.smb2 | command, NO_UNIT), refused);
      if (command === Smb2.negotiate && end - at >= BODY + 6) {
        facts.evidence(Source.signing, About.sender, NO_UNIT, b, at + BODY + 2, at + BODY + 3);
        facts.evidence(Source.dialect, About.sender, NO_UNIT, b, at + BODY + 4, at + BODY + 6);
      }
    } else {
      const pipe = command === Smb2.ioctl && end - at >= BODY + 8 && u32le(b, at + BODY + 4) === PIPE_TRANSCEIVE;
      const asked = facts.request((pipe ? Family.smb2Pipe : Family.smb2) | command, NO_UNIT);
      this.#outstanding.put(id, asked);
      if (command === Smb2.treeConnect) this.#treeConnect(asked, b, at, end);
    }
    if (command === Smb2.sessionSetup) ntlmssp(facts, b, at + BODY, end);
  }

  /** TREE_CONNECT Request (2.2.9): the path's offset from the header and its length at 4 and 6. */
  #treeConnect(asked: number, b: Uint8Array, at: number, end: number): void {
    if (end - at < BODY + 8) return;
    const from = at + u16le(b, at + BODY + 4);
    const stop = from + u16le(b, at + BODY + 6);
    if (stop > end || stop - from < 4) return;
    let length = 0;
    for (let next = from; next + 1 < stop && length < MAX_PATH; next += 2) {
      const unit = u16le(b, next);
      this.#path[length++] = unit < 0x80 ? unit : 0x3f; // a question mark for what is no ASCII
    }
    this.#facts.touchName(asked, SHARE, this.#path, 0, length);
    this.#facts.evidence(Source.treeServer, About.receiver, NO_UNIT, b, from, stop);
  }
}
