/** Step 1 of the gap assessment: what was listened to, when, how well, and what was not. */
import { hearingFindings } from '../../model/capture-quality.ts';
import { plantCompleteness } from '../../model/completeness.ts';
import { type Block, code, type Row, strong, UNKNOWN } from '../document.ts';
import { type Dossier, known } from '../dossier.ts';
import { bytesText, countText, durationText, timeText } from '../numbers.ts';
import { cut } from '../visible.ts';
import { counted } from '../words.ts';

/** Addresses and files that are named before the rest is only counted. */
const MOST_FILES = 200;

export function* scopeBlocks(dossier: Dossier): Generator<Block> {
  const { plant, assessment } = dossier;
  const { capture } = plant.snapshot;
  const { firstSeen, lastSeen } = capture;
  yield {
    block: 'terms',
    items: [
      ['Heard', `${counted(capture.packets, 'packet')}, ${bytesText(capture.bytes)}`],
      ['From', firstSeen === null ? UNKNOWN : timeText(firstSeen)],
      ['Until', lastSeen === null ? UNKNOWN : timeText(lastSeen)],
      ['For', firstSeen === null || lastSeen === null ? UNKNOWN : durationText((lastSeen - firstSeen) / 1e6)],
      ['Protocols', cut(protocols(dossier), 2000) || UNKNOWN],
    ],
  };
  yield {
    block: 'table',
    caption: 'Captures',
    columns: [
      { heading: 'file', wide: true },
      { heading: 'packets', number: true },
      { heading: 'SHA-256', wide: true },
      { heading: 'read' },
    ],
    rows: captureRows(dossier),
  };
  if (capture.files.length > MOST_FILES) {
    yield {
      block: 'paragraph',
      text: `And ${counted(capture.files.length - MOST_FILES, 'more capture')}: the JSON report names each.`,
    };
  }
  yield { block: 'heading', level: 3, id: 'blind-spots', text: 'Blind spots' };
  yield assessment.blindSpots.length === 0
    ? {
        block: 'paragraph',
        text: 'None is known beyond what passive listening never hears: see what this report does not claim.',
      }
    : { block: 'list', items: assessment.blindSpots };
  const hearing = hearingFindings(plant.snapshot);
  if (hearing.length > 0) {
    yield { block: 'heading', level: 3, text: 'How well the traffic could be heard' };
    yield {
      block: 'table',
      caption: 'Faults of the mirror port or the capture',
      columns: [
        { heading: 'source', wide: true },
        { heading: 'what', wide: true },
        { heading: 'likely cause', wide: true },
        { heading: 'mend', wide: true },
      ],
      rows: hearing.map(({ source, what, cause, mend }) => ({ cells: [known(source), what, cause, mend] })),
    };
  }
  yield* completeness(dossier);
}

function captureRows({ plant, assessment }: Dossier): Row[] {
  const hashes = new Map(assessment.method.captures.map(({ name, sha256 }) => [name, sha256]));
  return plant.snapshot.capture.files.slice(0, MOST_FILES).map(({ name, packets, error }, index) => {
    const hash = hashes.get(name);
    return {
      id: `file-${index + 1}`,
      cells: [
        code(name),
        countText(packets),
        hash == null ? UNKNOWN : code(hash),
        error === null ? 'whole' : [strong('in part: '), cut(error.message, 200)],
      ],
    };
  });
}

function protocols({ plant }: Dossier): string {
  const counts = new Map<string, number>();
  for (const { protocol, recognised } of plant.snapshot.conversations) {
    if (recognised) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, count]) => `${name} (${countText(count)})`)
    .join(', ');
}

function* completeness({ plant }: Dossier): Generator<Block> {
  const { score, missing } = plantCompleteness(plant.assets.all);
  if (score === null) return;
  yield { block: 'heading', level: 3, id: 'completeness', text: 'How complete the inventory is' };
  yield {
    block: 'paragraph',
    text: [
      'Of the attributes that an OT asset inventory should hold (CISA, Foundations for OT Cybersecurity, 2025), ',
      strong(`${Math.round(100 * score)} %`),
      ' are known on average. Assets that lack each:',
    ],
  };
  const rows = Object.entries(missing).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  yield {
    block: 'table',
    caption: 'Attributes that are not known',
    columns: [
      { heading: 'attribute' },
      { heading: 'assets', number: true },
      { heading: 'what would tell it', wide: true },
    ],
    rows: rows.map(([name, count]) => ({ cells: [name, countText(count), toldBy(plant.assets.all, name)] })),
  };
}

function toldBy(
  assets: readonly {
    readonly completeness: { readonly missing: readonly { readonly name: string; readonly toldBy: string }[] };
  }[],
  name: string,
): string {
  for (const {
    completeness: { missing },
  } of assets) {
    const found = missing.find((attribute) => attribute.name === name);
    if (found !== undefined) return found.toldBy;
  }
  return '';
}
