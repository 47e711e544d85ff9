/** From a plant to the rows that lists read: pure. Every row carries its entry as the report has it. */
import { hash } from 'node:crypto';
import { AddressKind } from '../facts/hosts.ts';
import type { Asset } from '../model/asset.ts';
import { matrixOf, type PairTraffic } from '../model/matrix.ts';
import { scopedAddress } from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import { reportOf } from '../report/report.ts';
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

/** What an address is sorted by: IPv4 as numbers, then IPv6, then MAC addresses. */
function sortableAddress({ ip: [ip], mac: [mac], id, parent }: Asset): string {
  if (parent !== null) return id;
  if (ip === undefined) return `9 ${mac ?? id}`;
  const parts = ip.split('.');
  return parts.length === AddressKind.ipv4 ? `4 ${parts.map((part) => part.padStart(3, '0')).join('.')}` : `6 ${ip}`;
}

/** The rows of every table of entries. */
export function entryRowsOf(plant: Plant): Readonly<Record<EntryTable, readonly EntryRow[]>> {
  const report = reportOf(plant);
  const { assets, snapshot, zoning, check, findings } = plant;
  const addressOf = new Map(assets.all.map((asset) => [asset.id, sortableAddress(asset)]));
  return {
    asset: report.assets.map(({ evidence, ...entry }, index): EntryRow => {
      const asset = assets.all[index] as Asset;
      const { id, vendor, product, model, firmware, hardware, serial, names, ip, mac, role } = asset;
      const address = asset.parent === null ? sortableAddress(asset) : `${addressOf.get(asset.parent)} ${id}`;
      const words = [id, ...ip, ...mac, ...names, vendor, product, model, firmware, hardware, serial, role, entry.zone];
      return {
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
          asset.parent ?? '',
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
          ...asset.vlan.map((value) => ['vlan', String(value)] as const),
        ],
      };
    }),
    conversation: report.conversations.map(({ operations, ...entry }, index): EntryRow => {
      const { firstSeen, lastSeen } = snapshot.conversations[index] as Plant['snapshot']['conversations'][number];
      const { client, server, clientId, serverId, scope, transport, port, protocol, packets, bytes } = entry;
      const id = hash('sha256', JSON.stringify([client, server, scope, transport, port, protocol]), 'base64url');
      const zoneOf = (address: string) => zoning.zoneOfAddress.get(scopedAddress(address, scope));
      const accesses = new Set(operations.map(({ access }) => access));
      return {
        id: id.slice(0, CONVERSATION_ID),
        values: [
          client,
          server,
          clientId ?? '',
          serverId ?? '',
          zoneOf(client) ?? '',
          zoneOf(server) ?? '',
          transport,
          port ?? -1,
          protocol,
          packets,
          bytes,
          firstSeen,
          lastSeen,
          `${client}\n${server}\n${protocol}\n${transport}/${port ?? ''}`,
          JSON.stringify({ id: id.slice(0, CONVERSATION_ID), ...entry }),
          JSON.stringify(operations),
        ],
        tags: ACCESS_ORDER.filter((access) => accesses.has(access)).map((access) => ['access', access] as const),
      };
    }),
    pair: [...pairRows('zone', matrixOf(plant, 'zone')), ...pairRows('asset', matrixOf(plant, 'asset'))],
    zone: report.zones.map(({ members, assets: ids, ...entry }): EntryRow => {
      const { id, name, kind, securityLevelTarget } = entry;
      const body = JSON.stringify({ ...entry, assetCount: ids.length });
      const text = [id, name, kind].join('\n');
      return {
        id,
        values: [name, kind, securityLevelTarget, ids.length, text, body, JSON.stringify(members)],
        tags: [],
      };
    }),
    conduit: report.conduits.map((entry, index): EntryRow => {
      const { id, from, to, status, traffic } = entry;
      const lastSeen = plant.conduits[index]?.traffic?.lastSeen ?? -1;
      return { id, values: [from, to, status, traffic?.packets ?? 0, lastSeen, JSON.stringify(entry)], tags: [] };
    }),
    violation: report.violations.map((entry, index): EntryRow => {
      const { id, kind, severity, client, server, clientId, serverId, protocol, fromZone, toZone, access } = entry;
      const { firstSeen, lastSeen } = (check as NonNullable<typeof check>).violations[index] as NonNullable<
        typeof check
      >['violations'][number];
      return {
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
          entry.packets,
          firstSeen,
          lastSeen,
          [client, server, protocol, fromZone, toZone].filter((word) => word !== null).join('\n'),
          JSON.stringify(entry),
        ],
        tags: [],
      };
    }),
    finding: report.findings.map((entry, index): EntryRow => {
      const { id, rule, requirement, severity, zone, title, why } = entry;
      return {
        id,
        values: [
          rule,
          requirement,
          SEVERITIES.indexOf(severity),
          zone ?? '',
          findings[index]?.lastSeen ?? -1,
          [title, why, requirement, rule].join('\n'),
          JSON.stringify(entry),
        ],
        tags: entry.assets.map((asset) => ['asset', asset] as const),
      };
    }),
  };
}

/** Characters of a conversation's id: 132 bits, so that nobody can make two alike. */
const CONVERSATION_ID = 22;

function pairRows(level: 'zone' | 'asset', pairs: readonly PairTraffic[]): EntryRow[] {
  return pairs.map((pair) => {
    const { from, to, packets, bytes, firstSeen, lastSeen, protocols, accesses } = pair;
    const entry = { ...pair, firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen) };
    return {
      id: JSON.stringify([level, from, to]),
      values: [level, from, to, packets, bytes, lastSeen, JSON.stringify(entry)],
      tags: [
        ...protocols.map(({ protocol }) => ['protocol', protocol] as const),
        ...Object.keys(accesses).map((access) => ['access', access] as const),
      ],
    };
  });
}
