/** Check sequences set right after a change: without them everything behind is refused, and never looked at. */
import { dnp3Crc } from '../../../fixtures/plant/protocols/dnp3-link.ts';

const DNP3_HEADER_BYTES = 8;
const DNP3_BLOCK_BYTES = 16;

const REPAIRS: Readonly<Record<string, (bytes: Uint8Array) => void>> = { dnp3: repairDnp3, 'c37.118': repairC37 };

export function repairOf(protocol: string): { repair?: (bytes: Uint8Array) => void } {
  const repair = REPAIRS[protocol];
  return repair === undefined ? {} : { repair };
}

/** Start bytes and length (of control, addresses and user data), and a CRC behind the header and each block of 16 (IEEE 1815-2012, 9.2.4). */
function repairDnp3(b: Uint8Array): void {
  if (b.length < DNP3_HEADER_BYTES + 2) return;
  const behind = b.length - DNP3_HEADER_BYTES - 2;
  const crcs = Math.ceil(behind / (DNP3_BLOCK_BYTES + 2));
  b.set([0x05, 0x64, Math.min(255, Math.max(5, 5 + behind - 2 * crcs))]);
  setCrc(b, 0, DNP3_HEADER_BYTES);
  for (let at = DNP3_HEADER_BYTES + 2; at + 2 < b.length; at += DNP3_BLOCK_BYTES + 2) {
    setCrc(b, at, Math.min(at + DNP3_BLOCK_BYTES, b.length - 2));
  }
}

function setCrc(b: Uint8Array, at: number, end: number): void {
  const crc = dnp3Crc(b, at, end);
  b[end] = crc & 0xff;
  b[end + 1] = crc >> 8;
}

/** The frame's size in its third and fourth byte, CRC-CCITT in its last two (IEEE C37.118.2-2011, 6.2 and annex B). */
function repairC37(b: Uint8Array): void {
  if (b.length < 16) return;
  b[2] = b.length >> 8;
  b[3] = b.length & 0xff;
  let crc = 0xffff;
  for (let at = 0; at < b.length - 2; at++) {
    crc ^= (b[at] as number) << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  b[b.length - 2] = crc >> 8;
  b[b.length - 1] = crc & 0xff;
}
