/**
 * From a plant to the rows that lists read: pure. Every row carries its entry as the report has it. Rows are made one at
 * a time, and only where something changed: those of a large plant take more memory together than the plant itself.
 */
import { hash } from 'node:crypto';
import type { Access } from '../../parsers/protocol.ts';
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

/** A row of a table of entries, to be made when it is wanted: in most intervals nearly all stay as they were. */
export interface Entry {
  /** What tells it from all others of its table while the program runs. */
  readonly key: string;
  /** What it is known by in the database, and for good, where that is not the key. */
  readonly id?: () => string;
  /** In short what the row follows from: while that is the same, so is the row. Null where only the row itself tells. */
  readonly state: string | null;
  readonly row: (id: string) => EntryRow;
}

/** One row of a table of entries. */
export interface EntryRow {
  /** By the table's columns, in their order. */
  readonly values: readonly (string | number)[];
  /** What it can be found by beside its columns; several of a name. */
  readonly tags: readonly (readonly [name: string, value: string])[];
}

/** Characters of a conversation's id: 132 bits, so that nobody can make two alike. */
const CONVERSATION_ID = 22;

const NO_TAGS: EntryRow['tags'] = [];

/** The rows of each table of entries, as they are asked for. */
export const ENTRY_ROWS: Readonly<Record<EntryTable, (plant: Plant) => Iterable<Entry>>> = {
  *asset(plant) {
    const addressOf = new Map(plant.assets.all.map((asset) => [asset.id, sortableAddress(asset)]));
    for (const asset of plant.assets.all) yield { key: asset.id, state: null, row: () => rowOf(asset) };

    function rowOf(asset: Asset): EntryRow {
      const { evidence, ...entry } = reportedAsset(asset, plant);
      const { id, parent, vendor, product, model, firmware, hardware, serial, names, ip, mac, vlan, role } = asset;
      const address = parent === null ? sortableAddress(asset) : `${addressOf.get(parent)} ${id}`;
      const words = [id, ...ip, ...mac, ...names, vendor, product, model, firmware, hardware, serial, role, entry.zone];
      return {
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
    const { snapshot, assets, zoning } = plant;
    for (const heard of snapshot.conversations) {
      const { transport, port, protocol, initiator, packets, bytes, flows, firstSeen, lastSeen, firstFrame } = heard;
      const [client, server] = [scopedAddress(heard.client, heard.scope), scopedAddress(heard.server, heard.scope)];
      const zones = [zoning.zoneOfAddress.get(client) ?? '', zoning.zoneOfAddress.get(server) ?? ''] as const;
      // a conversation changes only as its packets are counted, but for whose addresses its ends are
      const counted = `${packets} ${bytes} ${flows} ${firstSeen} ${lastSeen} ${initiator} ${heard.operations.length}`;
      const ends = `${assets.idOf.get(client)} ${assets.idOf.get(server)} ${zones[0]} ${zones[1]}`;
      yield {
        key: `${client} ${server} ${transport} ${port} ${protocol}`,
        id: () => conversationId(heard),
        state: `${counted} ${firstFrame?.file} ${firstFrame?.frame} ${ends}`,
        row: (id) => rowOf(id, heard, zones),
      };
    }

    function rowOf(id: string, heard: ConversationSnapshot, [fromZone, toZone]: readonly [string, string]): EntryRow {
      const { operations, ...entry } = reportedConversation(heard, plant);
      const { client, server, clientId, serverId, transport, port, protocol, packets, bytes } = entry;
      return {
        values: [
          client,
          server,
          clientId ?? '',
          serverId ?? '',
          fromZone,
          toZone,
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
      yield { key: id, state: null, row: () => ({ values, tags: NO_TAGS }) };
    }
  },

  *conduit({ conduits }) {
    for (const conduit of conduits) {
      const { id, from, to, status, traffic } = conduit;
      const body = JSON.stringify(reportedConduit(conduit));
      const values = [from, to, status, traffic?.packets ?? 0, traffic?.lastSeen ?? -1, body];
      yield { key: id, state: null, row: () => ({ values, tags: NO_TAGS }) };
    }
  },

  *violation({ check }) {
    for (const violation of check?.violations ?? []) {
      const { id, kind, severity, client, server, clientId, serverId, protocol, fromZone, toZone, access } = violation;
      const row = () => ({
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
      });
      yield { key: id, state: null, row };
    }
  },

  *finding({ findings }) {
    for (const finding of findings) {
      const { id, rule, requirement, severity, zone, title, why, assets, lastSeen } = finding;
      const row = () => ({
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
      });
      yield { key: id, state: null, row };
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

function* pairRows(level: 'zone' | 'asset', pairs: readonly PairTraffic[]): Generator<Entry> {
  for (const pair of pairs) {
    const { from, to, conversations, packets, bytes, firstSeen, lastSeen, protocols, accesses } = pair;
    let state = `${conversations} ${packets} ${bytes} ${firstSeen} ${lastSeen}`;
    for (const { protocol } of protocols) state += ` ${protocol}`;
    for (const access in accesses) state += ` ${access},${accesses[access as Access]}`;
    const row = (): EntryRow => ({
      values: [
        ...[level, from, to, packets, bytes, lastSeen],
        JSON.stringify({ ...pair, firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen) }),
      ],
      tags: [
        ...protocols.map(({ protocol }) => ['protocol', protocol] as const),
        ...Object.keys(accesses).map((access) => ['access', access] as const),
      ],
    });
    yield { key: JSON.stringify([level, from, to]), state, row };
  }
}
