/** What the service listens to or has read. */
import { type Resource, useResource } from './resource.ts';

export interface Source {
  /** The capture, the interface, or how many captures. */
  readonly name: string;
  readonly packets: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** 0 to 1. */
  readonly lossShare: number;
}

export function useSource(): Resource<Source> {
  return useResource<Source>('/source');
}
