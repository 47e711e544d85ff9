/** Elements of a certificate that have no length (X.690, 8.1.3.6, which DER forbids): found by fuzzing. */
import { expect, test } from 'vitest';
import type { FactSink } from '../parsers/protocol.ts';
import { certificate } from '../parsers/tls/certificate.ts';

/** A signed part: serial number, algorithm, issuer (a common name, "CA"), validity, subject (a common name, "X"). */
const SIGNED =
  '3032 020101 3003060155 300d310b300906035504030c024341 300413001300 300c310a300806035504030c0158 3003060155'.replaceAll(
    ' ',
    '',
  );

/** The message body of one certificate (RFC 5246, section 7.4.2) whose outer element has `length` as its length octets. */
function body(length: string): Uint8Array {
  const element = Buffer.from(`30${length}${SIGNED}`, 'hex');
  const sized = (bytes: Buffer) => Buffer.from([0, bytes.length >> 8, bytes.length & 0xff, ...bytes]);
  return sized(sized(element));
}

/** How many texts are told of a certificate whose message lies `before` bytes into `b`. */
function told(message: Uint8Array, before: number): number {
  const texts: string[] = [];
  const sink = {
    evidence: (_source: number, _about: unknown, _unit: number, b: Uint8Array, at: number, end: number) =>
      texts.push(Buffer.from(b.subarray(at, end)).toString('latin1')),
  };
  const b = new Uint8Array(before + message.length);
  b.set(message, before);
  certificate(sink as unknown as FactSink, b, before, b.length);
  return texts.length;
}

test('what was read before decides nothing', () => {
  const whole = body((SIGNED.length / 2).toString(16));
  const unsized = body('80');
  for (const before of [0, 1000]) {
    expect(told(whole, before)).toBe(2);
    expect(told(unsized, 0)).toBe(0);
    expect(told(unsized, 2000)).toBe(0);
  }
});
