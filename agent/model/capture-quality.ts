/** How well the plant could be heard, per source: what is wrong with a mirror port, its cause, and the mend, in plain words. */

import type { Hearing } from '../counters.ts';
import { decimal } from '../decimal.ts';
import { AddressKind } from '../facts/hosts.ts';
import { leftOut } from './left-out.ts';
import type { Snapshot } from './snapshot.ts';

export interface HearingFinding {
  /** Stable, for programs. */
  readonly id: string;
  /** The source it was found in; null for what only all of them together show. */
  readonly source: string | null;
  /** What was met, with its count or share. */
  readonly what: string;
  readonly cause: string;
  readonly mend: string;
}

/** Too few frames to judge a mirror port by. */
const LEAST_PACKETS = 100;
const GROUPS_ONLY_SHARE = 0.95;
const DUPLICATE_SHARE = 0.01;
const GAP_SHARE = 0.001;
const ONE_SIDED_SHARE = 0.2;
/** Networks that own MAC addresses were seen in without a tag, from which on the tags seem to be missing. */
const UNTAGGED_NETWORKS = 2;

/** What is wrong with the sources of a snapshot; empty when nothing is. */
export function hearingFindings(snapshot: Snapshot): HearingFinding[] {
  const { files, quality } = snapshot.capture;
  const findings = files.flatMap(({ name, hearing }) => (hearing === null ? [] : ofSource(name, hearing)));
  if (quality.oneSidedShare >= ONE_SIDED_SHARE) {
    findings.push({
      id: 'one-sided',
      source: null,
      what: `TCP conversations heard in one direction only: ${percent(quality.oneSidedShare)}`,
      cause: 'the mirror copies only what a port receives, or only what it sends, or answers take another path',
      mend: 'Mirror both directions (rx and tx) of the ports or VLANs.',
    });
  }
  const untagged = untaggedNetworks(snapshot);
  if (untagged >= UNTAGGED_NETWORKS && quality.vlanTagged === 0) {
    findings.push({
      id: 'vlan-tags-missing',
      source: null,
      what: `Devices of ${untagged} networks were seen side by side without VLAN tags`,
      cause: 'the mirror port strips the tags, or the networks share one segment',
      mend: 'Let the mirror keep the tags (encapsulation replicate), unless the segment is flat on purpose.',
    });
  }
  const shed = leftOut(quality.limitsHit);
  if (shed.length > 0) {
    findings.push({
      id: 'limits-reached',
      source: null,
      what: `Left out: ${shed.join('; ')}`,
      cause: 'more addresses or connections came than a plant has: a scan, a flood, or forged senders',
      mend: 'Find out who sends so much; what the plant itself says is kept.',
    });
  }
  return findings;
}

function ofSource(source: string, hearing: Hearing): HearingFinding[] {
  const { packets, tcp, toGroups, duplicates, cutPackets, gaps, droppedByCapture } = hearing;
  const findings: HearingFinding[] = [];
  const find = (id: string, what: string, cause: string, mend: string) =>
    findings.push({ id, source, what, cause, mend });
  if (packets >= LEAST_PACKETS && toGroups / packets >= GROUPS_ONLY_SHARE) {
    find(
      'groups-only',
      `Broadcast or multicast: ${percent(toGroups / packets)} of the packets`,
      'the port is an ordinary switch port: it shows what everybody gets, and no conversation',
      'Make it the destination of a mirror (SPAN) session, or use a TAP.',
    );
  }
  if (droppedByCapture > 0) {
    find(
      'lost-by-capture',
      `Packets lost by the machine that captured: ${decimal(droppedByCapture)}`,
      'it could not write as fast as packets came',
      'Filter at the capture, raise its buffer, or use a faster disk.',
    );
  }
  if (cutPackets > 0) {
    find(
      'cut',
      `Packets captured shorter than they were: ${decimal(cutPackets)}`,
      'the capture was made with a snap length',
      'Capture whole packets (-s 0).',
    );
  }
  if (packets > 0 && duplicates / packets >= DUPLICATE_SHARE) {
    find(
      'duplicates',
      `Packets seen twice and counted once: ${decimal(duplicates)} (${percent(duplicates / packets)})`,
      'the mirror copies the same frame at two ports, or before and behind a router',
      'Mirror each link once: one direction per port, or the VLAN instead of its ports.',
    );
  }
  if (tcp >= LEAST_PACKETS && gaps / tcp >= GAP_SHARE) {
    find(
      'gaps',
      `Holes in TCP streams, of segments that were never seen: ${decimal(gaps)}`,
      'the mirror port or the capture lost packets: more was mirrored than the port can carry',
      'Mirror fewer ports, or use a faster mirror port or a TAP.',
    );
  }
  return findings;
}

/** Networks (by the first three bytes of an address) whose devices' own, untagged frames were seen. */
function untaggedNetworks({ hosts }: Snapshot): number {
  const networks = new Set<string>();
  for (const { kind, address, sightings } of hosts) {
    if (kind !== AddressKind.ipv4) continue;
    if (sightings.some(({ claimed, vlan }) => claimed && vlan === 0)) networks.add(address.replace(/\.\d+$/, ''));
  }
  return networks.size;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
