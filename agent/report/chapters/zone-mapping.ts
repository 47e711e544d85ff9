/** Step 2 of the gap assessment: which zones there are, who is in them and why, and all paths between them. */
import type { Boundary } from '../../zones/conduit.ts';
import type { Zone, ZoneMember } from '../../zones/zone.ts';
import { type Crossing, crossingKey } from '../crossings.ts';
import { type DiagramEdge, NO_ZONE_NAME, permissionText } from '../diagrams/diagram.ts';
import {
  type Block,
  code,
  few,
  type Inline,
  joined,
  link,
  type MatrixCell,
  type Row,
  strong,
  type Text,
  UNKNOWN,
} from '../document.ts';
import { type Dossier, known, MOST_LETTERS } from '../dossier.ts';
import { bytesText, timeText } from '../numbers.ts';
import { cut } from '../visible.ts';
import { ACCESS_LETTERS, BOUNDARY_WORDS, counted, LEVEL_MEANINGS, listed } from '../words.ts';
import { findingLine } from './summary.ts';

/** More zones or assets than this are folded, so that the page stays in hand. */
const MOST_UNFOLDED_ASSETS = 60;
const MOST_FINDINGS = 12;
/** A matrix wider than this cannot be read. */
const MOST_MATRIX_ZONES = 60;

export function* zoneMappingBlocks(dossier: Dossier): Generator<Block> {
  const { plant, diagram } = dossier;
  if (plant.zoning.zones.length === 0) {
    yield {
      block: 'note',
      text: 'There is no zone: nothing was heard that would group assets, and no policy names any.',
    };
    return;
  }
  yield { block: 'paragraph', text: introduction(dossier) };
  const anchor = (id: string | null) => (id === null ? null : dossier.anchors.zone(id));
  yield { block: 'diagram', diagram, linkOf: ({ id }) => anchor(id) };
  if (diagram.zones.length <= MOST_MATRIX_ZONES) {
    yield { block: 'heading', level: 3, id: 'matrix', text: 'Who reaches whom' };
    yield {
      block: 'matrix',
      caption: 'The strongest access of the clients of a row to the servers of a column',
      names: diagram.zones.map(({ id, name }) => ({ text: name, to: anchor(id) })),
      cell: (row, column) => cellOf(dossier, row, column),
    };
  }
  yield { block: 'heading', level: 3, id: 'conduits', text: 'Conduits' };
  yield* conduitBlocks(dossier);
  yield { block: 'heading', level: 3, id: 'zone-list', text: 'Zones' };
  const many = plant.assets.all.length > MOST_UNFOLDED_ASSETS;
  for (const zone of plant.zoning.zones) yield zonePart(dossier, zone, many);
  const homeless = dossier.assetsOfZone.get(null) ?? [];
  if (homeless.length > 0) {
    yield {
      block: 'part',
      id: 'zone-none',
      title: [strong(NO_ZONE_NAME), ` · ${counted(homeless.length, 'asset')}`],
      folded: many,
      blocks: [{ block: 'paragraph', text: joined(homeless.map(({ id }) => dossier.assetLink(id))) }],
    };
  }
}

function introduction({ plant }: Dossier): Text {
  const { zoning, conduits } = plant;
  const counts = `${counted(zoning.zones.length, 'zone')} and ${counted(conduits.length, 'conduit')}`;
  return plant.policy === null
    ? `${counts} are proposed from what was heard; an operator decides. Each carries its reasons.`
    : `${counts} of the policy, compared with what was heard.`;
}

function cellOf({ crossings, diagram, plant }: Dossier, row: number, column: number): MatrixCell | null {
  const [from, to] = [diagram.zones[row], diagram.zones[column]];
  if (from === undefined || to === undefined) return null;
  const crossing: Crossing | undefined = crossings.get(crossingKey(from.id, to.id));
  if (crossing === undefined) return null;
  const { access, conversations, bytes, violations } = crossing;
  const violating = plant.check === null ? '' : `, ${counted(violations, 'violation')}`;
  return {
    access,
    text: access === null ? '·' : ACCESS_LETTERS[access],
    title: `${from.name} → ${to.name}: ${access ?? 'operations unknown'}, ${counted(conversations, 'conversation')}, ${bytesText(bytes)}${violating}`,
    violated: violations > 0,
  };
}

function* conduitBlocks(dossier: Dossier): Generator<Block> {
  const { plant, zoneLink } = dossier;
  if (plant.conduits.length === 0) {
    yield { block: 'paragraph', text: 'No traffic passes between zones.' };
    return;
  }
  const numbers = edgeNumbers(dossier);
  const numbered = plant.conduits.map((conduit) => ({
    ...conduit,
    number: numbers.get(crossingKey(conduit.from, conduit.to)),
  }));
  numbered.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const rows = numbered.map((conduit, index): Row => {
    const { number, from, to, status, decision, allow, boundary, traffic } = conduit;
    const decided: Text =
      decision === null
        ? status
        : `${status} by ${cut(decision.by, 40)}${decision.reason === null ? '' : `: ${cut(decision.reason, 120)}`}`;
    return {
      id: `conduit-${index + 1}`,
      cells: [
        number === undefined ? UNKNOWN : `${number}`,
        zoneLink(from),
        zoneLink(to),
        few(allow.map(permissionText), 12),
        traffic === null
          ? 'nothing heard'
          : `${counted(traffic.conversations, 'conversation')}, ${bytesText(traffic.bytes)}; ${listed(traffic.ports, 8)}`,
        [boundaryVerdict(boundary.observed), boundaryReasons(boundary)],
        decided,
      ],
    };
  });
  yield {
    block: 'table',
    caption: 'What passes between zones; the number is that of the line in the diagram',
    columns: [
      { heading: 'no.', number: true },
      { heading: 'clients in' },
      { heading: 'servers in' },
      { heading: 'lets through', wide: true },
      { heading: 'heard' },
      { heading: 'boundary', wide: true },
      { heading: 'status' },
    ],
    rows,
  };
}

