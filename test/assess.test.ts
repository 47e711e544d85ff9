/** The assessment: caps, evidence, attestations, flatness, the roadmap, and what it does not claim. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../agent/assess/assess.ts';
import type { Assessment, Attestation, FoundationalRequirement } from '../agent/assess/assessment.ts';
import { capBy, SYSTEM_REQUIREMENTS } from '../agent/assess/requirements.ts';
import { RULES } from '../agent/assess/rules/index.ts';
import { hashFile } from '../agent/capture/hash-file.ts';
import { plantOf } from '../agent/plant.ts';
import { demo } from '../fixtures/plant/scenarios/demo/index.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { type Device, does, type PlantParts, plant, talk } from './assess-support.ts';
import { snapshotOf } from './sensing.ts';

const METHOD = { tool: 'fieldmark', version: '1.2.3', captures: [], policySha256: null };
const PLC: Device = { ip: '10.0.1.1', mac: '00:1b:1b:00:00:01', role: 'plc' };
const PLC2: Device = { ip: '10.0.1.2', mac: '00:1b:1b:00:00:02', role: 'plc' };
const SCADA: Device = { ip: '10.0.2.1', mac: '00:1b:1b:00:00:03', role: 'scada-server' };
const OFFICE: Device = { ip: '10.9.0.1', mac: '00:1b:1b:00:00:04', role: 'workstation' };
const SIS: Device = { ip: '10.0.5.1', mac: '00:1b:1b:00:00:05', role: 'safety-controller' };
const ZONES: NonNullable<PlantParts['zones']> = {
  cell: ['control', PLC.ip, PLC2.ip],
  operations: ['supervisory', SCADA.ip],
  office: ['enterprise', OFFICE.ip],
  safety: ['safety', SIS.ip],
};
const quiet: PlantParts = {
  devices: [PLC, PLC2, SCADA, OFFICE, SIS],
  zones: ZONES,
  talks: [talk(SCADA.ip, PLC.ip, 'modbus', does('read'))],
};
const loud: PlantParts = {
  ...quiet,
  devices: [{ ...PLC, evidence: [['protection', 'cleartext login (Telnet)']] }, PLC2, SCADA, OFFICE, SIS],
  talks: [
    talk(SCADA.ip, PLC.ip, 'modbus', does('read', 'write')),
    talk(OFFICE.ip, PLC2.ip, 'modbus', does('write')),
    talk(SCADA.ip, SIS.ip, 'modbus', does('write')),
    talk(PLC.ip, OFFICE.ip, 'syslog'),
  ],
};

const attestation = (more: Partial<Attestation> = {}): Attestation => ({
  ...{ id: 'a1', zone: null, requirement: 'FR 1', statement: 'Accounts are personal', evidence: 'policy 7' },
  ...{ by: 'A. Person', at: 1 },
  ...more,
});
const assessed = (parts: PlantParts, attestations: readonly Attestation[] = []) =>
  assess(plant(parts), METHOD, attestations);

function requirement(assessment: Assessment, zone: string, number: FoundationalRequirement) {
  const found = assessment.zones.find((entry) => entry.zone === zone)?.requirements[number - 1];
  if (found === undefined) throw new Error(`no FR ${number} of ${zone}`);
  return found;
}

function evidence(assessment: Assessment, zone: string, id: string) {
  const number = Number(id[3]) as FoundationalRequirement;
  return requirement(assessment, zone, number).evidence.find((entry) => entry.requirement === id);
}

describe('a cap', () => {
  test.each([
    ['SR 1.5', 0],
    ['SR 1.2', 1],
    ['SR 3.1', 0],
    ['SR 3.1 RE 1', 2],
    ['SR 4.1 RE 1', 1],
    ['SR 6.2', 1],
    ['ZCR 3.3', null],
    ['SR 3.1 RE 9', null],
  ])('by %s is %s', (clause, cap) => {
    expect(capBy(clause)).toBe(cap);
  });

  test('is the lowest of what was heard in the zone, with its reasons', () => {
    const one = requirement(assessed(loud), 'cell', 1);
    expect(one.cap).toBe(0);
    expect(one.gap).toBe(true);
    expect(one.reasons).toHaveLength(1);
    expect(one.reasons[0]).toMatch(/^SL-A of FR 1 at most 0, by SR 1\.5: Passwords pass in clear/);
  });

  test('is none where nothing was heard against the requirement', () => {
    const assessment = assessed(quiet);
    for (const { requirements } of assessment.zones) {
      for (const { cap, reasons, gap } of requirements) expect([cap, reasons, gap]).toEqual([null, [], false]);
    }
  });

  test('is no gap when the target asks for no more', () => {
    const modest = requirement(assessed({ ...loud, levels: { cell: 0 } }), 'cell', 1);
    expect([modest.cap, modest.gap]).toEqual([0, false]);
  });

  test('is for the zone where it happened', () => {
    const assessment = assessed(loud);
    expect(requirement(assessment, 'safety', 2).cap).toBe(0);
    expect(requirement(assessment, 'operations', 1).cap).toBeNull();
    expect(requirement(assessment, 'office', 5).cap).toBeNull();
  });
});

describe('evidence', () => {
  test('is told of every system requirement in every zone', () => {
    for (const { requirements } of assessed(loud).zones) {
      const told = requirements.flatMap((entry) => entry.evidence.map((piece) => piece.requirement));
      expect(told).toEqual(SYSTEM_REQUIREMENTS.map(({ id }) => id));
    }
  });

  test('says what cannot be heard, and what was not', () => {
    const assessment = assessed(quiet);
    expect(evidence(assessment, 'cell', 'SR 1.7')).toMatchObject({
      verdict: 'not-observable',
      statement: 'not observable passively',
    });
    expect(evidence(assessment, 'cell', 'SR 1.5')?.verdict).toBe('not-heard');
  });

  test('for a requirement is something that was heard', () => {
    expect(evidence(assessed(loud), 'cell', 'SR 6.1')).toMatchObject({
      verdict: 'for',
      statement: 'Log messages or traps leave 1 host for a collector: 10.0.1.1',
    });
    expect(evidence(assessed(quiet), 'cell', 'SR 6.1')?.verdict).toBe('not-heard');
  });

  test('against a requirement outweighs what agrees with it', () => {
    const secured: Device = {
      ...PLC,
      evidence: [
        ['protection', 'TLS 1.3'],
        ['protection', 'cipher suite 0x0005: RC4'],
      ],
    };
    const both = assessed({ ...quiet, devices: [secured, PLC2, SCADA] });
    expect(evidence(both, 'cell', 'SR 4.3')?.verdict).toBe('against');
    const one = assessed({ ...quiet, devices: [{ ...PLC, evidence: [['protection', 'TLS 1.3']] }, PLC2, SCADA] });
    expect(evidence(one, 'cell', 'SR 4.3')?.verdict).toBe('for');
  });

  test('of a zone without traffic speaks for nothing but the inventory', () => {
    const assessment = assessed({ ...quiet, talks: [] });
    const agreeing = assessment.zones.flatMap(({ requirements }) =>
      requirements.flatMap((entry) => entry.evidence.filter(({ verdict }) => verdict === 'for')),
    );
    expect(new Set(agreeing.map((entry) => entry.requirement))).toEqual(new Set(['SR 7.8']));
  });

  test('of the policy needs a policy: without one nothing agrees with SR 5.2', () => {
    const check = { violations: [], unusedConduits: [], unusedPermissions: [] };
    expect(evidence(assessed(quiet), 'cell', 'SR 5.2')?.verdict).toBe('not-heard');
    expect(evidence(assessed({ ...quiet, check }), 'cell', 'SR 5.2')?.verdict).toBe('for');
    expect(evidence(assessed({ ...quiet, check }), 'safety', 'SR 5.2')?.verdict).toBe('not-heard');
  });
});

describe('attestations', () => {
  test('fill their zone and requirement, in the order of their time', () => {
    const later = attestation({ id: 'b', requirement: 'SR 1.7', at: 9 });
    const elsewhere = attestation({ id: 'c', zone: 'office' });
    const assessment = assessed(quiet, [later, attestation(), elsewhere]);
    expect(requirement(assessment, 'cell', 1).attestations.map(({ id }) => id)).toEqual(['a1', 'b']);
    expect(requirement(assessment, 'office', 1).attestations.map(({ id }) => id)).toEqual(['a1', 'c', 'b']);
    expect(requirement(assessment, 'cell', 2).attestations).toEqual([]);
  });

  test('raise no cap and change no verdict', () => {
    const requirements = [...SYSTEM_REQUIREMENTS.map(({ id }) => id), 'FR 1', 'FR 5', 'Incident response', 'whatever'];
    const any = fc.array(
      fc.record({
        id: fc.string(),
        zone: fc.constantFrom(null, 'cell', 'office', 'nowhere'),
        requirement: fc.constantFrom(...requirements),
        statement: fc.string(),
        evidence: fc.string(),
        by: fc.string(),
        at: fc.nat(),
      }),
    );
    const judged = ({ zones }: Assessment) =>
      zones.map((zone) =>
        zone.requirements.map(({ cap, gap, reasons, evidence: told }) => ({ cap, gap, reasons, told })),
      );
    const without = judged(assessed(loud));
    fc.assert(
      fc.property(any, (attestations) => {
        expect(judged(assess(plant(loud), METHOD, attestations))).toEqual(without);
      }),
      { numRuns: 20 },
    );
  });

  test('tell of incident response, which nobody can hear', () => {
    const [found] = assessed(quiet, [attestation({ requirement: 'Incident response' })]).commonFindings.slice(-1);
    expect(found).toMatchObject({ id: 'no-incident-response', verdict: 'not-observable' });
    expect(found?.statement).toContain('A. Person states');
  });
});

describe('flatness', () => {
  test.each([
    ['all on one segment', [PLC, PLC2, { ...SCADA, ip: '10.0.1.9' }], 1],
    ['one pair of three', [PLC, PLC2, SCADA], 0.333],
    ['each apart', [PLC, SCADA, SIS], 0],
    ['behind a router', [{ ip: '10.0.1.1', role: 'plc' } as Device, { ip: '10.0.1.2', role: 'plc' } as Device], 0],
    ['one alone', [PLC], null],
  ])('%s', (_, devices, share) => {
    expect(assessed({ devices }).flatness).toBe(share);
  });

  test('joins zones between which no boundary was observed', () => {
    const traffic = { conversations: 1, packets: 1, bytes: 1, firstSeen: 0, lastSeen: 1, ports: [] };
    const conduit = {
      ...{ id: 'c', from: 'operations', to: 'cell', status: 'proposed' as const, decision: null, allow: [], traffic },
      boundary: { observed: 'none' as const, macs: [], reasons: [] },
    };
    const second: Device = { ...SCADA, ip: '10.0.2.2', mac: '00:1b:1b:00:00:09' };
    const zones: NonNullable<PlantParts['zones']> = { ...ZONES, operations: ['supervisory', SCADA.ip, second.ip] };
    const devices = [PLC, PLC2, SCADA, second];
    expect(assessed({ devices, zones }).flatness).toBe(0.333);
    expect(assessed({ devices, zones, conduits: [conduit] }).flatness).toBe(1);
  });
});

describe('the roadmap', () => {
  const { roadmap } = assessed(loud);

  test('begins with the safety system and the border', () => {
    expect(roadmap.map(({ title }) => title).slice(0, 2)).toEqual([
      'Separate the safety system',
      'Let nothing pass between enterprise and plant except through a DMZ',
    ]);
    expect(roadmap.map(({ order }) => order)).toEqual(roadmap.map((_, index) => index + 1));
  });

  test('mends every finding once', () => {
    const { findings } = plant(loud);
    expect(roadmap.flatMap((step) => step.findings).sort()).toEqual(findings.map(({ id }) => id).sort());
  });

  test('is empty where nothing was found', () => {
    expect(assess({ ...plant(quiet), findings: [] }, METHOD).roadmap).toEqual([]);
  });
});

describe('the assessment', () => {
  test('names every rule and its requirement, and what it was made with', () => {
    const captures = [{ name: 'a.pcap', sha256: 'ab', packets: 1 }];
    const { method } = assess(plant(quiet), { ...METHOD, captures, policySha256: 'cd' });
    expect(method).toMatchObject({ tool: 'fieldmark', version: '1.2.3', captures, policySha256: 'cd' });
    expect(method.rules).toEqual(RULES.map(({ id, title, requirement: cited }) => ({ id, title, requirement: cited })));
  });

  test('checks the seven things that are met most', () => {
    const { commonFindings } = assessed(loud);
    expect(commonFindings).toHaveLength(7);
    expect(commonFindings.find(({ id }) => id === 'shared-credentials')).toMatchObject({
      verdict: 'found',
      findings: ['cleartext-login'],
    });
  });

  test('says what could not be heard', () => {
    const { blindSpots } = assessed({ ...quiet, quality: { oneSidedShare: 0.5, vlanTagged: 0 } });
    expect(blindSpots.some((spot) => spot.includes('60 min only'))).toBe(true);
    expect(blindSpots.some((spot) => spot.includes('in one direction only: 50 %'))).toBe(true);
    expect(blindSpots.some((spot) => spot.startsWith('No VLAN tag was seen'))).toBe(true);
    expect(blindSpots.at(-1)).toMatch(/^Passive listening tells nothing of accounts/);
  });

  test('of nothing makes no statement', () => {
    const nothing = assessed({ devices: [], capture: { packets: 0, firstSeen: null, lastSeen: null } });
    expect(nothing.blindSpots).toEqual(['Nothing was heard: no statement is made of anything.']);
    expect(nothing.zones).toEqual([]);
    expect(nothing.flatness).toBeNull();
  });

  test('claims neither compliance nor certification', () => {
    expect(JSON.stringify(assessed(loud))).not.toMatch(/complian|certif(ied|ication)|is secure\b/i);
  });

  test('of the demo plant is the same each time, and says something', () => {
    const snapshot = snapshotOf(simulate(demo).frames);
    const once = assess(plantOf(snapshot), METHOD);
    expect(assess(plantOf(snapshot), METHOD)).toEqual(once);
    expect(once.roadmap.length).toBeGreaterThan(0);
    expect(JSON.stringify(once)).not.toMatch(/undefined|NaN|\[object/);
  });
});

test('a file’s hash is the SHA-256 of its bytes', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'fieldmark-'));
  try {
    const path = join(directory, 'abc');
    writeFileSync(path, 'abc'); // FIPS 180-2, appendix B.1
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await hashFile(path)).toEqual({ sha256, size: 3 });
    await expect(hashFile(join(directory, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
