/** What the sensor could not hear, in words: what the assessment does not know because of it. */

import { decimal } from '../decimal.ts';
import { few } from '../few.ts';
import { hearingFindings } from '../model/capture-quality.ts';
import { isStation } from '../model/station.ts';
import type { PlantView } from './plant-view.ts';
import { count, duration, percent } from './words.ts';

/** A day holds what plants do every day; the rest comes weekly, at a change of product, or in a stop. */
const A_DAY = 86_400e6;
const ENCRYPTED: ReadonlySet<string> = new Set(['tls', 'ssh', 'esp', 'rdp', 'teamviewer']);

export function blindSpotsOf(view: PlantView): string[] {
  const { snapshot, span, devices, talks, zoning, assets } = view;
  const { capture, hosts } = snapshot;
  if (capture.packets === 0) return ['Nothing was heard: no statement is made of anything.'];
  const spots: string[] = [];
  if (span < A_DAY) {
    spots.push(
      `It was listened for ${duration(span)} only: what happens daily, weekly, at a change of product or in a stop was not heard, nor devices that were silent.`,
    );
  }
  for (const { id, source, what, cause } of hearingFindings(snapshot)) {
    if (id === 'duplicates') continue; // they hide nothing
    spots.push(`${source === null ? '' : `${source}: `}${what}; ${cause}.`);
  }
  for (const { name, error } of capture.files) {
    if (error !== null) spots.push(`${name} was not read to its end: ${error.message}.`);
  }
  const { quality } = capture;
  if (quality.vlanTagged === 0) {
    spots.push(
      'No VLAN tag was seen: VLANs are not told apart, and devices of several may look as if they shared one segment.',
    );
  }
  const behind = devices.filter(({ mac, ip }) => mac.length === 0 && ip.length > 0).length;
  if (behind > 0) {
    spots.push(
      `${count(behind, 'asset was', 'assets were')} heard behind a router only: what they say on their own segment, and their MAC addresses, are unknown.`,
    );
  }
  const known = new Set(assets.idOf.keys());
  const silent = hosts.filter((host) => isStation(host) && host.firstSent === null && !known.has(host.address));
  if (silent.length > 0) {
    spots.push(
      `${count(silent.length, 'address was', 'addresses were')} addressed and never heard to send: whether anybody is there is unknown.`,
    );
  }
  const bytes = talks.reduce((sum, { conversation }) => sum + conversation.bytes, 0);
  const encrypted = talks.reduce(
    (sum, { conversation }) => sum + (ENCRYPTED.has(conversation.protocol) ? conversation.bytes : 0),
    0,
  );
  if (encrypted > 0) {
    spots.push(
      `Encrypted traffic (${percent(encrypted / bytes)} of the bytes between stations): who talks is heard, what is said is not.`,
    );
  }
  const unknown = talks.filter(({ conversation }) => !conversation.recognised);
  if (unknown.length > 0) {
    const protocols = [...new Set(unknown.map(({ conversation }) => conversation.protocol))].sort();
    spots.push(
      `${count(unknown.length, 'conversation')} in protocols that are not decoded: ${few(protocols, 6)}. What they do is unknown.`,
    );
  }
  const limits = Object.entries(quality.limitsHit).sort(([a], [b]) => (a < b ? -1 : 1));
  if (limits.length > 0) {
    spots.push(
      `Ceilings of this program were reached, and something was left out: ${few(limits.map(([name, times]) => `${name} ${decimal(times)}`))}.`,
    );
  }
  const homeless = devices.filter(({ id }) => !zoning.zoneOfAsset.has(id)).length;
  if (homeless > 0) {
    spots.push(
      `${count(homeless, 'asset lies', 'assets lie')} in no zone: the assessment by zones does not speak of ${homeless === 1 ? 'it' : 'them'}.`,
    );
  }
  spots.push(
    'Passive listening tells nothing of accounts, password rules, patch states that no protocol reveals, local logs, backups and restore tests, firewall rules that no traffic exercised, serial lines, and physical access.',
  );
  return spots;
}
