import { few } from '../../few.ts';
import { isReporting, LEAST_SPAN, plantZones, zonesSending } from '../monitoring-traffic.ts';
import type { Rule } from '../rule.ts';
import { count, duration } from '../words.ts';

/** Zones from which no log and no trap was heard. That nothing was heard does not prove that nothing is logged. */
export const silentZones: Rule = {
  id: 'silent-zones',
  title: 'Zones from which no log message and no trap was heard',
  requirement: 'SR 6.1',
  against: [],
  pointsAt: ['SR 2.8'],
  measure: 'log-and-synchronise',
  technique: null,
  evaluate(view) {
    if (view.span < LEAST_SPAN) return [];
    const zones = plantZones(view);
    const sending = zonesSending(view, isReporting);
    const silent = zones.filter(({ id }) => !sending.has(id));
    if (silent.length === 0) return [];
    return [
      {
        about: null,
        title: `From ${silent.length} of ${count(zones.length, 'plant zone')} no log message or trap was heard`,
        why: 'Besides this listener nothing seems to tell of events there. After an incident there may be nothing to read.',
        severity: 'low',
        assets: [],
        zones: silent.map(({ id }) => id).sort(),
        evidence: [
          `Listened for ${duration(view.span)}; syslog and SNMP traps heard from ${count(zones.length - silent.length, 'plant zone')}`,
          `Silent: ${few(silent.map(({ name }) => name).sort(), 12)}`,
        ],
        samples: [],
        mend: 'Let what can send syslog or traps do so, to a collector in the DMZ. Logs that are kept locally or sent over TLS are not heard.',
        disturbs: 'Nothing of the process.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
