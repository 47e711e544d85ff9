/** The seven foundational requirements, zone by zone: what caps them, what speaks for and against, and what cannot be heard. */
import type { Asset } from '../model/asset.ts';
import type { SecurityLevel, Zone } from '../zones/zone.ts';
import { type Agreement, agreementsOf, type ZoneScope } from './agreeing.ts';
import type {
  Attestation,
  FoundationalRequirement,
  RequirementAssessment,
  RequirementEvidence,
  ZoneAssessment,
} from './assessment.ts';
import type { Finding } from './finding.ts';
import type { PlantView, Talk } from './plant-view.ts';
import {
  baseOf,
  type Clause,
  capBy,
  FOUNDATIONAL_NAMES,
  FOUNDATIONAL_REQUIREMENTS,
  foundationalOf,
  SYSTEM_REQUIREMENTS,
  type SystemRequirement,
} from './requirements.ts';
import { RULES } from './rules/index.ts';
import { count } from './words.ts';

const POINTS_AT: ReadonlyMap<string, readonly Clause[]> = new Map(RULES.map(({ id, pointsAt = [] }) => [id, pointsAt]));
const AGAINST: ReadonlyMap<string, readonly Clause[]> = new Map(RULES.map(({ id, against }) => [id, against]));

/** The assessment of every zone of the plant, in the order of the zoning; external ones are others' affair. */
export function zoneAssessmentsOf(
  view: PlantView,
  findings: readonly Finding[],
  attestations: readonly Attestation[],
): ZoneAssessment[] {
  const scopes = scopesOf(view);
  const found = new Map<string, Finding[]>();
  for (const finding of findings) for (const zone of finding.zones) append(found, zone, finding);
  const counts = countsOf(findings, view);
  return scopes.map((scope) => {
    const { zone } = scope;
    const own = found.get(zone.id) ?? [];
    // a finding's assets may be spread over several zones: how many of them are in this one
    const titled = ({ id, title, assets }: Finding) => {
      const here = counts.get(id)?.get(zone.id) ?? 0;
      return here === 0 || here === assets.length ? title : `${title} (here: ${count(here, 'asset')})`;
    };
    const agreements = agreementsOf(view, scope);
    const given = attestations.filter((attestation) => attestation.zone === null || attestation.zone === zone.id);
    return {
      zone: zone.id,
      securityLevelTarget: zone.securityLevelTarget,
      requirements: FOUNDATIONAL_REQUIREMENTS.map((requirement) =>
        assessed(requirement, zone, own, agreements, given, titled),
      ),
    };
  });
}

/** How many of each finding's assets are in each zone, by the ids of both. */
function countsOf(
  findings: readonly Finding[],
  { zoning }: PlantView,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map(
    findings.map(({ id, assets }) => {
      const counts = new Map<string, number>();
      for (const asset of assets) {
        const zone = zoning.zoneOfAsset.get(asset);
        if (zone !== undefined) counts.set(zone, (counts.get(zone) ?? 0) + 1);
      }
      return [id, counts];
    }),
  );
}

function assessed(
  requirement: FoundationalRequirement,
  zone: Zone,
  findings: readonly Finding[],
  agreements: readonly Agreement[],
  attestations: readonly Attestation[],
  titled: (finding: Finding) => string,
): RequirementAssessment {
  const contradicted = findings.flatMap((finding) =>
    (AGAINST.get(finding.rule) ?? [])
      .filter((clause) => foundationalOf(clause) === requirement)
      .flatMap((clause) => {
        const level = capBy(clause);
        return level === null ? [] : [{ finding, clause, level }];
      }),
  );
  const cap = contradicted.reduce<SecurityLevel | null>(
    (low, { level }) => (low === null || level < low ? level : low),
    null,
  );
  return {
    requirement,
    name: FOUNDATIONAL_NAMES[requirement],
    cap,
    reasons: contradicted
      .filter(({ level }) => level === cap)
      .map(
        ({ finding, clause, level }) => `SL-A of FR ${requirement} at most ${level}, by ${clause}: ${titled(finding)}`,
      ),
    gap: cap !== null && cap < zone.securityLevelTarget,
    evidence: SYSTEM_REQUIREMENTS.filter(({ id }) => foundationalOf(id) === requirement).map((entry) =>
      evidenceOf(entry, contradicted, findings, agreements, titled),
    ),
    attestations: attestations.filter((attestation) => concerns(attestation.requirement, requirement)),
  };
}

/** What was heard against a requirement outweighs what agrees with it; what only points at it is told, but is not against it. */
function evidenceOf(
  { id, title, heardBy }: SystemRequirement,
  contradicted: readonly { readonly finding: Finding; readonly clause: Clause }[],
  findings: readonly Finding[],
  agreements: readonly Agreement[],
  titled: (finding: Finding) => string,
): RequirementEvidence {
  const against = contradicted.filter(({ clause }) => baseOf(clause) === id).map(({ finding }) => finding);
  const pointing = findings.filter(
    (finding) =>
      !against.includes(finding) && (finding.requirement === id || POINTS_AT.get(finding.rule)?.includes(id) === true),
  );
  const heard = agreements.filter(({ requirement }) => requirement === id);
  const agreeing = heard.filter(({ agrees }) => agrees).map(({ statement }) => statement);
  const told = [...new Set([...against, ...pointing])];
  const common = { requirement: id, title, findings: told.map((finding) => finding.id) };
  if (against.length > 0) {
    return { ...common, verdict: 'against', statement: told.map(titled).join('; ') };
  }
  const points = [...heard.filter(({ agrees }) => !agrees).map(({ statement }) => statement), ...pointing.map(titled)];
  if (agreeing.length > 0) return { ...common, verdict: 'for', statement: [...agreeing, ...points].join('; ') };
  if (heardBy === null) return { ...common, verdict: 'not-observable', statement: 'not observable passively' };
  const statement = points.length > 0 ? points.join('; ') : `nothing was heard of it; it would be heard by ${heardBy}`;
  return { ...common, verdict: 'not-heard', statement };
}

/** `SR 1.7` and `FR 1` concern the first foundational requirement. */
function concerns(attested: string, requirement: FoundationalRequirement): boolean {
  return attested === `FR ${requirement}` || foundationalOf(attested) === requirement;
}

function scopesOf({ zoning, talks, assets }: PlantView): ZoneScope[] {
  const byZone = new Map<string, Talk[]>();
  for (const talk of talks) {
    const { client, server } = talk;
    if (client.zone !== null) append(byZone, client.zone.id, talk);
    if (server.zone !== null && server.zone !== client.zone) append(byZone, server.zone.id, talk);
  }
  return zoning.zones
    .filter(({ kind }) => kind !== 'external')
    .map((zone) => ({
      zone,
      assets: zone.members.flatMap(({ assetId }): Asset[] => {
        const asset = assets.byId.get(assetId);
        return asset === undefined || asset.parent !== null ? [] : [asset];
      }),
      talks: byZone.get(zone.id) ?? [],
    }));
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
