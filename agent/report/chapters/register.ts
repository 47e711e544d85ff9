/** The asset register: who is on the network, and how each statement about it is known. */
import { sourceWords } from '../../facts/source-words.ts';
import type { Asset } from '../../model/asset.ts';
import type { EvidenceSnapshot } from '../../model/snapshot.ts';
import { type Block, code, joined, link, type Row, strong, type Text, UNKNOWN } from '../document.ts';
import { assetName, type Dossier, known, MOST_LETTERS, productName } from '../dossier.ts';
import { countText } from '../numbers.ts';
import { cut } from '../visible.ts';
import { counted, listed } from '../words.ts';
import { spanText } from './zone-mapping.ts';

const MOST_UNFOLDED_ASSETS = 400;
/** Pieces of evidence shown for one asset, strongest first. */
const MOST_EVIDENCE = 30;
/** With more assets than this, only the strongest evidence for each field is shown: the file must open anywhere. */
const MOST_ASSETS_WITH_ALL_EVIDENCE = 2000;
const MOST_PARTS = 40;

export function* registerBlocks(dossier: Dossier): Generator<Block> {
  const { plant, assetsOfZone } = dossier;
  const devices = plant.assets.all.filter(({ parent }) => parent === null);
  if (devices.length === 0) {
    yield { block: 'paragraph', text: 'No device was heard.' };
    return;
  }
  yield {
    block: 'paragraph',
    text: `${counted(devices.length, 'asset')}, by zone. Each opens to the evidence: what was said, in which field of which protocol, how sure it is, and the frame that says it.`,
  };
  const zones = [...plant.zoning.zones.map(({ id }) => id), null];
  const many = devices.length > MOST_UNFOLDED_ASSETS;
  for (const zone of zones) {
    const members = assetsOfZone.get(zone) ?? [];
    if (members.length === 0) continue;
    const title: Text = [
      zone === null ? strong('In no zone') : strong(cut(dossier.zone(zone)?.name ?? zone, MOST_LETTERS)),
      ` · ${counted(members.length, 'asset')}`,
    ];
    yield { block: 'part', title, folded: many, blocks: memberBlocks(dossier, members, devices.length) };
  }
}

function* memberBlocks(dossier: Dossier, members: readonly Asset[], all: number): Generator<Block> {
  yield {
    block: 'table',
    caption: 'Assets',
    columns: [
      { heading: 'asset' },
      { heading: 'role' },
      { heading: 'level', number: true },
      { heading: 'what it says it is', wide: true },
      { heading: 'firmware' },
      { heading: 'serial' },
      { heading: 'speaks', wide: true },
      { heading: 'known', number: true },
      { heading: 'findings' },
    ],
    rows: members.map((asset) => assetRow(dossier, asset)),
  };
  for (const asset of members) yield assetPart(dossier, asset, all);
}

function assetRow({ assetLink, findingsOfAsset, findingLink }: Dossier, asset: Asset): Row {
  const findings = findingsOfAsset.get(asset.id) ?? [];
  return {
    cells: [
      assetLink(asset.id),
      asset.role,
      asset.purdueLevel === null ? UNKNOWN : String(asset.purdueLevel),
      known(productName(asset)),
      known(asset.firmware),
      known(asset.serial),
      listed(
        asset.protocols.map(({ name, as }) => (as === 'peer' ? name : `${name} ${as}`)),
        5,
      ) || UNKNOWN,
      `${Math.round(100 * asset.completeness.score)} %`,
      findings.length === 0 ? UNKNOWN : joined(findings.slice(0, 6).map(({ id }) => findingLink(id))),
    ],
  };
}

function assetPart(dossier: Dossier, asset: Asset, all: number): Block {
  const { plant, zoneLink, partsOf, anchors, findingsOfAsset } = dossier;
  const findings = findingsOfAsset.get(asset.id) ?? [];
  const parts = partsOf.get(asset.id) ?? [];
  const runnerUp = asset.roleRunnerUp === null ? '' : `; otherwise ${asset.roleRunnerUp.role}`;
  const items: (readonly [string, Text])[] = [
    ['Zone', zoneLink(plant.zoning.zoneOfAsset.get(asset.id) ?? null)],
    [
      'Role',
      [strong(asset.role), ` ${Math.round(100 * asset.roleConfidence)} %: ${asset.roleReasons.join('; ')}${runnerUp}`],
    ],
    ['Addresses', listed([...asset.ip, ...asset.mac, ...asset.vlan.map((vlan) => `VLAN ${vlan}`)], 20)],
    ['Heard', spanText(asset.firstSeen, asset.lastSeen)],
  ];
  if (asset.joined.length > 0) items.push(['One device because', asset.joined.join('; ')]);
  for (const { field, values } of asset.conflicts) {
    items.push([
      `Contradiction: ${field}`,
      listed(
        values.map(({ value, source }) => `${cut(value, 80)} (${sourceWords(source)})`),
        6,
      ),
    ]);
  }
  const unknown = asset.completeness.missing.map(({ name }) => name);
  if (unknown.length > 0)
    items.push(['Not known', [`${unknown.join(', ')}: `, link('completeness', 'what would tell them')]]);
  if (findings.length > 0) items.push(['Findings', joined(findings.map(({ id }) => dossier.findingLink(id)))]);
  const blocks: Block[] = [{ block: 'terms', items }];
  if (parts.length > 0) {
    blocks.push({
      block: 'list',
      items: parts
        .slice(0, MOST_PARTS)
        .map(
          (part): Text => [
            code(part.id.slice(asset.id.length + 1)),
            ` ${productName(part) ?? part.names[0] ?? 'a part that answers'}`,
          ],
        ),
    });
    if (parts.length > MOST_PARTS)
      blocks.push({ block: 'paragraph', text: `and ${counted(parts.length - MOST_PARTS, 'more part')}` });
  }
  const shown =
    all > MOST_ASSETS_WITH_ALL_EVIDENCE ? strongestOfEach(asset.evidence) : asset.evidence.slice(0, MOST_EVIDENCE);
  if (shown.length > 0) {
    blocks.push({
      block: 'table',
      caption: `Evidence about ${assetName(asset)}`,
      columns: [
        { heading: 'field' },
        { heading: 'value', wide: true },
        { heading: 'said in' },
        { heading: 'confidence', number: true },
        { heading: 'times', number: true },
        { heading: 'first in' },
      ],
      rows: shown.map((entry) => evidenceRow(dossier, entry)),
    });
  }
  if (asset.evidence.length > shown.length) {
    blocks.push({
      block: 'paragraph',
      text: `and ${counted(asset.evidence.length - shown.length, 'more piece', 'more pieces')} of evidence in the JSON report`,
    });
  }
  return {
    block: 'part',
    id: anchors.asset(asset.id),
    title: [strong(assetName(asset)), ` · ${asset.role}`],
    folded: true,
    blocks,
  };
}

function strongestOfEach(evidence: readonly EvidenceSnapshot[]): EvidenceSnapshot[] {
  const fields = new Set<string>();
  return evidence.filter(({ field }) => !fields.has(field) && fields.add(field));
}

function evidenceRow({ frameLink }: Dossier, entry: EvidenceSnapshot): Row {
  const { field, value, source, confidence, times, unit, file, frame } = entry;
  return {
    cells: [
      unit === null ? field : `${field} of unit ${unit}`,
      cut(value, MOST_LETTERS),
      code(source),
      `${Math.round(100 * confidence)} %`,
      countText(times),
      file === null || frame === null ? UNKNOWN : frameLink({ file, frame }),
    ],
  };
}
