/** The NetBIOS name service: RFC 1002, section 4.2. Its messages have the form of DNS messages. */
import { u8, u16be } from '../bytes.ts';
import {
  FLAGS,
  fitsMessage,
  HEADER_BYTES,
  NO_NAME,
  opcodeOf,
  QDCOUNT,
  RESPONSE,
  RecordView,
  rcodeOf,
  recordCount,
  skipQuestions,
  Type,
} from '../dns/message.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Access,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { hex } from '../text.ts';
import { decodeName, ENCODED_BYTES, isPlainName, NAME_BYTES, nameText, Suffix } from './name.ts';

const Source = { name: 0, told: 1, group: 2, domainController: 3, unitId: 4 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'netbios-ns.registration',
    words: 'NetBIOS Name Service, NAME REGISTRATION REQUEST',
    field: 'name',
    confidence: 0.8,
    render: nameText,
  },
  { name: 'netbios-ns.nb', words: 'NetBIOS Name Service, NB record', field: 'name', confidence: 0.7, render: nameText },
  {
    name: 'netbios-ns.group',
    words: 'NetBIOS Name Service, group name',
    field: 'note',
    confidence: 0.7,
    render: (b, at) => {
      const group = nameText(b, at);
      return group === null ? null : `workgroup or domain ${group}`;
    },
  },
  {
    name: 'netbios-ns.suffix-1c',
    words: 'NetBIOS Name Service, name suffix 0x1C (domain controllers)',
    field: 'device-type',
    confidence: 0.7,
    render: () => 'domain controller',
  },
  {
    name: 'netbios-ns.unit-id',
    words: 'NetBIOS Name Service, NODE STATUS: UNIT_ID',
    field: 'address',
    confidence: 0.8,
    render: (b, at, end) => hex(b, at, end).replace(/..(?!$)/g, '$&:'),
  },
];

/** Opcodes: RFC 1002, section 4.2.1.1; 15 is the multi-homed registration of [MS-NBTE], section 2.2.2. */
const Opcode = { query: 0, registration: 5, release: 6, wack: 7, refresh: 8, refreshToo: 9, multihomed: 15 } as const;

const OPERATIONS: ReadonlyMap<number, readonly [code: string, name: string, access: Access]> = new Map([
  [Opcode.query, ['query', 'Name Query', 'read']],
  [Opcode.registration, ['registration', 'Name Registration', 'session']],
  [Opcode.release, ['release', 'Name Release', 'session']],
  [Opcode.wack, ['wack', 'Wait for Acknowledgement', 'session']],
  [Opcode.refresh, ['refresh', 'Name Refresh', 'session']],
  [Opcode.refreshToo, ['refresh', 'Name Refresh', 'session']],
  [Opcode.multihomed, ['registration', 'Multi-Homed Name Registration', 'session']],
]);

export const netbiosNs: Protocol = {
  name: 'netbios-ns',
  tcpPorts: [],
  udpPorts: [137],

  recognise: (b, at, end) => (fitsNetbios(b, at, end) ? Recognition.possible : Recognition.no),

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    return (u16be(b, at + FLAGS) & RESPONSE) === 0 ? Sender.client : Sender.server;
  },

  open: (facts) => new NetbiosNameDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

function operation(opcode: number): Operation {
  const [code, name, access] = OPERATIONS.get(opcode) ?? [`${opcode}`, `Opcode ${opcode}`, 'session' as const];
  return { code, name, access };
}

/** The first name of every message is one of 32 letters, A to P. */
function fitsNetbios(b: Uint8Array, at: number, end: number): boolean {
  const name = at + HEADER_BYTES;
  if (!fitsMessage(b, at, end) || end - name < 1 + ENCODED_BYTES || u8(b, name) !== ENCODED_BYTES) return false;
  return decodeName(b, name + 1, scratch, 0);
}

/** The name in hand, decoded, and room for an address behind it. */
const scratch = new Uint8Array(NAME_BYTES + 4);
/** Where an address stands behind the name, so that both are in one buffer. */
const ADDRESS = NAME_BYTES;
const record = new RecordView();

/** An NB record's entries: flags (2), address (4). RFC 1002, section 4.2.1.3. */
const ENTRY_BYTES = 6;
const GROUP = 0x8000;
/** A node status's entries: name (16), flags (2). Section 4.2.18. */
const STATUS_ENTRY_BYTES = 18;
const UNIT_ID_BYTES = 6;

/** Queries of one host that wait for an answer; a broadcast gets its answers in other flows. */
const OUTSTANDING = 8;

class NetbiosNameDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    if (!fitsNetbios(b, at, end)) return Outcome.malformed;
    const facts = this.#facts;
    const flags = u16be(b, at + FLAGS);
    const opcode = opcodeOf(flags);
    const id = u16be(b, at);
    if ((flags & RESPONSE) === 0) {
      this.#outstanding.put(id, facts.request(opcode, NO_UNIT));
      return opcode === Opcode.query || opcode === Opcode.release ? Outcome.ok : this.#registration(b, at, end);
    }
    const asked = this.#outstanding.take(id);
    facts.response(asked === NONE ? facts.operation(opcode, NO_UNIT) : asked, rcodeOf(flags) !== 0);
    return opcode === Opcode.query && rcodeOf(flags) === 0 ? this.#answer(b, at, end) : Outcome.ok;
  }

  /** The name in the question is the sender's; the additional record says whether it is a group's. */
  #registration(b: Uint8Array, at: number, end: number): Outcome {
    const next = u16be(b, at + QDCOUNT) === 0 ? NO_NAME : skipQuestions(b, at, end);
    if (next === NO_NAME || !record.read(b, next, end) || record.end - record.data < 2) return Outcome.truncated;
    decodeName(b, at + HEADER_BYTES + 1, scratch, 0);
    this.#own(scratch, 0, (u16be(b, record.data) & GROUP) !== 0);
    return Outcome.ok;
  }

  #answer(b: Uint8Array, at: number, end: number): Outcome {
    let next = skipQuestions(b, at, end);
    if (next === NO_NAME) return Outcome.truncated;
    for (let left = recordCount(b, at); left > 0; left--) {
      if (!record.read(b, next, end)) return Outcome.truncated;
      next = record.end;
      if (record.type === Type.nb) this.#addresses(b);
      else if (record.type === Type.srv) this.#nodeStatus(b); // NBSTAT here
    }
    return Outcome.ok;
  }

  /** Who has the name: one host, or the members of a group. */
  #addresses(b: Uint8Array): void {
    const { name, data, end } = record;
    if (u8(b, name) !== ENCODED_BYTES || !decodeName(b, name + 1, scratch, 0) || !isPlainName(scratch, 0)) return;
    const suffix = u8(scratch, NAME_BYTES - 1);
    for (let entry = data; entry + ENTRY_BYTES <= end; entry += ENTRY_BYTES) {
      for (let i = 0; i < 4; i++) scratch[ADDRESS + i] = u8(b, entry + 2 + i);
      const group = (u16be(b, entry) & GROUP) !== 0;
      if (suffix === Suffix.domainControllers || suffix === Suffix.domainMasterBrowser) {
        this.#facts.evidenceAbout(Source.domainController, ADDRESS, 4, scratch, NAME_BYTES - 1, NAME_BYTES);
      }
      if (!group && (suffix === Suffix.workstation || suffix === Suffix.server)) {
        this.#facts.evidenceAbout(Source.told, ADDRESS, 4, scratch, 0, NAME_BYTES - 1);
      }
    }
  }

  /** All names of the sender, then its statistics, which begin with its MAC address (section 4.2.18). */
  #nodeStatus(b: Uint8Array): void {
    const { data, end } = record;
    if (data >= end) return;
    let next = data + 1;
    for (let left = u8(b, data); left > 0; left--) {
      if (next + STATUS_ENTRY_BYTES > end) return;
      this.#own(b, next, (u16be(b, next + NAME_BYTES) & GROUP) !== 0);
      next += STATUS_ENTRY_BYTES;
    }
    if (next + UNIT_ID_BYTES > end || isZero(b, next)) return;
    this.#facts.evidence(Source.unitId, About.sender, NO_UNIT, b, next, next + UNIT_ID_BYTES);
  }

  /** The sender has the name at `b[at]`. Other suffixes stand for services and for users, who are none of our business. */
  #own(b: Uint8Array, at: number, group: boolean): void {
    if (!isPlainName(b, at)) return;
    const suffix = u8(b, at + NAME_BYTES - 1);
    const stop = at + NAME_BYTES - 1;
    if (suffix === Suffix.domainControllers || suffix === Suffix.domainMasterBrowser) {
      this.#facts.evidence(Source.domainController, About.sender, NO_UNIT, b, stop, stop + 1);
    } else if (suffix === Suffix.workstation || suffix === Suffix.server) {
      this.#facts.evidence(group ? Source.group : Source.name, About.sender, NO_UNIT, b, at, stop);
    }
  }
}

function isZero(b: Uint8Array, at: number): boolean {
  for (let i = at; i < at + UNIT_ID_BYTES; i++) if (u8(b, i) !== 0) return false;
  return true;
}
