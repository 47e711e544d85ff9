/**
 * PROFINET IO straight on Ethernet, after IEC 61158-6-10, clauses 4.2 and 5; network byte order.
 *
 *   cyclic data:  | frame id | data ... | cycle counter | data status | transfer status |
 *   alarms:       | frame id | destination | source | type | flags | sequence | acknowledged | length | notification
 */
import { u8, u16be } from '../bytes.ts';
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
import { hexNumber } from '../text.ts';
import { alarmName, alarmNumber, isCyclic, Kind, kindOf, operation } from './codes.ts';

const FRAME_ID_BYTES = 2;

/** Cyclic frames end with this: cycle counter (2 bytes), data status, transfer status. */
const STATUS_BYTES = 4;
const DATA_STATUS = 3; // from the end

/** Bits of the data status (clause 4.7.2.1.3): a provider that runs, a station without problem. */
const VALID = 0x04;
const RUN = 0x10;
const NORMAL = 0x20;
const TOLD_STATUS = VALID | RUN | NORMAL;

/** RTA-PDU (clause 4.7.3), from the frame id on. */
const PDU_TYPE = 6;
const PDU_LENGTH = 12;
const PDU_DATA = 14;
const PduType = { data: 1, nack: 2, ack: 3, error: 4 } as const;

/** Alarm blocks (clause 5.2): type, length and version, then what happened and where. */
const Block = { high: 0x0001, low: 0x0002, highAck: 0x8001, lowAck: 0x8002 } as const;
const ALARM_TYPE = 6;
const ALARM_SLOT = 12;
const ALARM_MODULE = 16;
const ALARM_BYTES = 26;
/** In an acknowledgement the specifier follows the slots, then the PNIO status: four bytes, zero when all is well. */
const ACK_STATUS = 18;
const ACK_BYTES = 22;

const Source = { dataStatus: 0, alarm: 1 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'profinet-io.data-status',
    words: 'PROFINET IO cyclic data, DataStatus',
    field: 'state',
    confidence: 0.9,
    render: dataStatus,
  },
  {
    name: 'profinet-io.alarm',
    words: 'PROFINET IO Alarm notification, slot and module',
    field: 'module',
    confidence: 0.9,
    render: alarm,
  },
];

export const profinetIo: Protocol = {
  name: 'profinet-io',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x8892',
  recognise(b, at, end) {
    return end - at >= FRAME_ID_BYTES + STATUS_BYTES && kindOf(u16be(b, at)) !== Kind.unknown
      ? Recognition.possible
      : Recognition.no;
  },
  sender: () => Sender.unknown, // both ends provide and consume
  open: (facts) => new IoDecoder(facts),
  operation,
  space: () => 'frame-id',
  evidence: EVIDENCE,
};

/** No status was told yet. */
const NONE_TOLD = -1;

class IoDecoder implements Decoder {
  readonly #facts: FactSink;
  /** The last data status told of each end: server, client. */
  readonly #told = new Int16Array(2).fill(NONE_TOLD);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < FRAME_ID_BYTES + STATUS_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const frameId = u16be(b, at);
    const kind = kindOf(frameId);
    if (kind === Kind.unknown) return Outcome.unsupported;
    if (kind === Kind.alarm) return this.#alarm(b, at, end);
    const operation = facts.request(kind, NO_UNIT);
    if (!isCyclic(kind)) return Outcome.ok;
    facts.touch(operation, 0, frameId, 1);

    const status = end - DATA_STATUS + 1;
    const told = u8(b, status) & TOLD_STATUS;
    const end01 = fromClient ? 1 : 0;
    if (this.#told[end01] !== told) {
      this.#told[end01] = told;
      facts.evidence(Source.dataStatus, About.sender, NO_UNIT, b, status, status + 1);
    }
    return Outcome.ok;
  }

  #alarm(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    if (end - at < PDU_DATA) return Outcome.truncated;
    const type = u8(b, at + PDU_TYPE) & 0x0f; // the version is above
    if (type === PduType.error) {
      facts.request(Kind.alarmError, NO_UNIT);
      return Outcome.ok;
    }
    if (type !== PduType.data) return Outcome.ok; // the transport's acknowledgements
    const block = at + PDU_DATA;
    const stop = block + u16be(b, at + PDU_LENGTH);
    if (stop > end || stop - block < ACK_BYTES) return Outcome.truncated;
    const number = alarmNumber(u16be(b, block + ALARM_TYPE));
    switch (u16be(b, block)) {
      case Block.high:
      case Block.low:
        if (stop - block < ALARM_BYTES) return Outcome.truncated;
        facts.request(number, NO_UNIT);
        facts.evidence(Source.alarm, About.sender, NO_UNIT, b, block + ALARM_TYPE, block + ALARM_BYTES - 2);
        return Outcome.ok;
      case Block.highAck:
      case Block.lowAck:
        facts.response(facts.operation(number, NO_UNIT), u8(b, block + ACK_STATUS) !== 0);
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }
}

function dataStatus(b: Uint8Array, at: number): string {
  const status = u8(b, at);
  const state = (status & RUN) !== 0 ? 'provider runs' : 'provider stopped';
  const valid = (status & VALID) !== 0 ? '' : ', data invalid';
  return `${state}${valid}${(status & NORMAL) !== 0 ? '' : ', station problem'}`;
}

/** Alarm type, API, slot, subslot, module and submodule. */
function alarm(b: Uint8Array, at: number): string {
  const slot = at + ALARM_SLOT - ALARM_TYPE;
  const module = at + ALARM_MODULE - ALARM_TYPE;
  const ident = hexNumber(u16be(b, module) * 0x10000 + u16be(b, module + 2), 8);
  return `slot ${u16be(b, slot)} subslot ${hexNumber(u16be(b, slot + 2), 4)}, module ${ident}: ${alarmName(u16be(b, at))}`;
}
