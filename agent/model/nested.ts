/** Parts behind an address: Modbus units behind a gateway, modules in a chassis, outstations on a line. */
import type { Asset } from './asset.ts';
import type { Behaviour } from './behaviour.ts';
import { byStrength, conflictsOf, strongest } from './identity.ts';
import type { EvidenceSnapshot } from './snapshot.ts';

/** What a unit number of a protocol is called. */
const PART: Readonly<Record<string, string>> = { modbus: 'unit', dnp3: 'station', enip: 'slot', iec104: 'station' };

/** Unit ids that address the device at hand itself, not one behind it (MODBUS Messaging on TCP/IP V1.0b, section 4.4.2.1). */
const SELF: ReadonlySet<number> = new Set([0, 255]);

/** The units behind a device that answered: none of those that mean the device itself. */
export function answeringUnits({ units }: Behaviour): { protocol: string; unit: number }[] {
  return [...units].flatMap(([protocol, answered]) => {
    if (PART[protocol] === undefined || protocol === 'enip') return []; // slots are asked for identity only
    return [...answered].filter((unit) => !SELF.has(unit)).map((unit) => ({ protocol, unit }));
  });
}

/** The parts behind an asset, when there are several that answered or told of themselves. One alone is the asset itself. */
export function nestedAssets(parent: Asset, behaviour: Behaviour): Asset[] {
  const parts = new Map<string, { protocol: string; unit: number; evidence: EvidenceSnapshot[]; answered: boolean }>();
  const part = (protocol: string, unit: number) => {
    const key = `${PART[protocol]}-${unit}`;
    let known = parts.get(key);
    if (known === undefined) {
      known = { protocol, unit, evidence: [], answered: false };
      parts.set(key, known);
    }
    return known;
  };
  for (const entry of parent.evidence) {
    const protocol = entry.source.split('.', 1)[0] as string;
    if (entry.unit === null || SELF.has(entry.unit) || PART[protocol] === undefined) continue;
    part(protocol, entry.unit).evidence.push(entry);
  }
  for (const { protocol, unit } of answeringUnits(behaviour)) part(protocol, unit).answered = true;
  const real = [...parts].filter(([, { evidence, answered }]) => answered || evidence.length > 0);
  if (real.length < 2) return [];
  return real
    .map(([key, { protocol, unit, evidence }]): Asset => {
      const own = evidence.sort(byStrength);
      return {
        ...parent,
        id: `${parent.id}/${key}`,
        mac: [],
        ip: [],
        names: own.filter(({ field }) => field === 'name').map(({ value }) => value),
        vendor: strongest(own, 'vendor'),
        product: strongest(own, 'product'),
        model: strongest(own, 'model'),
        firmware: strongest(own, 'firmware'),
        hardware: strongest(own, 'hardware'),
        serial: strongest(own, 'serial'),
        role: 'unknown',
        roleConfidence: 0,
        roleReasons: [`${PART[protocol]} ${unit} behind ${parent.ip[0] ?? parent.id}`],
        roleRunnerUp: null,
        purdueLevel: parent.purdueLevel,
        parent: parent.id,
        protocols: [{ name: protocol, as: 'server' }],
        joined: [],
        conflicts: conflictsOf(own),
        evidence: own,
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
