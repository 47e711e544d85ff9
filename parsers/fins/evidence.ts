/** What Omron controllers say of themselves. */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hexNumber, text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = { vendor: 0, model: 1, version: 2, unit: 3, status: 4, name: 5 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'fins.controller-data',
    words: 'FINS Controller Data Read answer (05 01)',
    field: 'vendor',
    confidence: 0.8,
    render: () => 'Omron',
  },
  {
    name: 'fins.controller-data.model',
    words: 'FINS Controller Data Read answer (05 01), controller model',
    field: 'model',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'fins.controller-data.version',
    words: 'FINS Controller Data Read answer (05 01), controller version',
    field: 'firmware',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'fins.connection-data.unit',
    words: 'FINS Connection Data Read answer (05 02), unit',
    field: 'module',
    confidence: 0.9,
    render: unit,
  },
  {
    name: 'fins.controller-status',
    words: 'FINS Controller Status Read answer (06 01)',
    field: 'state',
    confidence: 0.95,
    render: status,
  },
  { name: 'fins.name', words: 'FINS Name Read answer (26 03)', field: 'name', confidence: 0.9, render: text },
];

/** Unit address and model of a CPU bus unit. */
function unit(b: Uint8Array, at: number, end: number): string | null {
  const model = text(b, at + 2, end);
  return model === null ? null : `${model} (unit ${hexNumber(u16be(b, at), 4)})`;
}

const MODES: ReadonlyMap<number, string> = new Map([
  [0, 'PROGRAM'],
  [1, 'DEBUG'],
  [2, 'MONITOR'],
  [4, 'RUN'],
]);

/** Status, mode, then fatal error flags (W342, section 5-3-17). */
function status(b: Uint8Array, at: number): string | null {
  const mode = MODES.get(u8(b, at + 1));
  if (mode === undefined) return null;
  return u16be(b, at + 2) === 0 ? `${mode} mode` : `${mode} mode, fatal error`;
}
