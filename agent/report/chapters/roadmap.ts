/** Step 5 of the gap assessment: what to do, in which order, and what it asks of a running plant. */
import { type Block, few, joined, link, strong, type Text, UNKNOWN } from '../document.ts';
import type { Dossier } from '../dossier.ts';
import { EFFORT_WORDS, OPERATIONS_WORDS } from '../words.ts';

export function* roadmapBlocks({ assessment, zoneLink, findingLink }: Dossier): Generator<Block> {
  const { roadmap } = assessment;
  if (roadmap.length === 0) {
    yield { block: 'paragraph', text: 'Nothing that was heard asks for a step.' };
    return;
  }
  yield {
    block: 'paragraph',
    text: 'Ordered by risk, feasibility and what it asks of operations. Every step goes through the plant’s change control.',
  };
  yield {
    block: 'table',
    caption: 'The steps',
    columns: [
      { heading: 'step', number: true },
      { heading: 'what', wide: true },
      { heading: 'risk' },
      { heading: 'effort' },
      { heading: 'when' },
      { heading: 'zones', wide: true },
      { heading: 'requirement' },
    ],
    rows: roadmap.map(({ order, title, risk, effort, operations, zones, requirement }) => ({
      cells: [
        String(order),
        link(`step-${order}`, title),
        { is: 'severity', severity: risk },
        EFFORT_WORDS[effort],
        OPERATIONS_WORDS[operations],
        zones.length === 0 ? UNKNOWN : few(zones.map(zoneLink), 8),
        requirement,
      ],
    })),
  };
  for (const step of roadmap) {
    const items: (readonly [string, Text])[] = [
      ['Why', step.why],
      ['How', step.how],
      ['Closes', step.findings.length === 0 ? UNKNOWN : few(step.findings.map(findingLink), 40)],
      ['Where', step.zones.length === 0 ? 'the whole plant' : joined(step.zones.map(zoneLink))],
    ];
    yield {
      block: 'part',
      id: `step-${step.order}`,
      severity: step.risk,
      title: [`${step.order}. `, strong(step.title)],
      folded: false,
      blocks: [{ block: 'terms', items }],
    };
  }
}
