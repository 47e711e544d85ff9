/** Sensors for targets: ceilings so low that every table fills within a case, and what must hold of them. */
import { LIMITS, type Limits } from '../../../agent/limits.ts';
import type { Sensor } from '../../../agent/sensor.ts';

export const TINY: Limits = {
  ...LIMITS,
  flows: 16,
  dialogues: 4,
  hosts: 24,
  listedHosts: 16,
  sightings: 8,
  conversations: 12,
  operationsPerConversation: 6,
  rangesPerConversation: 4,
  evidencePerConversation: 4,
  heldMessageBytes: 16_384,
  heldSegmentBytes: 16_384,
  waitingSegments: 4,
  fragmentedDatagrams: 2,
  fragmentsPerDatagram: 4,
  announcements: 4,
};

/** Where time begins, in microseconds since 1970. */
export const START = 1_760_000_400_000_000;

/** @throws where a table holds more than its ceiling */
export function checkCeilings(sensor: Sensor, limits: Limits): void {
  const held = [
    ['flows', sensor.flows.size, limits.flows],
    ['dialogues', sensor.flows.dialogues, limits.dialogues],
    ['hosts', sensor.hosts.count, limits.hosts],
    ['sightings', sensor.sightings.count, limits.sightings],
    ['conversations', sensor.conversations.all.length, limits.conversations],
  ] as const;
  for (const [what, count, most] of held) if (count > most) throw new Error(`${count} ${what}, more than ${most}`);
}
