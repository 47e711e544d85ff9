/** The variables that a read or write names: ISO 9506-2, 14.5 (VariableAccessSpecification) and 7.5.2 (ObjectName). */
import { u8 } from '../bytes.ts';
import type { FactSink } from '../protocol.ts';
import { ber } from './ber.ts';

const LIST_OF_VARIABLE = 0xa0;
const VARIABLE_LIST_NAME = 0xa1;
const SEQUENCE = 0x30;
const NAME = 0xa0;
const VMD_SPECIFIC = 0x80;
const DOMAIN_SPECIFIC = 0xa1;
const ASSOCIATION_SPECIFIC = 0x82;

/** Variables told of one request; lists name a few dozen at most. */
const MAX_VARIABLES = 32;

/** Identifiers have 32 characters in ISO 9506 and 129 in IEC 61850-8-1; longer ones are not told. */
const MAX_IDENTIFIER = 255;

export const Space = { variable: 0, variableList: 1 } as const;
export const SPACES: readonly string[] = ['variable', 'variable-list'];

/** What a name says of its variable by IEC 61850-8-1's functional constraints, `LN$FC$…`. */
export const Constraint = { none: 0, control: 1, report: 2 } as const;
export type Constraint = (typeof Constraint)[keyof typeof Constraint];

/** Domain, '/' and item of the name read last. */
const name = new Uint8Array(2 * MAX_IDENTIFIER + 1);
let nameLength = 0;

/** The constraint of the first variable named in the specification that the walker stands before; reads no further. */
export function firstConstraint(): Constraint {
  const { at, end } = ber;
  let constraint: Constraint = Constraint.none;
  if (ber.read() && (ber.tag === LIST_OF_VARIABLE || ber.tag === VARIABLE_LIST_NAME)) {
    const isList = ber.tag === VARIABLE_LIST_NAME;
    ber.enter();
    if (isList || (ber.into(SEQUENCE) && ber.into(NAME))) if (readName()) constraint = constraintOf();
  }
  ber.at = at;
  ber.end = end;
  return constraint;
}

/** Says which variables are named in the specification that the walker stands before. */
export function touchNames(facts: FactSink, operation: number): void {
  if (!ber.read()) return;
  if (ber.tag === VARIABLE_LIST_NAME) {
    ber.enter();
    if (readName()) facts.touchName(operation, Space.variableList, name, 0, nameLength);
    return;
  }
  if (ber.tag !== LIST_OF_VARIABLE) return;
  ber.enter();
  for (let left = MAX_VARIABLES; left > 0 && ber.reads(SEQUENCE); left--) {
    const { at, end } = ber;
    ber.enter();
    if (ber.into(NAME) && readName()) facts.touchName(operation, Space.variable, name, 0, nameLength);
    ber.at = at;
    ber.end = end;
  }
}

function readName(): boolean {
  nameLength = 0;
  if (!ber.read()) return false;
  if (ber.tag === VMD_SPECIFIC || ber.tag === ASSOCIATION_SPECIFIC) return append();
  if (ber.tag !== DOMAIN_SPECIFIC) return false;
  ber.enter();
  if (!ber.read() || !append()) return false;
  name[nameLength++] = 0x2f; // '/'
  return ber.read() && append();
}

function append(): boolean {
  const { b, valueAt, valueEnd } = ber;
  if (valueEnd - valueAt > MAX_IDENTIFIER) return false;
  for (let at = valueAt; at < valueEnd; at++) name[nameLength++] = u8(b, at);
  return true;
}

const DOLLAR = 0x24;

/** The functional constraint between the first two dollar signs: CO; BR and RP. */
function constraintOf(): Constraint {
  let at = 0;
  while (at < nameLength && name[at] !== DOLLAR) at++;
  if (nameLength - at < 4 || name[at + 3] !== DOLLAR) return Constraint.none;
  const first = name[at + 1];
  const second = name[at + 2];
  if (first === 0x43 && second === 0x4f) return Constraint.control; // CO
  if ((first === 0x42 && second === 0x52) || (first === 0x52 && second === 0x50)) return Constraint.report; // BR, RP
  return Constraint.none;
}

/** Whether the name read last ends in `$SBO`: reading it selects the object for control (IEC 61850-8-1, 20.2). */
export function endsInSelect(): boolean {
  const at = nameLength - 4;
  return at >= 0 && name[at] === DOLLAR && name[at + 1] === 0x53 && name[at + 2] === 0x42 && name[at + 3] === 0x4f;
}
