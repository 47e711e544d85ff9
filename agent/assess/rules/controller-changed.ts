import { few } from '../../few.ts';
import type { OperationSnapshot } from '../../model/snapshot.ts';
import { type ControllerChange, controllerChange } from '../controller-operations.ts';
import { UNAUTHENTICATED } from '../industrial-protocols.ts';
import { isOt, type Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks } from '../telling.ts';
import { count, distinct, lines } from '../words.ts';

const WORDS: Readonly<Record<ControllerChange, string>> = {
  download: 'reprogrammed',
  upload: 'read out',
  mode: 'stopped or started',
};
const TECHNIQUES: Readonly<Record<ControllerChange, string>> = { mode: 'T0858', download: 'T0843', upload: 'T0845' };
/** From what weighs most. */
const ORDER: readonly ControllerChange[] = ['download', 'mode', 'upload'];

/** Logic, configuration or firmware that moved, and controllers that were stopped or started, while it was listened. */
export const controllerChanged: Rule = {
  id: 'controller-changed',
  title: 'Logic transfers, and stops and starts of controllers',
  requirement: 'SR 3.4',
  against: [],
  measure: 'restrict-engineering',
  technique: 'T0843',
  evaluate({ talks }) {
    const found = talks.flatMap((talk) => {
      const { protocol } = talk.conversation;
      if (!isOt(talk.server) || !(UNAUTHENTICATED.has(protocol) || protocol === 's7comm-plus')) return [];
      const operations = talk.conversation.operations.filter((operation) => controllerChange(operation) !== null);
      return operations.length === 0 ? [] : [{ talk, operations }];
    });
    if (found.length === 0) return [];
    const changed = found.map(({ talk }) => talk);
    const targets = distinct(changed.map(({ server }) => server.scoped));
    const kinds = new Set(
      found.flatMap(({ operations }) => operations.flatMap((each) => controllerChange(each) ?? [])),
    );
    const happened = ORDER.filter((kind) => kinds.has(kind));
    return [
      {
        about: null,
        title: `${count(targets.length, 'controller was', 'controllers were')} ${happened.map((kind) => WORDS[kind]).join(', ')} during the capture`,
        why: 'In a running plant this is rare and planned. Whoever does it unplanned changes the process, or prepares to.',
        severity: happened.every((kind) => kind === 'upload') ? 'low' : 'medium',
        ...ofTalks(changed, 'servers'),
        technique: TECHNIQUES[happened[0] ?? 'download'],
        evidence: lines(found.map(({ talk, operations }) => changeLine(talk, operations)).sort()),
        mend: 'Compare with the work orders of that time, and the controllers’ programs with the released ones.',
        disturbs: 'Nothing.',
      },
    ];
  },
};

function changeLine({ client, server, conversation }: Talk, operations: readonly OperationSnapshot[]): string {
  const told = operations.map(({ name, requests, responses }) => `${name} ×${Math.max(requests, responses)}`);
  return `${endName(client)} → ${endName(server)}: ${conversation.protocol} ${few(told, 4)}`;
}
