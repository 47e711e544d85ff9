/** TPDU codes and parameters of the ISO transport protocol: ISO/IEC 8073 (ITU-T X.224), section 13. */

/** Second byte of a TPDU. Class 0 has no credit, so that the low nibble of CR and CC is 0. */
export const Tpdu = {
  expeditedData: 0x10,
  error: 0x70,
  disconnectRequest: 0x80,
  disconnectConfirm: 0xc0,
  connectionConfirm: 0xd0,
  connectionRequest: 0xe0,
  data: 0xf0,
} as const;

/** Parameters in the variable part of CR and CC (13.3.4). */
export const Parameter = { callingTsap: 0xc1, calledTsap: 0xc2 } as const;

/** Names of the TPDUs that are counted, by code. */
export const OPERATIONS: ReadonlyMap<number, readonly [code: string, name: string]> = new Map([
  [Tpdu.connectionRequest, ['cr', 'Connection Request']],
  [Tpdu.disconnectRequest, ['dr', 'Disconnect Request']],
  [Tpdu.error, ['er', 'TPDU Error']],
]);
