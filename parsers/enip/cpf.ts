/** Common Packet Format: The CIP Networks Library Volume 2, section 2-6. Item count, then items of type, length, data. */
import { i32le, u16le } from '../bytes.ts';
import { Outcome } from '../protocol.ts';
import { Item } from './codes.ts';

/** What of a packet's items matters to deliver the CIP message in it. One object is filled again and again. */
export class Cpf {
  /** The connection the message is sent on (signed 32 bits), when `connected`. */
  connection = 0;
  connected = false;
  /** The data item's content; empty when there is none. */
  dataAt = 0;
  dataEnd = 0;
  /** A DTLS item says that the message came over a secured connection. */
  secured = false;

  /** Reads the items in `b[at, end)`. */
  read(b: Uint8Array, at: number, end: number): Outcome {
    this.connection = 0;
    this.connected = false;
    this.dataAt = 0;
    this.dataEnd = 0;
    this.secured = false;
    if (end - at < 2) return Outcome.truncated;

    let next = at + 2;
    for (let left = u16le(b, at); left > 0; left--) {
      if (end - next < 4) return Outcome.truncated;
      const type = u16le(b, next);
      const value = next + 4;
      const stop = value + u16le(b, next + 2);
      if (stop > end) {
        this.#takeData(type, value, end); // a message of which the end was cut still says what it asks for
        return Outcome.truncated;
      }
      switch (type) {
        case Item.connectedAddress:
          if (stop - value < 4) return Outcome.malformed;
          this.connection = i32le(b, value);
          break;
        case Item.unconnectedDtls:
          this.secured = true;
          break;
        default: // a null address, or socket addresses of connections, which Forward Open names better
          this.#takeData(type, value, stop);
      }
      next = stop;
    }
    return Outcome.ok;
  }

  #takeData(type: number, value: number, stop: number): void {
    if (type !== Item.connectedData && type !== Item.unconnectedData) return;
    this.connected = type === Item.connectedData;
    this.dataAt = value;
    this.dataEnd = stop;
  }
}
