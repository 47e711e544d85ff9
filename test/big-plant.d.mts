import type { Snapshot } from '../agent/model/snapshot.ts';

export function bigPlant(hosts: number, conversations: number): Snapshot;
