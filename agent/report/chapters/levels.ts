/** Step 3 of the gap assessment: requirement by requirement and zone by zone, what was heard for and against each. */
import type { FoundationalRequirement, RequirementAssessment, ZoneAssessment } from '../../assess/assessment.ts';
import { type Block, type Inline, joined, muted, type Row, strong, UNKNOWN } from '../document.ts';
import { type Dossier, MOST_LETTERS } from '../dossier.ts';
import { timeText } from '../numbers.ts';
import { cut } from '../visible.ts';
import { REQUIREMENT_ABBREVIATIONS, REQUIREMENT_NAMES, VERDICT_WORDS } from '../words.ts';

const REQUIREMENTS = Object.keys(REQUIREMENT_NAMES).map((n) => Number(n) as FoundationalRequirement);

export function* levelBlocks(dossier: Dossier): Generator<Block> {
  const { assessment } = dossier;
  yield {
    block: 'paragraph',
    text: [
      strong('How to read it. '),
      'SL-T is the level a zone needs. A cap says that the level achieved is at most so high, because of what was heard; ',
      '“no cap” says that nothing heard speaks against the requirement, which is no proof that it is met. ',
      'A listener never raises a level: attestations by people fill what cannot be heard.',
    ],
  };
  if (assessment.zones.length === 0) {
    yield { block: 'paragraph', text: 'No zone was assessed.' };
    return;
  }
  yield {
    block: 'table',
    caption: 'Security level targets and caps',
    columns: [
      { heading: 'zone', wide: true },
      { heading: 'SL-T', number: true },
      ...REQUIREMENTS.map((requirement) => ({
        heading: `FR ${requirement} ${REQUIREMENT_ABBREVIATIONS[requirement]}`,
      })),
    ],
    rows: assessment.zones.map(
      (zone): Row => ({
        cells: [
          dossier.zoneLink(zone.zone),
          String(zone.securityLevelTarget),
          ...REQUIREMENTS.map((requirement) =>
            capText(zone.requirements.find((entry) => entry.requirement === requirement)),
          ),
        ],
      }),
    ),
  };
  yield {
    block: 'paragraph',
    text: muted(
      REQUIREMENTS.map((n) => `FR ${n} ${REQUIREMENT_ABBREVIATIONS[n]}: ${REQUIREMENT_NAMES[n].toLowerCase()}`).join(
        ' · ',
      ),
    ),
  };
  if (assessment.flatness !== null) {
    yield {
      block: 'paragraph',
      text: [
        strong('Flatness: '),
        `${Math.round(100 * assessment.flatness)} % of the pairs of OT assets could talk to each other without passing a boundary.`,
      ],
    };
  }
  for (const zone of assessment.zones) yield zonePart(dossier, zone);
}

function capText(entry: RequirementAssessment | undefined): Inline {
  if (entry === undefined) return UNKNOWN;
  if (entry.cap === null) return { is: 'verdict', tone: 'unknown', text: 'no cap' };
  return { is: 'verdict', tone: entry.gap ? 'bad' : 'good', text: `${entry.gap ? 'gap: ' : ''}≤ ${entry.cap}` };
}

function zonePart(dossier: Dossier, { zone, securityLevelTarget, requirements }: ZoneAssessment): Block {
  const name = cut(dossier.zone(zone)?.name ?? zone, MOST_LETTERS);
  const gaps = requirements.filter(({ gap }) => gap).map(({ requirement }) => `FR ${requirement}`);
  const blocks = requirements.flatMap((entry) => requirementBlocks(dossier, entry, name));
  const summary = gaps.length === 0 ? 'no gap heard' : `gaps in ${gaps.join(', ')}`;
  return {
    block: 'part',
    id: `level-${dossier.anchors.zone(zone)}`,
    title: [strong(name), ` · SL-T ${securityLevelTarget} · ${summary}`],
    folded: true,
    blocks,
  };
}

function requirementBlocks(dossier: Dossier, entry: RequirementAssessment, zone: string): Block[] {
  const { requirement, name, reasons, evidence, attestations } = entry;
  const blocks: Block[] = [{ block: 'heading', level: 4, text: [`FR ${requirement} ${name}: `, capText(entry)] }];
  if (reasons.length > 0) blocks.push({ block: 'list', items: reasons });
  // what no listener can hear is named once, not once a line
  const told = evidence.filter(({ verdict }) => verdict !== 'not-observable');
  const untold = evidence.filter(({ verdict }) => verdict === 'not-observable');
  if (told.length > 0) {
    blocks.push({
      block: 'table',
      caption: `FR ${requirement} in ${zone}`,
      columns: [
        { heading: 'requirement' },
        { heading: 'verdict' },
        { heading: 'statement', wide: true },
        { heading: 'findings' },
      ],
      rows: told.map(({ requirement: number, title, verdict, statement, findings }) => ({
        cells: [
          [strong(number), ` ${title}`],
          {
            is: 'verdict',
            tone: verdict === 'against' ? 'bad' : verdict === 'for' ? 'good' : 'unknown',
            text: VERDICT_WORDS[verdict],
          },
          statement,
          findings.length === 0 ? UNKNOWN : joined(findings.map(dossier.findingLink)),
        ],
      })),
    });
  }
  if (untold.length > 0) {
    const names = untold.map(({ requirement: number, title }) => `${number} ${title}`);
    blocks.push({ block: 'terms', items: [['Not observable passively', names.join('; ')]] });
  }
  for (const { statement, evidence: proof, by, at, requirement: number } of attestations) {
    blocks.push({
      block: 'paragraph',
      text: [strong(`Attested for ${number}: `), `${statement} (${proof}; ${by}, ${timeText(at)})`],
    });
  }
  return blocks;
}
