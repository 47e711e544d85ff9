/**
 * RADIUS (RFC 2865) and RADIUS accounting (RFC 2866).
 *
 *   0      1    2        4               20
 *   | code | id | length | authenticator | attributes: type, length (both included), value
 *
 * Names of users, passwords and secrets are passed over.
 */
import { u8, u16be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
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
import { text } from '../text.ts';

const CODE = 0;
const ID = 1;
const LENGTH = 2;
const HEADER_BYTES = 20;
const MAX_BYTES = 4096;

/** Codes: RFC 2865, section 3; RFC 2866, section 3; RFC 5176, section 2.3. */
const REQUESTS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [1, { code: '1', name: 'Access-Request', access: 'session' }],
  [4, { code: '4', name: 'Accounting-Request', access: 'session' }],
  [12, { code: '12', name: 'Status-Server', access: 'diagnostic' }],
  [40, { code: '40', name: 'Disconnect-Request', access: 'control' }],
  [43, { code: '43', name: 'CoA-Request', access: 'control' }],
]);
/** Answers: what they answer, and whether they decline it. */
const ANSWERS: ReadonlyMap<number, readonly [request: number, refused: boolean]> = new Map([
  [2, [1, false]],
  [3, [1, true]],
  [11, [1, false]],
  [5, [4, false]],
  [41, [40, false]],
  [42, [40, true]],
  [44, [43, false]],
  [45, [43, true]],
]);

/** Attributes of the network access server: RFC 2865, sections 5.4 and 5.32. */
const NAS_IP_ADDRESS = 4;
const NAS_IDENTIFIER = 32;

const Source = { identifier: 0, accessServer: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'radius.nas-identifier',
    words: 'RADIUS attribute 32 NAS-Identifier',
    field: 'name',
    confidence: 0.65,
    render: text,
  },
  {
    name: 'radius.nas-ip-address',
    words: 'RADIUS attribute 4 NAS-IP-Address',
    field: 'note',
    confidence: 0.7,
    render: () => 'network access server (RADIUS client)',
  },
];

export const radius: Protocol = {
  name: 'radius',
  tcpPorts: [],
  udpPorts: [1812, 1813, 1645, 1646, 3799],

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES || end - at > MAX_BYTES) return Recognition.no;
    const code = u8(b, at + CODE);
    const length = u16be(b, at + LENGTH);
    if ((!REQUESTS.has(code) && !ANSWERS.has(code)) || length < HEADER_BYTES || length > end - at)
      return Recognition.no;
    let next = at + HEADER_BYTES;
    while (next + 2 <= at + length && u8(b, next + 1) >= 2) next += u8(b, next + 1);
    return next === at + length ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end === at) return Sender.unknown;
    const code = u8(b, at + CODE);
    return REQUESTS.has(code) ? Sender.client : ANSWERS.has(code) ? Sender.server : Sender.unknown;
  },

  open: (facts) => new RadiusDecoder(facts),
  operation: (code) => REQUESTS.get(code) ?? { code: `${code}`, name: `Code ${code}`, access: 'session' },
  space: () => '',
  evidence: EVIDENCE,
};

/** Requests of one client that wait for an answer; a switch authenticates few ports at once. */
const OUTSTANDING = 16;

class RadiusDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const code = u8(b, at + CODE);
    const id = u8(b, at + ID);
    const answer = ANSWERS.get(code);
    if (answer !== undefined) {
      const asked = this.#outstanding.take(id);
      facts.response(asked === NONE ? facts.operation(answer[0], NO_UNIT) : asked, answer[1]);
      return Outcome.ok;
    }
    if (!REQUESTS.has(code)) return Outcome.unsupported;
    this.#outstanding.put(id, facts.request(code, NO_UNIT));
    return this.#attributes(b, at + HEADER_BYTES, Math.min(end, at + u16be(b, at + LENGTH)));
  }

  #attributes(b: Uint8Array, at: number, end: number): Outcome {
    let next = at;
    while (next < end) {
      if (end - next < 2) return Outcome.truncated;
      const type = u8(b, next);
      const value = next + 2;
      const stop = next + u8(b, next + 1);
      if (stop < value) return Outcome.malformed;
      if (stop > end) return Outcome.truncated;
      if (type === NAS_IDENTIFIER) this.#facts.evidence(Source.identifier, About.sender, NO_UNIT, b, value, stop);
      else if (type === NAS_IP_ADDRESS && stop - value === 4) {
        this.#facts.evidenceAbout(Source.accessServer, value, 4, b, value, stop);
      }
      next = stop;
    }
    return Outcome.ok;
  }
}
