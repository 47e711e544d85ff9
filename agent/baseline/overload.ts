/** More came than a sensor keeps: one event, however long it goes on and whatever was left out. */
import { leftOut } from '../model/left-out.ts';
import { eventOf, type PlantEvent } from './event.ts';
import type { Scene } from './picture.ts';

export function overload({ capture: { quality, firstSeen, lastSeen } }: Scene): PlantEvent[] {
  const reasons = leftOut(quality.limitsHit);
  if (reasons.length === 0) return [];
  return [
    eventOf('limits-reached', {
      about: 'sensor',
      title: 'More addresses or connections came than a plant has: some were only counted',
      reasons,
      ...{ firstSeen, lastSeen },
    }),
  ];
}
