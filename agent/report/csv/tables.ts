/** The tables that a report gives to spreadsheets: each a list of columns and what they take from an item. */
import type { Asset } from '../../model/asset.ts';
import { type ConversationSnapshot, type FrameReference, scopedAddress } from '../../model/snapshot.ts';
import { accessOf, doing } from '../conversation-words.ts';
import { permissionText } from '../diagrams/diagram.ts';
import type { Dossier } from '../dossier.ts';
import { isoTime } from '../time.ts';
import { type CsvValue, csvLine } from './csv.ts';

/** What separates several values in one cell. */
const LIST = '; ';

interface Table<Item> {
  items(dossier: Dossier): readonly Item[];
  readonly columns: Readonly<Record<string, (item: Item, dossier: Dossier) => CsvValue>>;
}

/** Keeps the items' type between a table's list and its columns. */
function table<Item>(
  items: Table<Item>['items'],
  columns: Table<Item>['columns'],
): (dossier: Dossier) => Generator<string> {
  return function* (dossier) {
    yield csvLine(Object.keys(columns));
    const cells = Object.values(columns);
    for (const item of items(dossier)) yield csvLine(cells.map((cell) => cell(item, dossier)));
  };
}

/** Each table's lines, by its name on the command line. */
export const CSV_TABLES = {
  assets: table<Asset>(({ plant }) => plant.assets.all, {
    id: ({ id }) => id,
    ip: ({ ip }) => ip.join(LIST),
    mac: ({ mac }) => mac.join(LIST),
    vlan: ({ vlan }) => vlan.join(LIST),
    names: ({ names }) => names.join(LIST),
    zone: ({ id, parent }, { plant }) =>
      plant.zoning.zoneOfAsset.get(id) ?? plant.zoning.zoneOfAsset.get(parent ?? '') ?? null,
    role: ({ role }) => role,
    roleConfidence: ({ roleConfidence }) => roleConfidence,
    roleReasons: ({ roleReasons }) => roleReasons.join(LIST),
    purdueLevel: ({ purdueLevel }) => purdueLevel,
    vendor: ({ vendor }) => vendor,
    product: ({ product }) => product,
    model: ({ model }) => model,
    firmware: ({ firmware }) => firmware,
    hardware: ({ hardware }) => hardware,
    serial: ({ serial }) => serial,
    parent: ({ parent }) => parent,
    protocols: ({ protocols }) => protocols.map(({ name, as }) => `${name} ${as}`).join(LIST),
    completeness: ({ completeness }) => completeness.score,
    findings: ({ id }, { findingsOfAsset }) => (findingsOfAsset.get(id) ?? []).map((finding) => finding.id).join(LIST),
    firstSeen: ({ firstSeen }) => isoTime(firstSeen),
    lastSeen: ({ lastSeen }) => isoTime(lastSeen),
  }),
  evidence: table(
    ({ plant }) => plant.assets.all.flatMap(({ id, evidence }) => evidence.map((entry) => ({ asset: id, entry }))),
    {
      asset: ({ asset }) => asset,
      field: ({ entry }) => entry.field,
      value: ({ entry }) => entry.value,
      source: ({ entry }) => entry.source,
      confidence: ({ entry }) => entry.confidence,
      unit: ({ entry }) => entry.unit,
      file: ({ entry }) => entry.file,
      frame: ({ entry }) => entry.frame,
      times: ({ entry }) => entry.times,
      firstSeen: ({ entry }) => isoTime(entry.firstSeen),
      lastSeen: ({ entry }) => isoTime(entry.lastSeen),
    },
  ),
  conversations: table<ConversationSnapshot>(({ plant }) => plant.snapshot.conversations, {
    client: ({ client }) => client,
    server: ({ server }) => server,
    clientId: ({ client, scope }, { plant }) => plant.assets.idOf.get(scopedAddress(client, scope)) ?? null,
    serverId: ({ server, scope }, { plant }) => plant.assets.idOf.get(scopedAddress(server, scope)) ?? null,
    fromZone: ({ client, scope }, { plant }) => plant.zoning.zoneOfAddress.get(scopedAddress(client, scope)) ?? null,
    toZone: ({ server, scope }, { plant }) => plant.zoning.zoneOfAddress.get(scopedAddress(server, scope)) ?? null,
    transport: ({ transport }) => transport,
    port: ({ port }) => port,
    protocol: ({ protocol }) => protocol,
    initiator: ({ initiator }) => initiator,
    access: (entry) => accessOf(entry),
    operations: (entry) => doing(entry),
    packets: ({ packets }) => packets,
    bytes: ({ bytes }) => bytes,
    firstSeen: ({ firstSeen }) => isoTime(firstSeen),
    lastSeen: ({ lastSeen }) => isoTime(lastSeen),
  }),
  zones: table(({ plant }) => plant.zoning.zones, {
    id: ({ id }) => id,
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    securityLevelTarget: ({ securityLevelTarget }) => securityLevelTarget,
    rationale: ({ rationale }) => rationale.join(LIST),
    reasons: ({ reasons }) => reasons.join(LIST),
    assets: ({ members }) => members.map(({ assetId }) => assetId).join(LIST),
    addresses: ({ addresses }) => addresses.join(LIST),
    locked: ({ locked }) => (locked ? 'yes' : 'no'),
  }),
  conduits: table(({ plant }) => plant.conduits, {
    id: ({ id }) => id,
    from: ({ from }) => from,
    to: ({ to }) => to,
    status: ({ status }) => status,
    allow: ({ allow }) => allow.map(permissionText).join(LIST),
    boundary: ({ boundary }) => boundary.observed,
    boundaryReasons: ({ boundary }) => boundary.reasons.join(LIST),
    ports: ({ traffic }) => traffic?.ports.join(LIST) ?? null,
    conversations: ({ traffic }) => traffic?.conversations ?? null,
    packets: ({ traffic }) => traffic?.packets ?? null,
    bytes: ({ traffic }) => traffic?.bytes ?? null,
    firstSeen: ({ traffic }) => isoTime(traffic?.firstSeen ?? null),
    lastSeen: ({ traffic }) => isoTime(traffic?.lastSeen ?? null),
    decidedBy: ({ decision }) => decision?.by ?? null,
    decisionReason: ({ decision }) => decision?.reason ?? null,
    decidedUntil: ({ decision }) => isoTime(decision?.until ?? null),
  }),
  violations: table(({ plant }) => plant.check?.violations ?? [], {
    id: ({ id }) => id,
    severity: ({ severity }) => severity,
    kind: ({ kind }) => kind,
    client: ({ client }) => client,
    server: ({ server }) => server,
    fromZone: ({ fromZone }) => fromZone,
    toZone: ({ toZone }) => toZone,
    transport: ({ transport }) => transport,
    port: ({ port }) => port,
    protocol: ({ protocol }) => protocol,
    access: ({ access }) => access,
    reasons: ({ reasons }) => reasons.join(LIST),
    packets: ({ packets }) => packets,
    bytes: ({ bytes }) => bytes,
    answered: ({ attempt }) => (attempt ? 'no' : 'yes'),
    frames: ({ samples }) => framesText(samples),
    firstSeen: ({ firstSeen }) => isoTime(firstSeen),
    lastSeen: ({ lastSeen }) => isoTime(lastSeen),
  }),
  findings: table(({ findings }) => findings, {
    id: ({ id }) => id,
    severity: ({ severity }) => severity,
    requirement: ({ requirement }) => requirement,
    rule: ({ rule }) => rule,
    title: ({ title }) => title,
    zone: ({ zone }) => zone,
    assets: ({ assets }) => assets.join(LIST),
    why: ({ why }) => why,
    evidence: ({ evidence }) => evidence.join(LIST),
    mend: ({ mend }) => mend,
    disturbs: ({ disturbs }) => disturbs,
    technique: ({ technique }) => technique,
    frames: ({ samples }) => framesText(samples),
    firstSeen: ({ firstSeen }) => isoTime(firstSeen),
    lastSeen: ({ lastSeen }) => isoTime(lastSeen),
  }),
  roadmap: table(({ assessment }) => assessment.roadmap, {
    order: ({ order }) => order,
    title: ({ title }) => title,
    risk: ({ risk }) => risk,
    effort: ({ effort }) => effort,
    operations: ({ operations }) => operations,
    requirement: ({ requirement }) => requirement,
    zones: ({ zones }) => zones.join(LIST),
    findings: ({ findings }) => findings.join(LIST),
    why: ({ why }) => why,
    how: ({ how }) => how,
  }),
} as const satisfies Record<string, (dossier: Dossier) => Generator<string>>;

export type CsvTable = keyof typeof CSV_TABLES;

function framesText(samples: readonly FrameReference[]): string {
  return samples.map(({ file, frame }) => `${file} #${frame}`).join(LIST);
}
