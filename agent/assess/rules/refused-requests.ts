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
    const found = view.talks.flatMap((talk) => troubleOf(talk, view) ?? []);
    if (found.length === 0) return [];
    return [
      {
        about: null,
        title: `${count(found.length, 'conversation')} in which devices refuse or miss many requests`,
        why: 'A client asks for what is not there, or faster than the device can answer. Both hide real faults, and somebody who probes looks the same.',
        severity: 'low',
        ...ofTalks(found.map(({ talk }) => talk)),
        evidence: firstLines(found, ({ talk }) => talk.client.address, lineOf),
        mend: 'Remove what does not exist from the client’s list; slow the poll of devices that cannot keep up.',
        disturbs: 'The client restarts its communication.',
      },
    ];
  },
};

/** A talk in which too much is refused, or unanswered. */
interface Trouble {
  readonly talk: Talk;
  /** Share (0 to 1) of so many. */
  readonly share: number;
  readonly of: number;
  readonly kind: 'refused' | 'unanswered';
}

function troubleOf(talk: Talk, { snapshot }: PlantView): Trouble | null {
  const { operations, packetsFromServer } = talk.conversation;
  let requests = 0;
  let responses = 0;
  let errors = 0;
  for (const operation of operations) {
    if (operation.access === 'session') continue;
    requests += operation.requests;
    responses += operation.responses;
    errors += operation.errors;
  }
  const refused = errors / responses;
  if (responses >= LEAST_REQUESTS && refused >= REFUSED_SHARE) {
    return { talk, share: refused, of: responses, kind: 'refused' };
  }
  // publishing and unsolicited reports have no answers to wait for
  const answers = responses > 0 && packetsFromServer > 0 && snapshot.capture.quality.oneSidedShare < ONE_SIDED;
  const unanswered = (requests - responses) / requests;
  if (answers && requests >= LEAST_REQUESTS && unanswered >= UNANSWERED_SHARE) {
    return { talk, share: unanswered, of: requests, kind: 'unanswered' };
  }
  return null;
}

/** It begins with the client's address. */
function lineOf({ talk: { client, server, conversation }, share, of, kind }: Trouble): string {
  const ends = `${endName(client)} → ${endName(server)}: ${conversation.protocol}`;
  return kind === 'refused'
    ? `${ends}, ${percent(share)} of ${count(of, 'answer')} refuse`
    : `${ends}, ${percent(share)} of ${count(of, 'request')} without an answer`;
}
