import type { OperationSnapshot } from '../../model/snapshot.ts';
import { isOt, type Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks } from '../telling.ts';
import { count, distinct, few, lines } from '../words.ts';
import { UNAUTHENTICATED } from './unauthenticated-protocols.ts';

/** Commands that stop, start or restart a controller, by the protocols' own names for them. */
const MODE_CHANGE = /\bstop\b|\bstart\b|restart|reset|mode|warm|cold|\brun\b/i;
/** Starting a data transfer or a connection is no start of a controller. */
const NO_MODE_CHANGE = /STARTDT|STOPDT|start(ing)? (upload|download)|counter|communication/i;

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
      const operations = talk.conversation.operations.filter(isChange);
      return operations.length === 0 ? [] : [{ talk, operations }];
    });
    if (found.length === 0) return [];
    const changed = found.map(({ talk }) => talk);
    const targets = distinct(changed.map(({ server }) => server.scoped));
    const stopped = found.some(({ operations }) => operations.some(({ access }) => access === 'control'));
    return [
      {
        about: null,
        title: `${count(targets.length, 'controller was', 'controllers were')} ${stopped ? 'reprogrammed, read out, stopped or started' : 'reprogrammed or read out'} during the capture`,
        why: 'In a running plant this is rare and planned. Whoever does it unplanned changes the process, or prepares to.',
        severity: 'medium',
        ...ofTalks(changed, 'servers'),
        technique: stopped ? 'T0858' : 'T0843',
        evidence: lines(found.map(({ talk, operations }) => changeLine(talk, operations)).sort()),
        mend: 'Compare with the work orders of that time, and the controllers’ programs with the released ones.',
        disturbs: 'Nothing.',
      },
    ];
  },
};

function isChange({ access, name, responses, errors }: OperationSnapshot): boolean {
  if (responses > 0 && errors === responses) return false; // refused
  if (access === 'program') return true;
  return access === 'control' && MODE_CHANGE.test(name) && !NO_MODE_CHANGE.test(name);
}

function changeLine({ client, server, conversation }: Talk, operations: readonly OperationSnapshot[]): string {
  const told = operations.map(({ name, requests, responses }) => `${name} ×${Math.max(requests, responses)}`);
  return `${endName(client)} → ${endName(server)}: ${conversation.protocol} ${few(told, 4)}`;
}
