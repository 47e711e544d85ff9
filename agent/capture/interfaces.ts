/** The interfaces that a pcapng file was captured on: how many there are, and the frames of one of them alone. */
import type { FrameSink } from './frame-sink.ts';

/** A sink that may be told of frames which it is not to read, so that it numbers the others as they stand in the file. */
export interface NumberingSink extends FrameSink {
  /** So many frames stand here that are not for this sink. */
  passedOver(frames: number): void;
}

/** Takes frames for one of the interfaces of a file, and has the others passed over. */
export class OneInterface implements FrameSink {
  readonly #sink: NumberingSink;
  readonly #number: number;
  #current = 0;

  constructor(sink: NumberingSink, number: number) {
    this.#sink = sink;
    this.#number = number;
  }

  onInterface(number: number): void {
    this.#current = number;
  }

  frame(b: Uint8Array, at: number, end: number, wireBytes: number, time: number, link: number, fcsBytes: number): void {
    if (this.#current === this.#number) this.#sink.frame(b, at, end, wireBytes, time, link, fcsBytes);
    else this.#sink.passedOver(1);
  }

  settle(): void {
    this.#sink.settle?.();
  }

  hostName(address: Uint8Array, name: string): void {
    this.#sink.hostName?.(address, name);
  }

  dropped(frames: number): void {
    if (this.#current === this.#number) this.#sink.dropped?.(frames);
  }
}

/** Counts the interfaces that frames came from. */
export class InterfaceCount implements FrameSink {
  #current = 0;
  readonly #numbers = new Set<number>();

  get numbers(): readonly number[] {
    return [...this.#numbers];
  }

  onInterface(number: number): void {
    this.#current = number;
  }

  frame(): void {
    this.#numbers.add(this.#current);
  }
}
