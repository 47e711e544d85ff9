/** Step 4 of the gap assessment: what stands between the levels heard and the levels wanted, and what would close it. */
import type { Finding } from '../../assess/finding.ts';
import type { Violation } from '../../policy/violation.ts';
import { permissionText } from '../diagrams/diagram.ts';
import { type Block, code, few, joined, link, type Row, strong, type Text, UNKNOWN } from '../document.ts';
import type { Dossier } from '../dossier.ts';
import { bytesText, countText } from '../numbers.ts';
import { bySeverity, counted, REQUIREMENT_NAMES, VERDICT_WORDS, VIOLATION_WORDS } from '../words.ts';
import { spanText } from './zone-mapping.ts';

/** Beyond so many rows a list is for programs: the CSV and the JSON hold all. */
export const MOST_ROWS = 2000;
const MOST_UNFOLDED_FINDINGS = 40;
const MOST_NAMED = 25;

export function* gapBlocks(dossier: Dossier): Generator<Block> {
  yield* gapTable(dossier);
  yield* commonFindings(dossier);
  yield { block: 'heading', level: 3, id: 'findings', text: `Findings (${countText(dossier.findings.length)})` };
  if (dossier.findings.length === 0) yield { block: 'paragraph', text: 'No rule found anything in what was heard.' };
  const many = dossier.findings.length > MOST_UNFOLDED_FINDINGS;
  for (const [index, finding] of dossier.findings.entries()) {
    if (index >= MOST_ROWS) {
      yield {
        block: 'paragraph',
        text: `And ${counted(dossier.findings.length - MOST_ROWS, 'more finding')}: the CSV and the JSON hold all.`,
      };
      break;
    }
    yield findingPart(dossier, finding, many);
  }
  if (dossier.plant.check !== null) yield* violationBlocks(dossier);
}

function* gapTable({ assessment, zoneLink, findingLink }: Dossier): Generator<Block> {
  const rows = assessment.zones.flatMap(({ zone, securityLevelTarget, requirements }) =>
    requirements
      .filter(({ gap }) => gap)
      .map(({ requirement, cap, reasons, evidence }): Row => {
        const findings = [
          ...new Set(evidence.filter(({ verdict }) => verdict === 'against').flatMap((entry) => entry.findings)),
        ];
        return {
          cells: [
            zoneLink(zone),
            `FR ${requirement} ${REQUIREMENT_NAMES[requirement]}`,
            String(securityLevelTarget),
            cap === null ? UNKNOWN : `at most ${cap}`,
            reasons.join('; ') || UNKNOWN,
            findings.length === 0 ? UNKNOWN : joined(findings.map(findingLink)),
          ],
        };
      }),
  );
  yield { block: 'heading', level: 3, text: 'Levels below their target' };
  if (rows.length === 0) {
    yield { block: 'paragraph', text: 'Nothing that was heard caps a zone below its target. What was not heard may.' };
    return;
  }
  yield {
    block: 'table',
    caption: 'Gaps, and the findings whose mending would close them',
    columns: [
      { heading: 'zone' },
      { heading: 'requirement' },
      { heading: 'SL-T', number: true },
      { heading: 'achieved' },
      { heading: 'because', wide: true },
      { heading: 'findings' },
    ],
    rows,
  };
}

function* commonFindings({ assessment, findingLink }: Dossier): Generator<Block> {
  if (assessment.commonFindings.length === 0) return;
  yield { block: 'heading', level: 3, text: 'What assessors meet most' };
  yield {
    block: 'table',
    caption: 'The common findings of OT assessments, looked for here',
    columns: [
      { heading: 'finding' },
      { heading: 'here' },
      { heading: 'statement', wide: true },
      { heading: 'findings' },
    ],
    rows: assessment.commonFindings.map(({ title, verdict, statement, findings }) => ({
      cells: [
        title,
        { is: 'verdict', tone: verdict === 'found' ? 'bad' : 'unknown', text: VERDICT_WORDS[verdict] },
        statement,
        findings.length === 0 ? UNKNOWN : few(findings.map(findingLink), MOST_NAMED),
      ],
    })),
  };
}

