/** A policy file read and checked: every mistake with its line, its column and how to mend it. */

import { Check } from 'typebox/schema';
import { type Located, type Mistake, MOST_MISTAKES, parseLocatedYaml, shown } from '../located-yaml.ts';
import { ipText, parseIp, parseMac } from '../model/parse-address.ts';
import type { Permission } from '../zones/conduit.ts';
import { maskedWords, parseNetwork } from './networks.ts';
import type { Policy, PolicyConduit, PolicyMember, PolicyZone } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import {
  type ConduitEntry,
  ConduitSchema,
  FrameSchema,
  type MemberEntry,
  MemberSchema,
  type ZoneEntry,
  ZoneSchema,
} from './policy-schema.ts';
import { isNumberInRange, NUMBERED_PROTOCOL } from './protocol-names.ts';
import { add, schemaMistakes } from './schema-mistakes.ts';
import { closest } from './spelling.ts';

/**
 * Reads a policy.
 * @param text the file's content, YAML 1.2
 * @param file its name, for messages
 * @throws PolicyError with every mistake that was found
 */
export function readPolicy(text: string, file: string): Policy {
  const { root, mistakes, placeOf } = parseLocatedYaml(text);
  const checker = new PolicyChecker([...mistakes]);
  const policy = mistakes.length > 0 ? null : checker.policy(root);
  if (policy !== null && checker.mistakes.length === 0) return policy;
  const ordered = checker.mistakes.sort((a, b) => a.at - b.at);
  throw new PolicyError(
    file,
    ordered.map(({ at, message }) => ({ ...placeOf(at), message })),
  );
}

class PolicyChecker {
  readonly mistakes: Mistake[];
  readonly #placeOfZone = new Map<string, number>();
  readonly #conduits = new Set<string>();
  /** The zone of each member: of what it says, normalised. */
  readonly #zoneOfMember = new Map<string, string>();

  constructor(mistakes: Mistake[]) {
    this.mistakes = mistakes;
  }

