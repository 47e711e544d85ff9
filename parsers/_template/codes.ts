/** The protocol's numbers and what they mean, with document and section. */
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

export const MAGIC = 0x7e;

export const Kind = { ask: 1, answer: 2 } as const;
export const KINDS: ReadonlyMap<number, string> = new Map([
  [Kind.ask, 'Ask'],
  [Kind.answer, 'Answer'],
]);

/** Indices into EVIDENCE. */
export const Source = { name: 0 } as const;
export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'template.name', words: 'Template answer, name', field: 'name', confidence: 0.9, render: text },
];
