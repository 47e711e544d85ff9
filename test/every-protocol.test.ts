/** The conformance test: every protocol of the registry, over the samples in its own folder. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { template } from '../parsers/_template/index.ts';
import { type Decoder, Outcome, type Protocol, Recognition, Sender } from '../parsers/protocol.ts';
import { protocols } from '../parsers/registry.ts';
import type { Sample } from '../parsers/sample.ts';
import { streamed } from './fuzz/targets/streamed.ts';
import { runs } from './runs.ts';
import { hex, Recorder } from './support.ts';

type Message = readonly [fromClient: boolean, bytes: Uint8Array];

for (const protocol of [template, ...protocols]) {
  const folder = protocol === template ? '_template' : protocol.name;
  const { samples }: { samples: readonly Sample[] } = await import(`../parsers/${folder}/samples.ts`);
  const messagesOf = (sample: Sample) =>
    sample.messages.map(([from, bytes]): Message => [from === 'client', hex(bytes)]);
  const sound = samples.filter((sample) => (sample.outcomes ?? []).every((outcome) => outcome === Outcome.ok));

  describe(protocol.name, () => {
    test('has samples', () => expect(samples.length).toBeGreaterThan(0));

    test.each(samples)('$title', (sample) => {
      const messages = messagesOf(sample);
      const { facts, outcomes } = decode(protocol, messages);
      expect(outcomes).toEqual(sample.outcomes ?? messages.map(() => Outcome.ok));
      expect(facts.operations).toEqual(sample.operations ?? []);
      expect(facts.touches).toEqual(sample.touches ?? []);
      expect(facts.texts).toEqual(sample.evidence ?? []);
      expect(facts.payloads).toEqual((sample.payloads ?? []).map((bytes) => Buffer.from(hex(bytes)).toString('hex')));
      expect(facts.announcements).toEqual(sample.announcements ?? []);
    });

    test.each(sound)('recognises: $title', (sample) => {
      for (const [number, [fromClient, b]] of messagesOf(sample).entries()) {
        if (protocol.stream !== undefined) expect(protocol.stream.frame(b, 0)).toBe(b.length);
        const recognised = protocol.recognise(b, 0, b.length) !== Recognition.no;
        expect(recognised).toBe(sample.unrecognised?.includes(number) !== true);
        expect(protocol.sender(b, 0, b.length)).not.toBe(fromClient ? Sender.server : Sender.client);
      }
    });

    test.each(samples)('reads the same from the middle of a buffer: $title', (sample) => {
      const moved = messagesOf(sample).map(([fromClient, b]): Message => {
        const padded = new Uint8Array(b.length + 14).fill(0xa5);
        padded.set(b, 7);
        return [fromClient, padded];
      });
      expect(decode(protocol, moved, 7).facts.all()).toEqual(decode(protocol, messagesOf(sample)).facts.all());
    });

    test.each(samples)('survives every cut of: $title', (sample) => {
      const messages = messagesOf(sample);
      messages.forEach(([fromClient, b], cut) => {
        for (let end = protocol.stream?.headerBytes ?? 0; end < b.length; end++) {
          protocol.recognise(b.subarray(0, end), 0, end);
          protocol.sender(b.subarray(0, end), 0, end);
          decode(protocol, [...messages.slice(0, cut), [fromClient, b.subarray(0, end)]]);
        }
      });
    });

    test('survives any bytes, and any change to its samples', () => {
      const sample = fc.constantFrom(...samples.flatMap(messagesOf).map(([, b]) => b));
      const changed = fc
        .tuple(sample, fc.array(fc.tuple(fc.nat(1500), fc.nat(255)), { maxLength: 8 }))
        .map(([b, changes]) => {
          const copy = b.slice();
          for (const [at, value] of changes) copy[at % copy.length] = value;
          return copy;
        });
      const least = protocol.stream?.headerBytes ?? 0;
      const any = fc.uint8Array({ minLength: least, maxLength: 400 });
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.boolean(), fc.oneof(changed, any)), { maxLength: 6 }), (messages) => {
          for (const [, b] of messages) {
            protocol.recognise(b, 0, b.length);
            protocol.sender(b, 0, b.length);
            if (protocol.stream !== undefined && b.length >= protocol.stream.headerBytes) protocol.stream.frame(b, 0);
          }
          decode(
            protocol,
            messages.filter(([, b]) => b.length >= least),
          );
        }),
        { numRuns: runs(1000) },
      );
    });

    if (protocol.stream !== undefined) {
      const framing = protocol.stream;
      const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 });
      const exchange = fc
        .array(fc.constantFrom(...sound), { maxLength: 6 })
        .map((parts) => parts.flatMap(messagesOf).map(([fromClient, b]): Message => [fromClient, b]));

      const factsOf = (messages: readonly Message[], sizes: readonly number[]) => {
        const tagged = messages.map(([fromClient, bytes]) => ({ tag: fromClient ? 'client' : 'server', bytes }));
        return streamed(protocol, tagged, sizes).facts;
      };

      test('finds the same however TCP cuts its streams', () => {
        fc.assert(
          fc.property(exchange, cuts, (messages, sizes) => {
            expect(factsOf(messages, sizes)).toEqual(factsOf(messages, []));
          }),
          { numRuns: runs(500) },
        );
      });

      test('finds every message of a stream that is pushed at once', () => {
        fc.assert(
          fc.property(exchange, (messages) => {
            expect(factsOf(messages, [])).toEqual(decode(protocol, messages).facts.all());
          }),
          { numRuns: runs(100) },
        );
      });

      test('survives noise between its messages in any segmentation', () => {
        const noise = fc.array(fc.nat(255), { maxLength: 20 }).map((bytes): Message => [true, Uint8Array.from(bytes)]);
        const noisy = fc
          .array(
            fc.oneof(
              exchange,
              noise.map((n) => [n]),
            ),
            { maxLength: 8 },
          )
          .map((parts) => parts.flat());
        fc.assert(
          fc.property(noisy, cuts, (messages, sizes) => {
            const facts = factsOf(messages, sizes);
            if (framing.selfSynchronising) expect(facts).toEqual(factsOf(messages, [1]));
          }),
          { numRuns: runs(300) },
        );
      });
    }
  });
}

/** Decodes each message whole, `margin` bytes in from both ends of its buffer. */
function decode(protocol: Protocol, messages: readonly Message[], margin = 0) {
  const facts = new Recorder(protocol);
  const decoder: Decoder = protocol.open(facts);
  const outcomes = messages.map(([fromClient, b]) => {
    facts.fromClient = fromClient;
    return decoder.decode(b, margin, b.length - margin, fromClient);
  });
  return { facts, outcomes };
}
