import { few } from '../../few.ts';
import { claimsOf } from '../address-claims.ts';
import type { Rule } from '../rule.ts';
import { count, lines } from '../words.ts';

/** An address that several devices claim to have. One of them may pretend: see arp-spoofing. */
export const addressConflict: Rule = {
  id: 'address-conflict',
  title: 'Addresses that several devices claim',
  requirement: 'SR 3.1',
  against: [],
  measure: 'investigate',
  technique: 'T0830',
  evaluate(view) {
    const { contested, takers } = claimsOf(view);
    const plain = contested.filter(({ macs }) => !macs.some((mac) => takers.has(mac)));
    const said = view.devices.filter(({ evidence }) =>
      evidence.some(({ field, value }) => field === 'state' && value === 'IP address conflict'),
    );
    if (plain.length === 0 && said.length === 0) return [];
    const ids = [
      ...new Set([...plain.flatMap(({ scoped }) => view.assets.idOf.get(scoped) ?? []), ...said.map(({ id }) => id)]),
    ].sort();
    return [
      {
        about: null,
        title: `${count(plain.length + said.length, 'address is', 'addresses are')} claimed by several devices`,
        why: 'Two devices with one address take turns in answering; or one of them answers in the other’s name.',
        severity: 'medium',
        assets: ids,
        zones: view.zonesOf(ids),
        evidence: lines([
          ...plain.map(({ scoped, macs }) => `${scoped} is claimed by ${few(macs, 4)}`),
          ...said.map(({ ip, id }) => `${ip[0] ?? id} itself reports an address conflict`),
        ]),
        samples: [],
        mend: 'Find both devices by their MAC addresses at the switches, and give one another address.',
        disturbs: 'The device whose address changes, and its clients.',
        firstSeen: null,
        lastSeen: null,
      },
    ];
  },
};
