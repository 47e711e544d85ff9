/** Conduits: what may pass between two zones, and in which direction it is asked for. */
import type { Access } from '../../parsers/protocol.ts';

/** One protocol that a conduit lets through. */
export interface Permission {
  /** A protocol's name, or `tcp/PORT` or `udp/PORT`: the port, whatever is spoken on it. */
  readonly protocol: string;
  /** Null: any access. */
  readonly access: readonly Access[] | null;
}

/** What stands between two zones, as far as the frames tell. */
export interface Boundary {
  /** `none`: frames pass between the ends' own MAC addresses with their TTL untouched; a transparent firewall would look the same. */
  readonly observed: 'router' | 'none' | 'unknown';
  /** The router's MAC addresses, where one was seen. */
  readonly macs: readonly string[];
  /** In words, for people: e.g. "no boundary observed: …". */
  readonly reasons: readonly string[];
}

/** Whether, by whom and until when a conduit is allowed. */
export interface ConduitDecision {
  readonly from: string;
  readonly to: string;
  readonly status: 'approved' | 'rejected';
  readonly by: string;
  /** Microseconds since 1970. */
  readonly at: number;
  readonly reason: string | null;
  /** Microseconds since 1970 from which on it is proposed again; null: for good. */
  readonly until: number | null;
}

/** What was heard of a conduit. */
export interface ConduitTraffic {
  readonly conversations: number;
  readonly packets: number;
  readonly bytes: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Server ports, e.g. `tcp/502`, in order. */
  readonly ports: readonly string[];
}

export interface Conduit {
  readonly id: string;
  /** Zone of the clients. */
  readonly from: string;
  /** Zone of the servers. */
  readonly to: string;
  readonly status: 'proposed' | 'approved' | 'rejected';
  readonly decision: ConduitDecision | null;
  readonly allow: readonly Permission[];
  readonly boundary: Boundary;
  /** Null for a conduit of a policy that nothing used. */
  readonly traffic: ConduitTraffic | null;
}
