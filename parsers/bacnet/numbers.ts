/** How the decoder numbers operations: the kind in the upper octet, the service choice or function below. */
export const Kind = { confirmed: 0, unconfirmed: 1, bvlc: 2, network: 3 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

export function numbered(kind: Kind, choice: number): number {
  return (kind << 8) | choice;
}
