/** Protocols that take segments as they come and find their messages themselves: no cut may change what they learn. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Protocol } from '../parsers/protocol.ts';
import { protocols } from '../parsers/registry.ts';
import type { Sample } from '../parsers/sample.ts';
import { hex, Recorder } from './support.ts';

const CUT_ANYWHERE = ['smb', 'mqtt', 'ftp', 'smtp', 'pop3', 'imap', 'ssh', 'vnc'];

for (const name of CUT_ANYWHERE) {
  const protocol = protocols.find((candidate) => candidate.name === name) as Protocol;
  const { samples }: { samples: readonly Sample[] } = await import(`../parsers/${name}/samples.ts`);
  const sound = samples.filter((sample) => sample.outcomes === undefined);

  test(`${name} learns the same however TCP cuts its streams`, () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...sound), cuts, (sample, sizes) => {
        expect(learned(protocol, sample, sizes)).toEqual(learned(protocol, sample, [Number.POSITIVE_INFINITY]));
      }),
      { numRuns: 300 },
    );
  });
}

/** What `protocol` learns of a sample whose messages come in pieces of the given sizes, in turn. */
function learned(protocol: Protocol, sample: Sample, sizes: readonly number[]): object {
  const facts = new Recorder(protocol);
  const decoder = protocol.open(facts);
  let turn = 0;
  for (const [from, bytes] of sample.messages) {
    const b = hex(bytes);
    facts.fromClient = from === 'client';
    for (let at = 0; at < b.length; ) {
      const end = Math.min(b.length, at + (sizes[turn++ % sizes.length] as number));
      decoder.decode(b, at, end, from === 'client');
      at = end;
    }
  }
  return facts.all();
}
