import { few } from '../../few.ts';
import type { Asset } from '../../model/asset.ts';
import type { Role } from '../../model/roles/role.ts';
import { UNAUTHENTICATED } from '../industrial-protocols.ts';
import { isOt } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { assetName, ofTalks, spanOf } from '../telling.ts';
import { count, distinct, duration, lines } from '../words.ts';

/** Computers that people carry; infrastructure and controllers that were seen for a while only are something else. */
const CARRIED: ReadonlySet<Role> = new Set([
  'engineering-workstation',
  'workstation',
  'unknown',
  'hmi',
  'scada-server',
]);
/** A capture shorter than this tells no coming and going. */
const LEAST_SPAN = 600e6;
/** Shares of the capture: what was there at its edges was there before or after it. */
const EDGE = 0.05;
const LONGEST_VISIT = 0.5;
/** What people call computers that they carry. */
const PORTABLE = /(^|[-_ .])(lt|laptop|notebook|nb|tablet|mobile)([-_ .\d]|$)/i;

/** Devices that came and went while it was listened, or are carried by their name, and spoke to controllers: IEC 62443-3-2, ZCR 3.4. */
export const temporaryDevice: Rule = {
  id: 'temporary-device',
  title: 'Devices that come and go and speak to controllers',
  requirement: 'ZCR 3.4',
  against: [],
  pointsAt: ['SR 2.3'],
  measure: 'control-portable-devices',
  technique: 'T0864',
  evaluate({ talks, devices, span, snapshot }) {
    const { firstSeen, lastSeen } = snapshot.capture;
    const came = (asset: Asset) =>
      firstSeen !== null &&
      lastSeen !== null &&
      span >= LEAST_SPAN &&
      asset.firstSeen > firstSeen + EDGE * span &&
      asset.lastSeen < lastSeen - EDGE * span &&
      asset.lastSeen - asset.firstSeen < LONGEST_VISIT * span;
    const carried = devices.filter(({ role }) => CARRIED.has(role));
    const visitors = new Map(
      carried.filter((asset) => came(asset) || isPortable(asset)).map((asset) => [asset.id, asset]),
    );
    const visits = talks.filter(({ client, server, conversation }) => {
      return (
        client.asset !== null &&
        visitors.has(client.asset.id) &&
        isOt(server) &&
        UNAUTHENTICATED.has(conversation.protocol)
      );
    });
    if (visits.length === 0) return [];
    const spoken = new Map<string, { readonly peers: Set<string>; readonly protocols: Set<string> }>();
    for (const { client, server, conversation } of visits) {
      const id = client.asset?.id ?? '';
      const own = spoken.get(id) ?? { peers: new Set(), protocols: new Set() };
      own.peers.add(server.scoped);
      own.protocols.add(conversation.protocol);
      spoken.set(id, own);
    }
    const ids = distinct(spoken.keys());
    const assets = ids.flatMap((id) => visitors.get(id) ?? []);
    const programmed = visits.some(({ accesses }) => accesses.includes('program') || accesses.includes('control'));
    return [
      {
        about: null,
        title: `${count(ids.length, 'device that comes and goes speaks', 'devices that come and go speak')} to controllers`,
        why: 'A laptop, or a device that was there for a while only, was elsewhere before, without the plant’s protection.',
        severity: programmed ? 'high' : 'medium',
        ...ofTalks(visits, 'servers'),
        ...spanOf(assets),
        evidence: lines(
          assets.map((asset) => {
            const own = spoken.get(asset.id) ?? { peers: new Set(), protocols: new Set() };
            const time = `there for ${duration(asset.lastSeen - asset.firstSeen)} of ${duration(span)}`;
            const there = isPortable(asset) ? `portable by its name, ${time}` : time;
            return `${assetName(asset)} (${asset.role}): ${there}, spoke to ${count(own.peers.size, 'controller')} by ${few([...own.protocols].sort())}`;
          }),
        ),
        mend: 'Find out whose they are; let visiting laptops connect at a checked place only.',
        disturbs: 'Nothing of the process.',
      },
    ];
  },
};

function isPortable({ names }: Asset): boolean {
  return names.some((name) => PORTABLE.test(name));
}
