/**
 * Modbus frames of a serial line as device servers carry them over TCP, after MODBUS over Serial Line V1.02, section 2.5.1:
 *
 *   0         1          2         end - 2
 *   | address | function | data ... | CRC, low byte first |
 *
 * Nothing tells where a frame ends: a device server sends one in a segment of its own.
 */
import { u8, u16le } from '../bytes.ts';
import { EXCEPTION, FUNCTIONS } from '../modbus/codes.ts';
import { fitsRequest, fitsResponse, ModbusDecoder, modbus } from '../modbus/index.ts';
import { type Decoder, type FactSink, Outcome, type Protocol, Recognition, Sender } from '../protocol.ts';

const FUNCTION = 1;
/** An exception: address, function, its code. */
const LEAST_BYTES = 5;
/** Section 2.5.1: 253 bytes of PDU, address and CRC. */
const MOST_BYTES = 256;
const CRC_BYTES = 2;
/** Bytes by which a frame of Modbus/TCP begins earlier: it has its unit, which is the address here, in the seventh. */
const MBAP_AHEAD = 6;

export const modbusRtu: Protocol = {
  name: 'modbus-rtu',
  tcpPorts: [4001, 4002], // where device servers listen for their first serial ports
  udpPorts: [],

  recognise(b, at, end) {
    if (!isFrame(b, at, end)) return Recognition.no;
    const code = u8(b, at + FUNCTION);
    if (!FUNCTIONS.has(code & ~EXCEPTION)) return Recognition.no;
    if ((code & EXCEPTION) !== 0) return end - at === LEAST_BYTES ? Recognition.certain : Recognition.no;
    const [from, to] = [at - MBAP_AHEAD, end - CRC_BYTES];
    return fitsRequest(b, from, to) || fitsResponse(b, from, to) ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < LEAST_BYTES) return Sender.unknown;
    if ((u8(b, at + FUNCTION) & EXCEPTION) !== 0) return Sender.server;
    const request = fitsRequest(b, at - MBAP_AHEAD, end - CRC_BYTES);
    if (request === fitsResponse(b, at - MBAP_AHEAD, end - CRC_BYTES)) return Sender.unknown;
    return request ? Sender.client : Sender.server;
  },

  open: (facts) => new ModbusRtuDecoder(facts),
  operation: modbus.operation,
  space: modbus.space,
  evidence: modbus.evidence,
};

class ModbusRtuDecoder implements Decoder {
  readonly #pdus: ModbusDecoder;

  constructor(facts: FactSink) {
    this.#pdus = new ModbusDecoder(facts, false);
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (!isFrame(b, at, end)) return Outcome.malformed;
    return this.#pdus.decode(b, at - MBAP_AHEAD, end - CRC_BYTES, fromClient);
  }
}

function isFrame(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < LEAST_BYTES - 1 || end - at > MOST_BYTES) return false;
  return crc(b, at, end - CRC_BYTES) === u16le(b, end - CRC_BYTES);
}

/** MODBUS over Serial Line V1.02, section 6.2.2: CRC-16 with the polynomial 0xA001. */
function crc(b: Uint8Array, at: number, end: number): number {
  let sum = 0xffff;
  for (let i = at; i < end; i++) {
    sum ^= b[i] as number;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xa001 : sum >>> 1;
  }
  return sum;
}
