/** How many cases a property is tried on: FUZZ_SCALE times the usual number. */
export function runs(usual: number): number {
  return Math.ceil(usual * Number(process.env['FUZZ_SCALE'] ?? 1));
}