function findingPart(dossier: Dossier, finding: Finding, many: boolean): Block {
  const { id, rule, requirement, title, why, severity, zone, assets, evidence, samples, mend, disturbs, technique } =
    finding;
  const when = spanText(finding.firstSeen, finding.lastSeen);
  const items: (readonly [string, Text])[] = [
    ['Why it matters', why],
    ['Heard', evidence.length === 0 ? UNKNOWN : joined(evidence.slice(0, MOST_NAMED), '; ')],
    ['Frames', samples.length === 0 ? UNKNOWN : few(samples.map(dossier.frameLink), MOST_NAMED)],
    ['What would mend it', mend],
    ['What that may disturb', disturbs],
    ['Assets', assets.length === 0 ? UNKNOWN : few(assets.map(dossier.assetLink), MOST_NAMED)],
    ['Where', zone === null ? 'the whole plant' : dossier.zoneLink(zone)],
    [
      'Requirement',
      [
        strong(requirement),
        ' · rule ',
        link(`rule-${rule}`, rule),
        technique === null ? '' : ` · ATT&CK for ICS ${technique}`,
      ],
    ],
    ...(when === '' ? [] : [['When', when] as const]),
    ['Id', code(id)],
  ];
  const severe = severity === 'high' || severity === 'critical';
  return {
    block: 'part',
    id: dossier.anchors.finding(id),
    severity,
    title: [{ is: 'severity', severity }, ' ', dossier.findingLink(id), ' ', strong(title)],
    folded: many && !severe,
    blocks: [{ block: 'terms', items }],
  };
}

function* violationBlocks({ plant, zoneLink, endText, frameLink }: Dossier): Generator<Block> {
  const { violations, unusedConduits, unusedPermissions } = plant.check ?? {
    violations: [],
    unusedConduits: [],
    unusedPermissions: [],
  };
  yield {
    block: 'heading',
    level: 3,
    id: 'violations',
    text: `Violations of the policy (${countText(violations.length)})`,
  };
  if (violations.length === 0) yield { block: 'paragraph', text: 'Every flow that was heard is allowed.' };
  else {
    yield {
      block: 'table',
      caption: 'Flows that the policy does not allow',
      columns: [
        { heading: 'severity' },
        { heading: 'client' },
        { heading: 'server' },
        { heading: 'protocol' },
        { heading: 'access' },
        { heading: 'between', wide: true },
        { heading: 'why', wide: true },
        { heading: 'heard' },
        { heading: 'frames' },
      ],
      rows: [...violations]
        .sort(bySeverity)
        .slice(0, MOST_ROWS)
        .map((violation): Row => {
          const { severity, client, clientId, server, serverId, fromZone, toZone, kind, reasons, samples } = violation;
          return {
            cells: [
              { is: 'severity', severity },
              endText(client, clientId),
              endText(server, serverId),
              serviceText(violation),
              violation.access === null ? UNKNOWN : { is: 'access', access: violation.access },
              [zoneLink(fromZone), ' → ', zoneLink(toZone)],
              [strong(VIOLATION_WORDS[kind]), reasons.length === 0 ? '' : `: ${reasons.join('; ')}`],
              `${counted(violation.packets, 'packet')}, ${bytesText(violation.bytes)}${violation.attempt ? ', no answer' : ''}`,
              samples.length === 0 ? UNKNOWN : few(samples.map(frameLink), 3),
            ],
          };
        }),
    };
    if (violations.length > MOST_ROWS) {
      yield {
        block: 'paragraph',
        text: `And ${counted(violations.length - MOST_ROWS, 'more violation')}: the CSV and the JSON hold all.`,
      };
    }
  }
  if (unusedConduits.length + unusedPermissions.length === 0) return;
  yield { block: 'heading', level: 4, text: 'Allowed, and not used in what was heard' };
  yield {
    block: 'list',
    items: [
      ...unusedConduits.map((id): Text => ['conduit ', code(id)]),
      ...unusedPermissions.map(
        ({ conduit, permission }): Text => ['in conduit ', code(conduit), `: ${permissionText(permission)}`],
      ),
    ].slice(0, MOST_ROWS),
  };
}

function serviceText({ protocol, transport, port }: Violation): string {
  return port === null || protocol === `${transport}/${port}` ? protocol : `${protocol} ${transport}/${port}`;
}
