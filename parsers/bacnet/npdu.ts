/** The network layer's header: ANSI/ASHRAE 135-2020, 6.2. */
import { u8, u16be } from '../bytes.ts';

const VERSION = 1;
const NETWORK_MESSAGE = 0x80;
const DESTINATION = 0x20;
const SOURCE = 0x08;
const RESERVED = 0x50;

/** `open`'s answer when no NPDU is there. */
export const NO_NPDU = -1;

/** The header read last. One instance serves all conversations, since decoding never nests. */
class Npdu {
  isNetworkMessage = false;
  /** Where SNET is when the sender is a router that forwards for another device, else -1; and where SADR ends. */
  source = -1;
  sourceEnd = -1;
  /** The network of the device meant (DNET), or told of (SNET); 0 for the local one. */
  destinationNetwork = 0;
  sourceNetwork = 0;
  /** Where the APDU or the network layer message begins, and ends. */
  apdu = 0;
  end = 0;

  /** Reads the header of the NPDU in `b[at, end)`; returns where the APDU begins, or NO_NPDU. */
  open(b: Uint8Array, at: number, end: number): number {
    if (end - at < 2 || u8(b, at) !== VERSION) return NO_NPDU;
    const control = u8(b, at + 1);
    if ((control & RESERVED) !== 0) return NO_NPDU;
    this.isNetworkMessage = (control & NETWORK_MESSAGE) !== 0;
    this.source = -1;
    this.destinationNetwork = 0;
    this.sourceNetwork = 0;
    let next = at + 2;
    if ((control & DESTINATION) !== 0) {
      if (end - next < 3) return NO_NPDU;
      this.destinationNetwork = u16be(b, next);
      next += 3 + u8(b, next + 2);
    }
    if ((control & SOURCE) !== 0) {
      if (end - next < 3) return NO_NPDU;
      this.sourceNetwork = u16be(b, next);
      this.source = next;
      next += 3 + u8(b, next + 2);
      this.sourceEnd = next;
    }
    if ((control & DESTINATION) !== 0) next++; // hop count
    if (next > end) return NO_NPDU;
    this.apdu = next;
    this.end = end;
    return next;
  }
}

/** The one reader of this protocol. */
export const npdu: Npdu = new Npdu();
