/**
 * From a plant to the rows that lists read: pure. Every row carries its entry as the report has it. Rows are made one at
 * a time: those of a large plant take more memory together than the plant itself.
 */
import { hash } from 'node:crypto';
import { AddressKind } from '../facts/hosts.ts';
import type { Asset } from '../model/asset.ts';
import { matrixOf, type PairTraffic } from '../model/matrix.ts';
import { type ConversationSnapshot, scopedAddress } from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import {
  reportedAsset,
  reportedConduit,
  reportedConversation,
  reportedFinding,
  reportedViolation,
  reportedZone,
} from '../report/report.ts';
import { isoTime } from '../report/time.ts';
import { SEVERITIES } from '../severity.ts';
import { ACCESS_ORDER } from '../zones/flow.ts';
import type { EntryTable } from './entry-tables.ts';

/** One row of a table of entries. */
export interface EntryRow {
  readonly id: string;
  /** By the table's columns, in their order. */
  readonly values: readonly (string | number)[];
  /** What it can be found by beside its columns; several of a name. */
  readonly tags: readonly (readonly [name: string, value: string])[];
}

/** Characters of a conversation's id: 132 bits, so that nobody can make two alike. */
const CONVERSATION_ID = 22;

const NO_TAGS: EntryRow['tags'] = [];

/** The rows of each table of entries, as they are asked for. */
export const ENTRY_ROWS: Readonly<Record<EntryTable, (plant: Plant) => Iterable<EntryRow>>> = {
  *asset(plant) {
    const addressOf = new Map(plant.assets.all.map((asset) => [asset.id, sortableAddress(asset)]));
    for (const asset of plant.assets.all) {
      const { evidence, ...entry } = reportedAsset(asset, plant);
      const { id, parent, vendor, product, model, firmware, hardware, serial, names, ip, mac, vlan, role } = asset;
      const address = parent === null ? sortableAddress(asset) : `${addressOf.get(parent)} ${id}`;
      const words = [id, ...ip, ...mac, ...names, vendor, product, model, firmware, hardware, serial, role, entry.zone];
      yield {
        id,
        values: [
          address,
          names[0] ?? '',
          vendor ?? '',
          product ?? '',
          model ?? '',
          firmware ?? '',
          role,
          asset.purdueLevel ?? -1,
          entry.zone ?? '',
          parent ?? '',
          asset.completeness.score,
          asset.firstSeen,
          asset.lastSeen,
          words.filter((word) => word !== null).join('\n'),
          JSON.stringify(entry),
          JSON.stringify(evidence),
        ],
        tags: [
          ...asset.protocols.map(({ name }) => ['protocol', name] as const),
          ...ip.map((value) => ['ip', value] as const),
          ...mac.map((value) => ['mac', value] as const),
          ...vlan.map((value) => ['vlan', String(value)] as const),
        ],
      };
    }
  },

  *conversation(plant) {
    const { snapshot, zoning } = plant;
    for (const heard of snapshot.conversations) {
      const { operations, ...entry } = reportedConversation(heard, plant);
      const { client, server, clientId, serverId, scope, transport, port, protocol, packets, bytes } = entry;
      const id = conversationId(heard);
      const zoneOf = (address: string) => zoning.zoneOfAddress.get(scopedAddress(address, scope)) ?? '';
      yield {
        id,
        values: [
          client,
          server,
          clientId ?? '',
          serverId ?? '',
          zoneOf(client),
          zoneOf(server),
          transport,
          port ?? -1,
          protocol,
          packets,
          bytes,
          heard.firstSeen,
          heard.lastSeen,
          `${client}\n${server}\n${protocol}\n${transport}/${port ?? ''}`,
          JSON.stringify({ id, ...entry }),
          JSON.stringify(operations),
        ],
        tags: ACCESS_ORDER.filter((access) => operations.some((operation) => operation.access === access)).map(
          (access) => ['access', access] as const,
        ),
      };
    }
  },

  *pair(plant) {
    yield* pairRows('zone', matrixOf(plant, 'zone'));
    yield* pairRows('asset', matrixOf(plant, 'asset'));
  },

  *zone({ zoning }) {
    for (const zone of zoning.zones) {
      const { members, assets, ...entry } = reportedZone(zone);
      const { id, name, kind, securityLevelTarget } = entry;
      const body = JSON.stringify({ ...entry, assetCount: assets.length });
      const text = [id, name, kind].join('\n');
      const values = [name, kind, securityLevelTarget, assets.length, text, body, JSON.stringify(members)];
      yield { id, values, tags: NO_TAGS };
    }
  },

  *conduit({ conduits }) {
    for (const conduit of conduits) {
      const { id, from, to, status, traffic } = conduit;
      const body = JSON.stringify(reportedConduit(conduit));
      yield { id, values: [from, to, status, traffic?.packets ?? 0, traffic?.lastSeen ?? -1, body], tags: NO_TAGS };
    }
  },

  *violation({ check }) {
    for (const violation of check?.violations ?? []) {
      const { id, kind, severity, client, server, clientId, serverId, protocol, fromZone, toZone, access } = violation;
      yield {
        id,
        values: [
          kind,
          SEVERITIES.indexOf(severity),
          client,
          server,
          clientId ?? '',
          serverId ?? '',
          protocol,
          fromZone ?? '',
          toZone ?? '',
          access ?? '',
          violation.packets,
          violation.firstSeen,
          violation.lastSeen,
          [client, server, protocol, fromZone, toZone].filter((word) => word !== null).join('\n'),
          JSON.stringify(reportedViolation(violation)),
        ],
        tags: NO_TAGS,
      };
    }
  },

  *finding({ findings }) {
    for (const finding of findings) {
      const { id, rule, requirement, severity, zone, title, why, assets, lastSeen } = finding;
      yield {
        id,
        values: [
          rule,
          requirement,
          SEVERITIES.indexOf(severity),
          zone ?? '',
          lastSeen ?? -1,
          [title, why, requirement, rule].join('\n'),
          JSON.stringify(reportedFinding(finding)),
        ],
        tags: assets.map((asset) => ['asset', asset] as const),
      };
    }
  },
};

/** What an address is sorted by: IPv4 as numbers, then IPv6, then MAC addresses. */
function sortableAddress({ ip: [ip], mac: [mac], id, parent }: Asset): string {
  if (parent !== null) return id;
  if (ip === undefined) return `9 ${mac ?? id}`;
  const parts = ip.split('.');
  return parts.length === AddressKind.ipv4 ? `4 ${parts.map((part) => part.padStart(3, '0')).join('.')}` : `6 ${ip}`;
}

function conversationId({ client, server, scope, transport, port, protocol }: ConversationSnapshot): string {
  const parties = JSON.stringify([client, server, scope, transport, port, protocol]);
  return hash('sha256', parties, 'base64url').slice(0, CONVERSATION_ID);
}

function* pairRows(level: 'zone' | 'asset', pairs: readonly PairTraffic[]): Generator<EntryRow> {
  for (const pair of pairs) {
    const { from, to, packets, bytes, firstSeen, lastSeen, protocols, accesses } = pair;
    const entry = { ...pair, firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen) };
    yield {
      id: JSON.stringify([level, from, to]),
      values: [level, from, to, packets, bytes, lastSeen, JSON.stringify(entry)],
      tags: [
        ...protocols.map(({ protocol }) => ['protocol', protocol] as const),
        ...Object.keys(accesses).map((access) => ['access', access] as const),
      ],
    };
  }
}
