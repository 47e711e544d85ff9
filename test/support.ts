/** What several tests need: annotated hexadecimal, and a fact sink that writes down what it is told. */
import { About, type EvidenceSource, type FactSink, NO_UNIT, type Protocol } from '../parsers/protocol.ts';

/** Bytes of hexadecimal digits; white space is free, `;` starts a comment that runs to the end of the line. */
export function hex(annotated: string): Uint8Array {
  const digits = annotated.replace(/;.*$/gm, '').replace(/\s+/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Error(`not whole bytes of hexadecimal digits: ${annotated}`);
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

interface Counts {
  readonly label: string;
  requests: number;
  responses: number;
  refused: number;
}

/** Writes facts down as the sentences that samples expect. */
export class Recorder implements FactSink {
  readonly #protocol: Protocol;
  readonly #rows: Counts[] = [];
  readonly #handles = new Map<string, number>();
  readonly #announced = new Set<number>();
  readonly touches: string[] = [];
  readonly texts: string[] = [];
  readonly payloads: string[] = [];
  readonly announcements: string[] = [];
  /** Who sends the message being decoded. */
  fromClient = true;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  get operations(): string[] {
    return this.#rows.map(
      ({ label, requests, responses, refused }) =>
        `${label}: ${requests} requests, ${responses} responses, ${refused} refused`,
    );
  }

  operation(code: number, unit: number): number {
    const key = `${code}/${unit}`;
    let handle = this.#handles.get(key);
    if (handle === undefined) {
      const { code: known, name, access } = this.#protocol.operation(code);
      const label = `${known} ${name} (${access})${unit === NO_UNIT ? '' : ` unit ${unit}`}`;
      handle = this.#rows.push({ label, requests: 0, responses: 0, refused: 0 }) - 1;
      this.#handles.set(key, handle);
    }
    return handle;
  }

  request(code: number, unit: number): number {
    const handle = this.operation(code, unit);
    this.#row(handle).requests++;
    return handle;
  }

  response(operation: number, refused: boolean): void {
    const row = this.#row(operation);
    row.responses++;
    if (refused) row.refused++;
  }

  touch(operation: number, space: number, first: number, count: number): void {
    this.touches.push(`${this.#code(operation)}: ${this.#protocol.space(space)} ${first}+${count}`);
  }

  touchName(operation: number, space: number, b: Uint8Array, at: number, end: number): void {
    const name = Buffer.from(b.subarray(at, end)).toString('latin1');
    this.touches.push(`${this.#code(operation)}: ${this.#protocol.space(space)} ${JSON.stringify(name)}`);
  }

  evidence(source: number, about: About, unit: number, b: Uint8Array, at: number, end: number): void {
    const { name, field, render } = this.#protocol.evidence[source] as EvidenceSource;
    const value = render(b, at, end);
    if (value === null) return;
    const whom = (about === About.sender) === this.fromClient ? 'client' : 'server';
    this.texts.push(`${field} = ${value} (${name}, ${whom}${unit === NO_UNIT ? '' : `, unit ${unit}`})`);
  }

  evidenceAbout(
    source: number,
    addressAt: number,
    addressBytes: 4 | 6 | 16,
    b: Uint8Array,
    at: number,
    end: number,
  ): void {
    const { name, field, render } = this.#protocol.evidence[source] as EvidenceSource;
    const value = render(b, at, end);
    if (value === null) return;
    const digits = Buffer.from(b.subarray(addressAt, addressAt + addressBytes)).toString('hex');
    this.texts.push(`${field} = ${value} (${name}, host ${digits})`);
  }

  payload(b: Uint8Array, at: number, end: number): void {
    this.payloads.push(Buffer.from(b.subarray(at, end)).toString('hex'));
  }

  announce(id: number, about: About): void {
    this.#mustBeLinked();
    this.#announced.add(id);
    this.announcements.push(`${id} by ${(about === About.sender) === this.fromClient ? 'client' : 'server'}`);
  }

  announced(id: number): boolean {
    this.#mustBeLinked();
    return this.#announced.has(id);
  }

  #mustBeLinked(): void {
    if (this.#protocol.linked !== true)
      throw new Error(`${this.#protocol.name} depends on other flows: say it is linked`);
  }

  /** Everything written down, to compare one run with another. */
  all(): object {
    const { operations, touches, texts, payloads, announcements } = this;
    return { operations, touches, texts, payloads, announcements };
  }

  #row(handle: number): Counts {
    const row = this.#rows[handle];
    if (row === undefined) throw new Error(`operation handle ${handle} was never given out`);
    return row;
  }

  #code(handle: number): string {
    return this.#row(handle).label.split(' ', 1)[0] as string;
  }
}
