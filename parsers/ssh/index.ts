/**
 * SSH (RFC 4253, section 4.2): both ends begin with a line that names their software, `SSH-2.0-software comment`.
 * Nothing after the key exchange is in clear, so the lines are all that is read.
 */
import { ascii, LineReader, type LineTaker, lineEnd, startsWith } from '../lines.ts';
import { NONE } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const IDENTIFICATION = ascii('SSH-');
/** `SSH-2.0-` and `SSH-1.99-`: the software follows the second hyphen. */
const VERSION_FROM = 4;
const HYPHEN = 0x2d;

/** The only operation: the exchange of versions. */
const EXCHANGE = 0;

const Source = { software: 0, system: 1, version: 2, clientSoftware: 3 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ssh.software',
    words: 'SSH identification string of the server, softwareversion',
    field: 'product',
    confidence: 0.7,
    render: software,
  },
  {
    name: 'ssh.comment',
    words: 'SSH identification string of the server, comments',
    field: 'os',
    confidence: 0.6,
    render: system,
  },
  {
    name: 'ssh.protocol-version',
    words: 'SSH identification string of the server, protoversion',
    field: 'protection',
    confidence: 0.9,
    render: obsolete,
  },
  {
    name: 'ssh.client-software',
    words: 'SSH identification string of the client, softwareversion',
    field: 'client-kind',
    confidence: 0.6,
    render: software,
  },
];

export const ssh: Protocol = {
  name: 'ssh',
  tcpPorts: [22],
  udpPorts: [],
  recognise: (b, at, end) => (isIdentification(b, at, end) ? Recognition.certain : Recognition.no),
  sender: () => Sender.unknown, // both ends say the same
  open: (facts) => new SshDecoder(facts),
  operation: () => ({ code: 'version', name: 'Protocol Version Exchange', access: 'session' }),
  space: (space) => `space ${space}`, // SSH addresses nothing in clear
  evidence: EVIDENCE,
};

function isIdentification(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 8 || !startsWith(IDENTIFICATION, b, at, end)) return false;
  const major = b[at + VERSION_FROM];
  return (major === 0x31 || major === 0x32) && b[at + VERSION_FROM + 1] === 0x2e;
}

class SshDecoder implements Decoder, LineTaker {
  readonly #facts: FactSink;
  readonly #client = new LineReader(this);
  readonly #server = new LineReader(this);
  #fromClient = true;
  #asked = NONE;
  #clientSaid = false;
  #serverSaid = false;
  #segments = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  get finished(): boolean {
    return (this.#clientSaid && this.#serverSaid) || this.#segments >= SEGMENTS_ENOUGH;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#segments++;
    if (fromClient ? this.#clientSaid : this.#serverSaid) return Outcome.ok;
    this.#fromClient = fromClient;
    (fromClient ? this.#client : this.#server).push(b, at, end);
    return Outcome.ok;
  }

  line(b: Uint8Array, at: number, end: number): void {
    const fromClient = this.#fromClient;
    if (!isIdentification(b, at, end)) return; // a server may send other lines first
    if (fromClient ? this.#clientSaid : this.#serverSaid) return;
    const facts = this.#facts;
    if (fromClient) {
      this.#clientSaid = true;
      this.#asked = facts.request(EXCHANGE, NO_UNIT);
    } else {
      this.#serverSaid = true;
      facts.response(this.#asked !== NONE ? this.#asked : facts.operation(EXCHANGE, NO_UNIT), false);
    }
    const stop = lineEnd(b, at, end);
    facts.evidence(fromClient ? Source.clientSoftware : Source.software, About.sender, NO_UNIT, b, at, stop);
    facts.evidence(Source.system, About.sender, NO_UNIT, b, at, stop);
    facts.evidence(Source.version, About.sender, NO_UNIT, b, at, stop);
  }
}

/** Of one direction only the lines come in the first few segments, or not at all. */
const SEGMENTS_ENOUGH = 16;

function software(b: Uint8Array, at: number, end: number): string | null {
  let next = at + VERSION_FROM;
  while (next < end && b[next] !== HYPHEN) next++;
  return text(b, next + 1, end);
}

/** Distributions name themselves in the comment or in the software's version. */
function system(b: Uint8Array, at: number, end: number): string | null {
  const line = text(b, at, end) ?? '';
  const found = /\b(Ubuntu|Debian|Raspbian|FreeBSD|NetBSD|OpenBSD|CentOS|Windows|Cisco|VxWorks)/i.exec(line)?.[0];
  if (found === undefined) return null;
  return found === 'Cisco' ? 'Cisco IOS' : found;
}

function obsolete(b: Uint8Array, at: number): string | null {
  return b[at + VERSION_FROM] === 0x31 ? 'SSH 1 accepted (obsolete)' : null;
}
