import type { Access, Operation } from '../protocol.ts';

/** DNS opcodes: the IANA registry "DNS OpCodes". An update changes what others believe of a name (RFC 2136). */
const OPCODES: ReadonlyMap<number, readonly [code: string, name: string, access: Access]> = new Map([
  [0, ['query', 'Query', 'read']],
  [1, ['iquery', 'Inverse Query', 'read']],
  [2, ['status', 'Status', 'diagnostic']],
  [4, ['notify', 'Notify', 'session']],
  [5, ['update', 'Update', 'write']],
  [6, ['stateful', 'Stateful Operation', 'session']],
]);

export function operation(opcode: number): Operation {
  const [code, name, access] = OPCODES.get(opcode) ?? [`${opcode}`, `Opcode ${opcode}`, 'write' as const];
  return { code, name, access };
}
