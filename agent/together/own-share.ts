import { Kind, type PacketView } from '../../parsers/net/packet-view.ts';
import { CLAIMED, type Overlaps } from '../flow/overlaps.ts';
import { bucketOf, type Share } from './share.ts';

/** Tells which frames are another reader's, of those that all readers are given. */
export class OwnShare {
  readonly #share: Share;
  readonly #overlaps: Overlaps;

  /** @param overlaps learns from all frames which addresses are used twice, for that decides whose flows are whose */
  constructor(share: Share, overlaps: Overlaps) {
    this.#share = share;
    this.#overlaps = overlaps;
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
