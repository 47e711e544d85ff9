import { Kind, type PacketView } from '../parsers/net/packet-view.ts';
import { CLAIMED, type Overlaps } from './flow/overlaps.ts';
import { bucketAtSight, bucketOf, NO_BUCKET, type Share } from './share.ts';

/** LINKTYPE_ETHERNET */
const ETHERNET_LINK = 1;

/** Tells which frames are another reader's, where several hear the same frames and each has its share of the flows. */
export class OwnShare {
  readonly #share: Share;
  readonly #overlaps: Overlaps;
  #seenIn: Uint8Array = new Uint8Array(0); // the bytes that #sight is of
  #sight: DataView = new DataView(this.#seenIn.buffer);

  /** @param overlaps learns from all frames which addresses are used twice, for that decides whose flows are whose */
  constructor(share: Share, overlaps: Overlaps) {
    this.#share = share;
    this.#overlaps = overlaps;
  }

  /** Whether the frame `b[at, end)` is another's, and tells nothing that all must know. */
  othersAtSight(b: Uint8Array, at: number, end: number, link: number, fcsBytes: number): boolean {
    if (link !== ETHERNET_LINK || fcsBytes !== 0) return false;
    if (this.#seenIn !== b) {
      this.#seenIn = b;
      this.#sight = new DataView(b.buffer, b.byteOffset, b.length);
    }
    const share = this.#share;
    const bucket = bucketAtSight(this.#sight, at, end, share.seed);
    return bucket !== NO_BUCKET && share.readers[bucket] !== share.reader;
  }

  /** Whether the frame in view is another's; what all must know of it is noted. */
  others(v: PacketView, kind: Kind): boolean {
    const share = this.#share;
    if (share.readers[bucketOf(v, kind, share.seed)] === share.reader) return false;
    if (kind === Kind.arp) {
      if (v.source0 !== 0) this.#overlaps.seen(v, CLAIMED);
    } else if (v.family === 4 && v.vlan !== 0 && v.hasMac && !v.fragment && kind !== Kind.broken) {
      this.#overlaps.seen(v, v.ttl);
    }
    return true;
  }
}
