/** A TCP connection written by hand: frames with right lengths, numbers and checksums, in any order a test asks for. */
import { EtherType, ethernet, IpProtocol, ipv4, TcpFlag, tcp } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';

export const CLIENT = '10.0.0.1';
export const SERVER = '10.0.0.2';
const CLIENT_MAC = '02:00:00:00:00:01';
const SERVER_MAC = '02:00:00:00:00:02';
const CLIENT_PORT = 50_000;
/** Near the end of the numbers' range, so that they begin anew soon. */
const FIRST_SEQUENCE = { client: 0xffff_ff00, server: 0xffff_fff0 } as const;
/** Nanoseconds from one frame to the next. */
const SPACING = 100_000;

export type End = 'client' | 'server';

export class TcpTalk {
  readonly frames: Frame[] = [];
  readonly #port: number;
  readonly #sent: Record<End, Uint8Array[]> = { client: [], server: [] };
  readonly #sentBytes: Record<End, number> = { client: 0, server: 0 };
  #identification = 1;
  #time = 0;

  constructor(port: number) {
    this.#port = port;
  }

  open(): this {
    this.#frame('client', -1, TcpFlag.syn, new Uint8Array(0));
    this.#frame('server', -1, TcpFlag.syn | TcpFlag.ack, new Uint8Array(0));
    this.#frame('client', 0, TcpFlag.ack, new Uint8Array(0));
    return this;
  }

  /** Appends bytes to what `from` sends, without a frame that carries them; answers where they begin. */
  append(from: End, bytes: Uint8Array): number {
    const start = this.#sentBytes[from];
    this.#sent[from].push(bytes);
    this.#sentBytes[from] += bytes.length;
    return start;
  }

  sentBytes(from: End): number {
    return this.#sentBytes[from];
  }

  /** A segment with bytes `[start, end)` of what `from` has sent. */
  segment(from: End, start: number, end: number): this {
    const stream = Buffer.concat(this.#sent[from]);
    this.#frame(from, start, TcpFlag.ack | TcpFlag.psh, stream.subarray(start, end));
    return this;
  }

  /** A message in one segment. */
  say(from: End, bytes: Uint8Array): this {
    const start = this.append(from, bytes);
    return this.segment(from, start, start + bytes.length);
  }

  /** The frame before, once more, as a mirror port shows it. */
  again(): this {
    const last = this.frames.at(-1);
    if (last !== undefined) this.frames.push({ ...last, time: last.time + 1000 });
    return this;
  }

  #frame(from: End, offset: number, flags: number, payload: Uint8Array): void {
    const up = from === 'client';
    const to = up ? 'server' : 'client';
    const [source, destination] = up ? [CLIENT, SERVER] : [SERVER, CLIENT];
    const segment = tcp(source, destination, {
      sourcePort: up ? CLIENT_PORT : this.#port,
      destinationPort: up ? this.#port : CLIENT_PORT,
      sequence: (FIRST_SEQUENCE[from] + 1 + offset) >>> 0,
      acknowledgment: (flags & TcpFlag.ack) === 0 ? 0 : (FIRST_SEQUENCE[to] + 1 + this.#sentBytes[to]) >>> 0,
      flags,
      window: 8192,
      payload,
    });
    const packet = ipv4(source, destination, 64, this.#identification++, IpProtocol.tcp, segment);
    const [sourceMac, destinationMac] = up ? [CLIENT_MAC, SERVER_MAC] : [SERVER_MAC, CLIENT_MAC];
    const bytes = ethernet(sourceMac, destinationMac, undefined, EtherType.ipv4, packet, true);
    this.frames.push({ time: this.#time, bytes, length: bytes.length });
    this.#time += SPACING;
  }
}
