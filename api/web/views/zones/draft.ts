/**
 * A draft of the policy: the text that holds, or a proposal, with changes that are not saved yet. The text is edited in
 * place, so that the comments and the order of whoever wrote it stay. Every step can be taken back.
 */
import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

export interface Permission {
  readonly protocol: string;
  /** Undefined: any access. */
  readonly access?: readonly string[] | undefined;
}

export interface DraftConduit {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly allow: readonly Permission[];
}

export interface DraftZone {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly securityLevelTarget: number;
}

/** One change of the text; pure. */
export type Edit = (text: string) => string;

export function zonesOf(text: string): DraftZone[] {
  return (parseDocument(text).toJS() as { zones?: DraftZone[] } | null)?.zones ?? [];
}

export function conduitsOf(text: string): DraftConduit[] {
  return (parseDocument(text).toJS() as { conduits?: DraftConduit[] } | null)?.conduits ?? [];
}

/** @param addresses every address of the asset: it is taken out of where it stands by itself, and put in with the first */
export function moveAsset(addresses: readonly string[], zone: string): Edit {
  return edit((document) => {
    const own = new Set(addresses.map((address) => address.toLowerCase()));
    for (const item of zonesIn(document)) {
      const members = item.get('members');
      if (!isSeq(members)) continue;
      members.items = members.items.filter((member) => {
        const address = isMap(member) ? (member.get('ip') ?? member.get('mac')) : undefined;
        return typeof address !== 'string' || !own.has(address.toLowerCase());
      });
    }
    const target = zonesIn(document).find((item) => item.get('id') === zone);
    if (target === undefined) return;
    let members = target.get('members');
    if (!isSeq(members)) {
      members = document.createNode([]) as YAMLSeq;
      target.set('members', members);
    }
    for (const address of addresses) (members as YAMLSeq).add(flow(document, memberOf(address)));
  });
}

export function changeZone(id: string, change: Partial<Omit<DraftZone, 'id'>>): Edit {
  return edit((document) => {
    const zone = zonesIn(document).find((item) => item.get('id') === id);
    for (const [key, value] of Object.entries(change)) zone?.set(key, value);
  });
}

/** @returns an edit that adds an empty zone */
export function addZone(zone: DraftZone): Edit {
  return edit((document) => {
    sequence(document, 'zones').add(document.createNode({ ...zone, members: [] }));
  });
}

/** Allows a protocol between two zones, by the conduit that is there or a new one. */
export function allow(from: string, to: string, permission: Permission): Edit {
  return edit((document) => {
    const conduits = sequence(document, 'conduits');
    let conduit = conduits.items.find(
      (item): item is YAMLMap => isMap(item) && item.get('from') === from && item.get('to') === to,
    );
    if (conduit === undefined) {
      const taken = new Set(conduits.items.map((item) => (isMap(item) ? item.get('id') : undefined)));
      let id = `${from}--${to}`;
      for (let number = 2; taken.has(id); number++) id = `${from}--${to}-${number}`;
      conduit = document.createNode({ id, from, to, allow: [] }) as YAMLMap;
      conduits.add(conduit);
    }
    const allowed = conduit.get('allow') as YAMLSeq;
    const known = allowed.items.find(
      (item): item is YAMLMap => isMap(item) && item.get('protocol') === permission.protocol,
    );
    if (known !== undefined) {
      const before = (known.toJSON() as Permission).access;
      if (before === undefined) return; // any access is allowed already
      if (permission.access === undefined) known.delete('access');
      else known.set('access', flow(document, [...new Set([...before, ...permission.access])]));
      return;
    }
    const { protocol, access } = permission;
    allowed.add(flow(document, access === undefined ? { protocol } : { protocol, access }));
  });
}

/** Takes a protocol from a conduit; a conduit that allows nothing more goes. */
export function forbid(conduit: string, protocol: string): Edit {
  return edit((document) => {
    const conduits = sequence(document, 'conduits');
    const item = conduits.items.find((one): one is YAMLMap => isMap(one) && one.get('id') === conduit);
    const allowed = item?.get('allow');
    if (item === undefined || !isSeq(allowed)) return;
    allowed.items = allowed.items.filter((one) => !isMap(one) || one.get('protocol') !== protocol);
    if (allowed.items.length === 0) conduits.items = conduits.items.filter((one) => one !== item);
  });
}

function edit(change: (document: Document) => void): Edit {
  return (text) => {
    const document = parseDocument(text);
    change(document);
    // as whoever wrote the text writes braces: the changes are to be those of people alone
    return document.toString({ lineWidth: 120, flowCollectionPadding: !/[{[]\w/.test(text) });
  };
}

function zonesIn(document: Document): YAMLMap[] {
  return sequence(document, 'zones').items.filter((item): item is YAMLMap => isMap(item));
}

function sequence(document: Document, key: string): YAMLSeq {
  const known = document.get(key);
  if (isSeq(known)) return known;
  const made = document.createNode([]) as YAMLSeq;
  document.set(key, made);
  return made;
}

function memberOf(address: string): Record<string, string> {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(address) ? { mac: address } : { ip: address };
}

/** In braces or brackets on one line, as members and permissions are written. */
function flow(document: Document, value: unknown) {
  const node = document.createNode(value) as YAMLMap | YAMLSeq;
  node.flow = true;
  return node;
}