  policy(root: Located | null): Policy | null {
    if (root === null) {
      this.#mistake(0, 'nothing is in it: a policy has version, zones and conduits');
      return null;
    }
    add(this.mistakes, schemaMistakes(FrameSchema, root, 'a policy'));
    const entries = (field: string) => root.fields.get(field)?.content.items ?? [];
    const zones = entries('zones').map((entry) => this.#zone(entry));
    const conduits = entries('conduits').map((entry) => this.#conduit(entry));
    if (this.mistakes.length > 0) return null;
    return { version: 1, zones: zones.filter(isThere), conduits: conduits.filter(isThere) };
  }

  #zone(entry: Located): PolicyZone | null {
    const faults = schemaMistakes(ZoneSchema, entry, 'a zone');
    add(this.mistakes, faults);
    const id = entry.fields.get('id')?.content;
    if (typeof id?.value === 'string') {
      if (this.#placeOfZone.has(id.value))
        this.#mistake(id.at, `another zone is called '${shown(id.value)}': rename one`);
      else this.#placeOfZone.set(id.value, id.at);
    }
    const members = (entry.fields.get('members')?.content.items ?? []).map((place) =>
      Check(MemberSchema, place.value) ? this.#member(place.value, String(id?.value), place) : null,
    );
    if (faults.length > 0) return null;
    const { id: zoneId, name = zoneId, kind, securityLevelTarget } = entry.value as ZoneEntry;
    return { id: zoneId, name, kind, securityLevelTarget, members: members.filter(isThere) };
  }

  #member(entry: MemberEntry, zone: string, { fields, at }: Located): PolicyMember | null {
    const [field = '', place] = [...fields][0] ?? [];
    const member = memberOf(entry);
    if (typeof member === 'string') {
      this.#mistake(place?.content.at ?? at, member);
      return null;
    }
    const key = `${field} ${Object.values(member)[0]}`;
    const other = this.#zoneOfMember.get(key);
    if (other !== undefined && other !== zone) {
      this.#mistake(at, `${key} is in zone '${shown(other)}' already: a device is in one zone; remove one of them`);
    }
    this.#zoneOfMember.set(key, zone);
    return member;
  }

  #conduit(entry: Located): PolicyConduit | null {
    const faults = schemaMistakes(ConduitSchema, entry, 'a conduit');
    add(this.mistakes, faults);
    const id = entry.fields.get('id')?.content;
    if (typeof id?.value === 'string') {
      if (this.#conduits.has(id.value))
        this.#mistake(id.at, `another conduit is called '${shown(id.value)}': rename one`);
      this.#conduits.add(id.value);
    }
    const ends = ['from', 'to'].map((field) => entry.fields.get(field)?.content);
    for (const end of ends) if (typeof end?.value === 'string') this.#known(end.value, end.at);
    if (typeof ends[0]?.value === 'string' && ends[0].value === ends[1]?.value) {
      this.#mistake(ends[1].at, 'from and to are the same zone: flows within a zone are free; remove the conduit');
    }
    for (const { fields } of entry.fields.get('allow')?.content.items ?? []) {
      const { value, at } = fields.get('protocol')?.content ?? entry;
      if (typeof value !== 'string' || !NUMBERED_PROTOCOL.test(value) || isNumberInRange(value)) continue;
      this.#mistake(at, `there is no ${value}: ports go to 65535, IP protocols to 255`);
    }
    if (faults.length > 0) return null;
    const conduit = entry.value as ConduitEntry;
    const allow = conduit.allow.map(({ protocol, access }): Permission => ({ protocol, access: access ?? null }));
    return { ...conduit, allow };
  }

  #known(zone: string, at: number): void {
    if (this.#placeOfZone.has(zone) || this.mistakes.length >= MOST_MISTAKES) return;
    const near = closest(zone, this.#placeOfZone.keys());
    const mend = near === null ? 'define it under zones' : `did you mean '${shown(near)}'?`;
    this.#mistake(at, `there is no zone '${shown(zone)}': ${mend}`);
  }

  #mistake(at: number, message: string): void {
    add(this.mistakes, [{ at, message }]);
  }
}

/** A member as snapshots write addresses, or what is wrong with it. */
function memberOf({ ip, mac, cidr, vlan }: MemberEntry): PolicyMember | string {
  if (vlan !== undefined) return { vlan };
  if (mac !== undefined) {
    const text = parseMac(mac);
    if (text === null) return `'${shown(mac)}' is no MAC address: six bytes in hexadecimal, e.g. "00:1d:9c:00:00:01"`;
    if (Number.parseInt(text.slice(0, 2), 16) % 2 === 1) return `${text} is a group's address: no device has it`;
    return { mac: text };
  }
  if (ip !== undefined) {
    const address = parseIp(ip);
    if (address !== null) return { ip: address.text };
    if (parseNetwork(ip) !== null) return `${shown(ip)} is a network: write {cidr: ${shown(ip)}}`;
    return `'${shown(ip)}' is no IP address: e.g. 10.10.9.4 or 2001:db8::4`;
  }
  return networkOf(cidr ?? '');
}

function networkOf(cidr: string): PolicyMember | string {
  const network = parseNetwork(cidr);
  if (network === null) {
    if (parseIp(cidr) !== null)
      return `${cidr} has no length: write {ip: ${cidr}}, or the network with its length, e.g. /24`;
    return `'${shown(cidr)}' is no network: e.g. 10.10.1.0/24 or 2001:db8:1::/48`;
  }
  const words = maskedWords(network.address, network.prefix);
  const masked = `${ipText(words)}/${network.prefix}`;
  if (words.some((word, index) => word !== network.address.words[index])) {
    return `${shown(cidr)} says more than its /${network.prefix}: write ${masked}`;
  }
  return { cidr: masked };
}

function isThere<T>(entry: T | null): entry is T {
  return entry !== null;
}
