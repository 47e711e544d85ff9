/** The report for programs: `fieldmark.report/1` with its assessment, in pieces, so that no plant is too large for one string. */
import type { Assessment } from '../assess/assessment.ts';
import type { Plant } from '../plant.ts';
import { reportOf } from './report.ts';
import { isoTime } from './time.ts';

/** One JSON object: a line for each entry of its lists. */
export function* jsonOf(plant: Plant, assessment: Assessment): Generator<string> {
  const entries = Object.entries({ ...reportOf(plant), assessment: assessmentOf(assessment) });
  for (const [index, [name, value]] of entries.entries()) {
    yield `${index === 0 ? '{' : ','}\n${JSON.stringify(name)}: `;
    if (!Array.isArray(value)) yield JSON.stringify(value);
    else if (value.length === 0) yield '[]';
    else {
      for (const [at, entry] of value.entries()) yield `${at === 0 ? '[' : ','}\n ${JSON.stringify(entry)}`;
      yield '\n]';
    }
  }
  yield '\n}\n';
}

/** The assessment in plain values: times as reports write them. */
export function assessmentOf({ zones, ...rest }: Assessment) {
  return {
    ...rest,
    zones: zones.map(({ requirements, ...zone }) => ({
      ...zone,
      requirements: requirements.map(({ attestations, ...requirement }) => ({
        ...requirement,
        attestations: attestations.map((attestation) => ({ ...attestation, at: isoTime(attestation.at) })),
      })),
    })),
  };
}
