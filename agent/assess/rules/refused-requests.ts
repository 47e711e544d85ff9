import type { PlantView, Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { endName, ofTalks } from '../telling.ts';
import { count, firstLines, percent } from '../words.ts';

const LEAST_REQUESTS = 50;
const REFUSED_SHARE = 0.1;
const UNANSWERED_SHARE = 0.2;
/** With more conversations of one side, what is unanswered says nothing. */
const ONE_SIDED = 0.2;

/** Requests that devices refuse or leave unanswered, again and again. */
export const refusedRequests: Rule = {
  id: 'refused-requests',
  title: 'Requests that devices refuse or do not answer',
  requirement: 'SR 7.2',
  against: [],
  measure: 'calm-the-network',
  technique: null,
  evaluate(view) {
    const found: { readonly talk: Talk; readonly line: string }[] = [];
    for (const talk of view.talks) {
      const line = lineOf(talk, view);
      if (line !== null) found.push({ talk, line });
    }
    if (found.length === 0) return [];
    return [
      {
        about: null,
        title: `${count(found.length, 'conversation')} in which devices refuse or miss many requests`,
        why: 'A client asks for what is not there, or faster than the device can answer. Both hide real faults, and somebody who probes looks the same.',
        severity: 'low',
        ...ofTalks(found.map(({ talk }) => talk)),
        evidence: firstLines(found.map(({ line }) => line)),
        mend: 'Remove what does not exist from the client’s list; slow the poll of devices that cannot keep up.',
        disturbs: 'The client restarts its communication.',
      },
    ];
  },
};

function lineOf({ conversation, client, server }: Talk, { snapshot }: PlantView): string | null {
  let requests = 0;
  let responses = 0;
  let errors = 0;
  for (const operation of conversation.operations) {
    if (operation.access === 'session') continue;
    requests += operation.requests;
    responses += operation.responses;
    errors += operation.errors;
  }
  const endsOf = () => `${endName(client)} → ${endName(server)}: ${conversation.protocol}`;
  if (responses >= LEAST_REQUESTS && errors / responses >= REFUSED_SHARE) {
    return `${endsOf()}, ${percent(errors / responses)} of ${count(responses, 'answer')} refuse`;
  }
  const heardBoth = conversation.packetsFromServer > 0 && snapshot.capture.quality.oneSidedShare < ONE_SIDED;
  // publishing and unsolicited reports have no answers to wait for
  const answers = responses > 0 && heardBoth;
  if (answers && requests >= LEAST_REQUESTS && (requests - responses) / requests >= UNANSWERED_SHARE) {
    return `${endsOf()}, ${percent((requests - responses) / requests)} of ${count(requests, 'request')} without an answer`;
  }
  return null;
}
