/** The first page: what somebody with a minute must know. */
import type { Finding } from '../../assess/finding.ts';
import { SEVERITIES } from '../../severity.ts';
import { type Block, type Figure, type Inline, link, strong, type Text } from '../document.ts';
import type { Dossier } from '../dossier.ts';
import { countText } from '../numbers.ts';
import { counted, listed, OPERATIONS_WORDS } from '../words.ts';

const MOST_LINES = 5;

export function summaryBlocks(dossier: Dossier): Block[] {
  const { plant, assessment } = dossier;
  if (plant.assets.all.length === 0) return [emptyNote(dossier)];
  const blocks: Block[] = [{ block: 'figures', items: figures(dossier) }];
  const steps = assessment.roadmap.slice(0, MOST_LINES);
  if (steps.length > 0) {
    blocks.push({ block: 'heading', level: 3, text: 'Do first' });
    blocks.push({
      block: 'list',
      ordered: true,
      items: steps.map(
        ({ order, title, operations, risk }): Text => [
          { is: 'severity', severity: risk },
          ' ',
          link(`step-${order}`, title),
          { is: 'muted', text: ` ${OPERATIONS_WORDS[operations]}` },
        ],
      ),
    });
  }
  const worst = dossier.findings.slice(0, MOST_LINES);
  if (worst.length > 0) {
    blocks.push({ block: 'heading', level: 3, text: 'What weighs most' });
    blocks.push({ block: 'list', items: worst.map((finding) => findingLine(dossier, finding)) });
  }
  const blind = assessment.blindSpots.slice(0, 3);
  if (blind.length > 0) {
    const more = assessment.blindSpots.length - blind.length;
    blocks.push({ block: 'heading', level: 3, text: 'What could not be heard' });
    blocks.push({ block: 'list', items: blind });
    const all: Inline = link('scope', more > 0 ? `All ${assessment.blindSpots.length} blind spots` : 'The scope');
    blocks.push({ block: 'paragraph', text: [all, ' of this assessment, and how well the traffic could be heard.'] });
  }
  return blocks;
}

/** A finding in one line. */
export function findingLine({ anchors, zoneLink }: Dossier, { id, severity, title, zone }: Finding): Inline[] {
  const where: Inline[] = zone === null ? [] : [' in ', zoneLink(zone)];
  return [{ is: 'severity', severity }, ' ', link(anchors.finding(id), title), ...where];
}

function emptyNote({ plant }: Dossier): Block {
  const { packets, files } = plant.snapshot.capture;
  const text =
    packets === 0
      ? `No packet was read from ${counted(files.length, 'capture')}.`
      : `${counted(packets, 'packet')} were read, and none came from a device on the network.`;
  return {
    block: 'note',
    text: [
      strong('Nothing was heard. '),
      text,
      ' Is the mirror port on, and does it copy both directions? ',
      link('scope', 'What was read'),
    ],
  };
}

function figures({ plant, assessment, findings }: Dossier): Figure[] {
  const { assets, zoning, conduits, check, snapshot } = plant;
  const devices = assets.all.filter(({ parent }) => parent === null);
  const unknown = devices.filter(({ role }) => role === 'unknown').length;
  const homeless = devices.filter(({ id }) => !zoning.zoneOfAsset.has(id)).length;
  const unbounded = conduits.filter(({ boundary }) => boundary.observed === 'none').length;
  const bySeverity = [...SEVERITIES]
    .reverse()
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0);
  const gaps = assessment.zones.filter(({ requirements }) => requirements.some(({ gap }) => gap)).length;
  const severe = bySeverity.some(([severity]) => severity === 'critical' || severity === 'high');
  const items: Figure[] = [
    {
      value: countText(devices.length),
      label: devices.length === 1 ? 'asset' : 'assets',
      note: unknown === 0 ? 'each with a role' : `${countText(unknown)} of unknown role`,
      to: 'register',
      tone: 'plain',
    },
    {
      value: countText(zoning.zones.length),
      label: plant.policy === null ? 'zones proposed' : 'zones of the policy',
      note: homeless === 0 ? 'every asset is in one' : `${countText(homeless)} assets in none`,
      to: 'zones',
      tone: homeless === 0 ? 'plain' : 'bad',
    },
    {
      value: countText(conduits.length),
      label: 'conduits',
      note: unbounded === 0 ? 'none seen to bypass a boundary' : `${countText(unbounded)} with no boundary observed`,
      to: 'conduits',
      tone: unbounded === 0 ? 'plain' : 'bad',
    },
    {
      value: countText(findings.length),
      label: findings.length === 1 ? 'finding' : 'findings',
      note:
        listed(
          bySeverity.map(([severity, count]) => `${count} ${severity}`),
          4,
        ) || 'no rule found anything',
      to: 'findings',
      tone: severe ? 'bad' : 'plain',
    },
    {
      value: `${countText(gaps)} of ${countText(assessment.zones.length)}`,
      label: 'zones with a gap',
      note: 'capped below their target level',
      to: 'levels',
      tone: gaps > 0 ? 'bad' : 'plain',
    },
  ];
  if (check !== null) {
    items.push({
      value: countText(check.violations.length),
      label: check.violations.length === 1 ? 'violation' : 'violations',
      note: 'of the policy',
      to: 'violations',
      tone: check.violations.length > 0 ? 'bad' : 'plain',
    });
  } else {
    items.push({
      value: countText(snapshot.conversations.length),
      label: 'conversations',
      note: 'no policy given: nothing can violate it',
      to: 'communication',
      tone: 'plain',
    });
  }
  return items;
}
