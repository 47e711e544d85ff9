/** A flow that a policy does not allow. */
import type { Access } from '../../parsers/protocol.ts';
import type { FrameReference, OperationSnapshot } from '../model/snapshot.ts';
import type { Severity } from '../severity.ts';

/** What a client asked of a server that it may not ask. */
export type ViolatingOperation = Pick<
  OperationSnapshot,
  'code' | 'name' | 'access' | 'requests' | 'responses' | 'errors'
>;

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
  /** The operations that are not allowed, the strongest access first; empty when none is known. */
  readonly operations: readonly ViolatingOperation[];
  readonly severity: Severity;
  /** Why it is not allowed, then why it is that severe, in words. */
  readonly reasons: readonly string[];
  /** Microseconds since 1970, of what is not allowed. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Of the conversations in which it happened. */
  readonly packets: number;
  readonly bytes: number;
  /** No answer was heard. */
  readonly attempt: boolean;
  /** Where it was seen first: of the conversation, or of each operation that is not allowed. */
  readonly samples: readonly FrameReference[];
}
