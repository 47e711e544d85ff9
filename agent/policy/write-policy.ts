/** A policy as the YAML that people edit, with comments. */
import { Document, isScalar, type Node, type Scalar, visit } from 'yaml';
import type { Policy, PolicyConduit, PolicyMember, PolicyZone } from './policy.ts';

/** What is written beside or above a part of a policy, by the part itself; each text becomes one line. */
export type PolicyNotes = ReadonlyMap<Policy | PolicyZone | PolicyConduit | PolicyMember, readonly string[]>;

/** The YAML of a policy: read back, it is the same policy. */
export function writePolicy(policy: Policy, notes: PolicyNotes = new Map()): string {
  const document = new Document<Node>({}, { aliasDuplicateObjects: false });
  const above = (part: Parameters<PolicyNotes['get']>[0], node: Node): Node => {
    const lines = notes.get(part);
    if (lines !== undefined && lines.length > 0) node.commentBefore = lines.map(commentLine).join('\n');
    return node;
  };
  const member = (entry: PolicyMember): Node => {
    const node = document.createNode(entry, { flow: true });
    const [note] = notes.get(entry) ?? [];
    if (note !== undefined) node.comment = commentLine(note);
    return node;
  };
  const zone = (entry: PolicyZone): Node =>
    above(entry, document.createNode({ ...entry, members: entry.members.map(member) }));
  const conduit = (entry: PolicyConduit): Node => {
    const allow = entry.allow.map(({ protocol, access }) =>
      document.createNode(access === null ? { protocol } : { protocol, access }, { flow: true }),
    );
    return above(entry, document.createNode({ ...entry, allow }));
  };
  const { version, zones, conduits } = policy;
  document.contents = document.createNode({ version, zones: zones.map(zone), conduits: conduits.map(conduit) });
  visit(document, { Scalar: (_, scalar) => quoteWhereDoubtful(scalar) });
  const lines = notes.get(policy);
  if (lines !== undefined) document.commentBefore = lines.map(commentLine).join('\n');
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Texts that every version of YAML takes for text: YAML 1.1 reads `on` as a truth value and `12:30:00` as a number. */
const SURELY_TEXT =
  /^(?!(?:y|n|yes|no|on|off|true|false|null)$)(?:[a-z](?:[\w ./()-]*[\w./()-])?|\d+(?:\.\d+){3}(?:\/\d+)?)$/i;

function quoteWhereDoubtful(scalar: Scalar): void {
  if (isScalar(scalar) && typeof scalar.value === 'string' && !SURELY_TEXT.test(scalar.value)) {
    scalar.type = 'QUOTE_DOUBLE';
  }
}

/** A comment must stay one: devices choose their names, and a line break would end it. */
function commentLine(text: string): string {
  return ` ${text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]+/gu, ' ').trim()}`;
}
