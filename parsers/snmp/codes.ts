import type { Operation } from '../protocol.ts';

/** PDU tags: RFC 1157, section 4.1; RFC 3416, section 3. */
export const Pdu = {
  get: 0xa0,
  getNext: 0xa1,
  response: 0xa2,
  set: 0xa3,
  trapV1: 0xa4,
  getBulk: 0xa5,
  inform: 0xa6,
  trap: 0xa7,
  report: 0xa8,
} as const;

/** Operation number of messages whose PDU is encrypted. */
export const ENCRYPTED = 0;

const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  // What it does cannot be seen; managers nearly always read.
  [ENCRYPTED, { code: 'encrypted', name: 'Encrypted PDU', access: 'read' }],
  [Pdu.get, { code: 'get', name: 'GetRequest', access: 'read' }],
  [Pdu.getNext, { code: 'get-next', name: 'GetNextRequest', access: 'read' }],
  [Pdu.response, { code: 'response', name: 'Response', access: 'read' }],
  [Pdu.set, { code: 'set', name: 'SetRequest', access: 'write' }],
  [Pdu.trapV1, { code: 'trap', name: 'Trap', access: 'read' }],
  [Pdu.getBulk, { code: 'get-bulk', name: 'GetBulkRequest', access: 'read' }],
  [Pdu.inform, { code: 'inform', name: 'InformRequest', access: 'read' }],
  [Pdu.trap, { code: 'trap', name: 'SNMPv2-Trap', access: 'read' }],
  [Pdu.report, { code: 'report', name: 'Report', access: 'diagnostic' }],
]);

export function operation(pdu: number): Operation {
  const code = `0x${pdu.toString(16)}`;
  return OPERATIONS.get(pdu) ?? { code, name: `PDU ${code}`, access: 'write' };
}
