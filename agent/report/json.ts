/** The report for programs: `fieldmark.report/1` with its assessment, in pieces, so that no plant is too large for one string. */
import type { Assessment } from '../assess/assessment.ts';
import type { Plant } from '../plant.ts';
import { reportInParts } from './report.ts';
import { isoTime } from './time.ts';

/** One JSON object: a line for each entry of its lists, which is made when its turn comes. */
export function* jsonOf(plant: Plant, assessment?: Assessment): Generator<string> {
  const assessed = assessment && { assessment: assessmentOf(assessment) };
  const parts: readonly [string, unknown][] = Object.entries({ ...reportInParts(plant), ...assessed });
  let before = '{';
  for (const [name, value] of parts) {
    yield `${before}\n${JSON.stringify(name)}: `;
    if (isList(value)) yield* listOf(value);
    else yield JSON.stringify(value);
    before = ',';
  }
  yield '\n}\n';
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function* listOf(entries: Iterable<unknown>): Generator<string> {
  let before = '[';
  for (const entry of entries) {
    yield `${before}\n ${JSON.stringify(entry)}`;
    before = ',';
  }
  yield before === '[' ? '[]' : '\n]';
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
