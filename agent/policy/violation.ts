/** A flow that a policy does not allow. */
import type { Access } from '../../parsers/protocol.ts';
import type { FrameReference } from '../model/snapshot.ts';
import type { Severity } from '../severity.ts';

/** One per client, server, protocol and kind. */
export interface Violation {
  /** Stable: made of kind, ends and protocol. */
  readonly id: string;
  /**
   * `no-conduit`: no conduit in this direction; `not-permitted`: there is one that does not allow the protocol or the
   * access; `unassigned`: an end lies in no zone.
   */
  readonly kind: 'no-conduit' | 'not-permitted' | 'unassigned';
  readonly client: string;
  readonly server: string;
  readonly clientId: string | null;
  readonly serverId: string | null;
  readonly protocol: string;
  readonly transport: string;
  readonly port: number | null;
  /** Null: in no zone. */
  readonly fromZone: string | null;
  readonly toZone: string | null;
  /** The strongest access that is not allowed; null when no operation is known. */
  readonly access: Access | null;
  /** All accesses that are not allowed. */
  readonly accesses: readonly Access[];
  readonly severity: Severity;
  /** Why it is that severe, and why it is not allowed, in words. */
  readonly reasons: readonly string[];
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly packets: number;
  readonly bytes: number;
  /** No answer was heard. */
  readonly attempt: boolean;
  readonly samples: readonly FrameReference[];
}