/** Why, without the words of the verdict that stands before it. */
function boundaryReasons({ observed, reasons }: Boundary): string {
  const text = reasons.join('; ');
  const verdict = `${BOUNDARY_WORDS[observed]}: `;
  return text === '' ? '' : ` ${text.startsWith(verdict) ? text.slice(verdict.length) : text}`;
}

function boundaryVerdict(observed: keyof typeof BOUNDARY_WORDS): Inline {
  const tone = observed === 'router' ? 'good' : observed === 'none' ? 'bad' : 'unknown';
  return { is: 'verdict', tone, text: BOUNDARY_WORDS[observed] };
}

/** The number of the line of each conduit, by its crossing. */
function edgeNumbers({ diagram }: Dossier): ReadonlyMap<string, number> {
  const { zones, edges } = diagram;
  return new Map(
    edges.flatMap(({ a, b, number }: DiagramEdge) => {
      const [x, y] = [zones[a]?.id ?? null, zones[b]?.id ?? null];
      return [[crossingKey(x, y), number] as const, [crossingKey(y, x), number] as const];
    }),
  );
}

function zonePart(dossier: Dossier, zone: Zone, folded: boolean): Block {
  const { anchors, findingsOfZone, asset } = dossier;
  const findings = findingsOfZone.get(zone.id) ?? [];
  const devices = zone.members.filter(({ assetId }) => asset(assetId)?.parent === null);
  const blocks: Block[] = [
    {
      block: 'terms',
      items: [
        ['Id', code(zone.id)],
        [
          'Target',
          [
            strong(`SL-T ${zone.securityLevelTarget}`),
            `, against ${LEVEL_MEANINGS[zone.securityLevelTarget]}`,
            zone.rationale.length === 0 ? '' : `: ${zone.rationale.join('; ')}`,
          ],
        ],
        ['Why one zone', zone.reasons.join('; ') || UNKNOWN],
        ...(zone.addresses.length === 0 ? [] : [['Only addressed', listed(zone.addresses, 20)] as const]),
        ...(zone.locked ? [['Locked', 'by an operator: proposals do not change it'] as const] : []),
      ],
    },
  ];
  if (findings.length > 0) {
    blocks.push({
      block: 'list',
      items: findings.slice(0, MOST_FINDINGS).map((finding) => findingLine(dossier, { ...finding, zone: null })),
    });
    if (findings.length > MOST_FINDINGS) {
      blocks.push({
        block: 'paragraph',
        text: [link('findings', `and ${counted(findings.length - MOST_FINDINGS, 'more finding')}`)],
      });
    }
  }
  if (devices.length > 0) {
    blocks.push({
      block: 'table',
      caption: `Members of ${cut(zone.name, MOST_LETTERS)}`,
      columns: [
        { heading: 'asset' },
        { heading: 'role' },
        { heading: 'in this zone because', wide: true },
        { heading: 'otherwise in' },
        { heading: 'margin', number: true },
      ],
      rows: devices.map((member) => memberRow(dossier, member)),
    });
  }
  const kind: Text = { is: 'kind', kind: zone.kind };
  const title: Text = [
    strong(cut(zone.name, MOST_LETTERS)),
    ' ',
    kind,
    ` SL-T ${zone.securityLevelTarget} · ${counted(devices.length, 'asset')}`,
  ];
  return { block: 'part', id: anchors.zone(zone.id), title, folded, blocks };
}

function memberRow({ asset, assetLink, zoneLink }: Dossier, member: ZoneMember): Row {
  const { assetId, reasons, runnerUp, margin, placedBy } = member;
  const why = reasons.join('; ');
  return {
    cells: [
      assetLink(assetId),
      known(asset(assetId)?.role),
      placedBy === 'proposal' ? why : [strong(`by the ${placedBy}`), why === '' ? '' : `: ${why}`],
      runnerUp === null
        ? UNKNOWN
        : [zoneLink(runnerUp.zoneId), runnerUp.reasons.length > 0 ? `: ${runnerUp.reasons.join('; ')}` : ''],
      runnerUp === null ? UNKNOWN : `${Math.round(100 * margin)} %`,
    ],
  };
}

/** When something was heard: once, or from and until. */
export function spanText(firstSeen: number | null, lastSeen: number | null): string {
  if (firstSeen === null || lastSeen === null) return '';
  return firstSeen === lastSeen ? timeText(firstSeen) : `${timeText(firstSeen)} to ${timeText(lastSeen)}`;
}
