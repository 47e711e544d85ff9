declare module 'pcap-parser' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  export interface PacketHeader {
    timestampSeconds: number;
    timestampMicroseconds: number;
    capturedLength: number;
    originalLength: number;
  }

  /** Emits `packet` with `{ header: PacketHeader, data: Buffer }`, `end` and `error`. */
  export function parse(input: string | Readable): EventEmitter;
}
