import { few } from '../../few.ts';
import { isTimekeeping, LEAST_SPAN, plantZones, zonesSending } from '../monitoring-traffic.ts';
import type { Rule } from '../rule.ts';
import { count, duration } from '../words.ts';

export const unsynchronisedZones: Rule = {
  id: 'unsynchronised-zones',
  title: 'Zones in which no time synchronisation was heard',
  requirement: 'SR 2.11',
  against: [],
  measure: 'log-and-synchronise',
  technique: null,
  evaluate(view) {
    if (view.span < LEAST_SPAN) return [];
    const zones = plantZones(view);
    const synchronised = zonesSending(view, isTimekeeping);
    const without = zones.filter(({ id }) => !synchronised.has(id));
    if (without.length === 0) return [];
    return [
      {
        about: null,
        title: `In ${without.length} of ${count(zones.length, 'plant zone')} no time synchronisation was heard`,
        why: 'Records with different clocks cannot be put in order.',
        severity: 'low',
        assets: [],
        zones: without.map(({ id }) => id).sort(),
        evidence: [
          `Listened for ${duration(view.span)}; NTP or PTP heard in ${count(zones.length - without.length, 'plant zone')}`,
          `Without: ${few(without.map(({ name }) => name).sort(), 12)}`,
        ],
        samples: [],
        mend: 'Serve NTP from one clock per site. Clocks that are set by the controllers’ own protocol are not heard as such.',
        disturbs: 'Nothing, if the first correction is made while the process allows for it.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
