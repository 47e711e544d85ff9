/** How the decoder numbers operations, and what the numbers mean. */
import type { Described, Operation } from '../protocol.ts';
import { hexNumber } from '../text.ts';
import { GROUPS, JOBS, Job, PI_SERVICES } from './codes.ts';

/** Userdata operations lie above those of Jobs: group in bits 8 to 11, sub-function below. */
const USERDATA = 0x10000;

/** Of a Job that is not a PI Service the number is its function. */
export function piService(index: number): number {
  return Job.piService | ((index + 1) << 8);
}

export function userdata(group: number, subfunction: number): number {
  return USERDATA | (group << 8) | subfunction;
}

const PI_NAMES = PI_SERVICES.map(([name]) => Uint8Array.from(name, (character) => character.charCodeAt(0)));

/** The operation number of the PI service that `b[at, end)` names. */
export function piServiceNamed(b: Uint8Array, at: number, end: number): number {
  for (let index = 0; index < PI_NAMES.length; index++) {
    const name = PI_NAMES[index] as Uint8Array;
    let same = 0;
    if (name.length === end - at) while (same < name.length && b[at + same] === name[same]) same++;
    if (same === name.length) return piService(index);
  }
  return Job.piService;
}

export function operation(number: number): Operation {
  return (number & USERDATA) !== 0 ? userdataOperation((number >>> 8) & 0xff, number & 0xff) : jobOperation(number);
}

function jobOperation(number: number): Operation {
  const code = hexNumber(number & 0xff, 2);
  const pi = PI_SERVICES[(number >>> 8) - 1];
  if (pi !== undefined) return { code, name: `PI Service ${pi[0]}: ${pi[1]}`, access: pi[2], effect: pi[3] };
  const [name, access, effect]: Described = JOBS.get(number & 0xff) ?? [`Function ${code}`, 'write']; // unknown may change anything
  return { code, name, access, effect };
}

function userdataOperation(group: number, subfunction: number): Operation {
  const code = `ud.${group}.${subfunction}`;
  const known = GROUPS.get(group);
  if (known === undefined) return { code, name: `Userdata Group ${group}`, access: 'write' };
  const [name, access, effect]: Described = known.subfunctions.get(subfunction) ?? [
    `Sub-function ${subfunction}`,
    known.access,
  ];
  return { code, name: `${known.name}: ${name}`, access, effect };
}
