/** Tables of requests that wait begin small: whatever is asked and answered, they are what they would be at full size. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Calls } from '../parsers/enip/calls.ts';
import { Service } from '../parsers/enip/codes.ts';
import { Connections } from '../parsers/enip/connections.ts';
import { NONE, Outstanding } from '../parsers/outstanding.ts';
import { runs } from './runs.ts';

const SLOTS = 16;

const steps = fc.array(
  fc.record({ put: fc.boolean(), id: fc.oneof(fc.nat(40), fc.integer()), operation: fc.nat(1000) }),
  { maxLength: 200 },
);

test('a request is answered as in a table of full size: by place, the newer instead of the older', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const table = new Outstanding(SLOTS);
      const model = new Map<number, { id: number; operation: number }>();
      for (const { put, id, operation } of all) {
        const place = (id ^ (id >>> 16)) & (SLOTS - 1);
        const held = model.get(place);
        if (put) {
          table.put(id, operation);
          model.set(place, { id, operation });
        } else {
          expect(table.take(id)).toBe(held?.id === id ? held.operation : NONE);
          if (held?.id === id) model.delete(place);
        }
      }
    }),
    { numRuns: runs(300) },
  );
});

/** Requests of 1 to 40 services each, of which some are answered before the next is sent. */
const dialogues = fc.array(fc.record({ services: fc.integer({ min: 1, max: 40 }), answered: fc.nat(3) }), {
  maxLength: 60,
});
const CONNECTION = 77;
const MOST_WAITING = 32;
const MOST_CALLS = 256;

test('services of CIP requests are found in their replies, however many wait', () => {
  fc.assert(
    fc.property(dialogues, (all) => {
      const calls = new Calls();
      let waiting: { id: number; operations: number[] }[] = [];
      let operation = 0;
      for (const [id, { services, answered }] of all.entries()) {
        const operations = Array.from({ length: services + 1 }, () => operation++);
        calls.begin();
        const outer = calls.add(operations[0] as number, Service.multipleServicePacket, NONE, NONE, 0);
        for (const inner of operations.slice(1)) calls.add(inner, Service.getAttributeSingle, NONE, NONE, 0);
        calls.close(outer);
        calls.wait(id, CONNECTION);
        waiting = [...waiting, { id, operations }].slice(-MOST_WAITING);
        for (const { id: asked, operations: expected } of waiting.splice(0, answered)) {
          const call = calls.take(asked, CONNECTION, Service.multipleServicePacket, false);
          const since = operation - (expected[0] as number);
          if (since > MOST_CALLS) {
            expect(call).toBe(NONE);
            continue;
          }
          const found = [calls.operation(call)];
          for (let inner = calls.inside(call); inner !== NONE; inner = calls.after(inner, call)) {
            found.push(calls.operation(inner));
          }
          expect(found).toEqual(expected);
        }
      }
    }),
    { numRuns: runs(300) },
  );
});

test('the newest 32 CIP connections are known by both of their ids', () => {
  const connections = new Connections();
  const triad = Uint8Array.of(1, 0, 2, 0, 3, 0, 0, 0);
  for (let number = 1; number <= 40; number++) {
    triad[0] = number;
    connections.open(1000 + number, 2000 + number, number, false, triad, 0);
  }
  for (let number = 1; number <= 40; number++) {
    const slot = connections.toTarget(1000 + number);
    expect(connections.toOriginator(2000 + number)).toBe(slot);
    if (number <= 8) expect(slot).toBe(NONE);
    else expect([connections.unit(slot), connections.requestId(slot)]).toEqual([number, 1000 + number]);
  }
  triad[0] = 20;
  connections.close(triad, 0);
  expect(connections.toTarget(1020)).toBe(NONE);
  expect(connections.toTarget(1021)).not.toBe(NONE);
});
