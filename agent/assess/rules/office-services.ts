import { isProcess } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** File shares and printing; JetDirect, LPD and IPP by their ports. */
const OFFICE: ReadonlySet<string> = new Set([
  'smb',
  'tcp/445',
  'tcp/139',
  'tcp/9100',
  'tcp/515',
  'tcp/631',
  'tcp/2049',
]);

/** File sharing and printing where the process is controlled. */
export const officeServices: Rule = {
  id: 'office-services',
  title: 'File sharing and printing in control zones',
  requirement: 'SR 7.7',
  against: ['SR 7.7'],
  measure: 'remove-office-services',
  technique: 'T0867',
  evaluate({ talks }) {
    const found = talks.filter(
      ({ client, server, conversation, answered }) =>
        answered && OFFICE.has(conversation.protocol) && (isProcess(client) || isProcess(server)),
    );
    if (found.length === 0) return [];
    const ends = found.flatMap(({ client, server }) => [client, server]).filter(isProcess);
    const hosts = distinct(ends.map(({ scoped }) => scoped));
    return [
      {
        about: null,
        title: `${count(hosts.length, 'system of a control zone shares files or prints', 'systems of control zones share files or print')}`,
        why: 'Worms and ransomware travel by file shares. Controlling a process needs none.',
        severity: 'medium',
        ...ofTalks(found),
        zones: distinct(ends.flatMap(({ zone }) => zone?.id ?? [])),
        evidence: pairLines(found),
        mend: 'Switch the services off where nobody needs them; else hand files over at one place that is checked.',
        disturbs: 'Recipes, logs and backups that are copied this way.',
      },
    ];
  },
};
