import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Assessment, Attestation } from '../../../agent/assess/assessment.ts';
import { CSV_TABLES, type CsvTable } from '../../../agent/report/csv/tables.ts';
import { FORMATS, type FormatName } from '../../../agent/report/formats.ts';
import { isoTime } from '../../../agent/report/time.ts';
import type { Context, Routes } from '../context.ts';
import { Problem } from '../http/problem.ts';
import { now } from '../http/times.ts';
import { ById } from '../route-kinds/decision.ts';
import { found } from '../route-kinds/list.ts';
import { AssessmentSchema, type AttestationEntry, AttestationSchema } from '../schemas/assessment.ts';
import { Done, described, list, nullable, oneOf, ref, Text } from '../schemas/values.ts';

const tag = 'assessment';
const tags = [tag];

/** What the assessment is a function of. */
const TABLES = ['asset', 'conversation', 'zone', 'conduit', 'violation', 'finding', 'decision', 'policy', 'capture'];

const MEDIA_TYPES: Readonly<Record<FormatName, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  svg: 'image/svg+xml',
  mermaid: 'text/vnd.mermaid; charset=utf-8',
  graphml: 'application/graphml+xml',
  drawio: 'application/vnd.jgraph.mxfile',
};

const AttestationBody = Type.Object(
  {
    zone: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 256 }))),
    requirement: Type.String({ pattern: '^(FR [1-7]|SR [1-7]\\.[0-9]{1,2}( RE [1-9])?|ZCR [1-7](\\.[0-9])?)$' }),
    statement: Type.String({ minLength: 1, maxLength: 4000 }),
    evidence: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  {
    additionalProperties: false,
    description: '`zone`: null or absent for the whole plant; `requirement`: e.g. `SR 1.7`.',
  },
);

export const assessmentRoutes: Routes = (app, context) => {
  const { reader, service, version } = context;

  app.get(
    '/assessment',
    {
      config: { role: 'viewer', revisioned: TABLES, perMinute: 240 },
      schema: {
        tags,
        summary: 'The IEC 62443 assessment: levels by zone and requirement, gaps, roadmap, method',
        response: { 200: ref(AssessmentSchema) },
      },
    },
    async () => shown(await service.keeper.assessment(version)),
  );

  app.get(
    '/attestations',
    {
      config: { role: 'viewer', revisioned: ['decision'] },
      schema: {
        tags,
        summary: 'What people state about what cannot be heard',
        response: { 200: list(ref(AttestationSchema)) },
      },
    },
    async () => attestationsOf(context),
  );

  app.post(
    '/attestations',
    {
      config: { role: 'analyst', problems: ['CONFLICT', 'STORAGE_FULL'] },
      schema: { tags, summary: 'States something', body: AttestationBody, response: { 201: ref(AttestationSchema) } },
    },
    async ({ body, principal }, reply) => {
      const { zone = null, requirement, statement, evidence } = body;
      if (zone !== null && reader.zone(zone) === undefined) throw new Problem('CONFLICT', 'there is no such zone');
      const attestation: Attestation = {
        ...{ id: randomUUID(), zone, requirement, statement, evidence },
        by: principal.name,
        at: now(),
      };
      await service.keeper.decide('attestation', attestation.id, attestation, principal.name);
      return reply.code(201).send(entryOf(attestation));
    },
  );

  app.delete(
    '/attestations/:id',
    {
      config: { role: 'analyst', problems: ['STORAGE_FULL'] },
      schema: { tags, summary: 'Takes a statement back', params: ById, response: { 204: Done } },
    },
    async ({ params, principal }, reply) => {
      found(
        attestationsOf(context).find(({ id }) => id === params.id),
        'attestation',
      );
      await service.keeper.decide('attestation', params.id, null, principal.name);
      return reply.code(204).send();
    },
  );

  app.get(
    '/exports/:format',
    {
      config: { role: 'viewer', revisioned: TABLES, perMinute: 60 },
      schema: {
        tags: ['exports'],
        summary: 'The report as a file: a page, Markdown, JSON, a table, or the diagram of zones and conduits',
        params: Type.Object({ format: oneOf(Object.keys(FORMATS) as FormatName[]) }),
        querystring: Type.Object(
          {
            table: Type.Optional(
              described(oneOf(Object.keys(CSV_TABLES) as CsvTable[]), 'Which table, with `csv`; without it, assets.'),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: {
            description: 'The file.',
            content: Object.fromEntries(
              Object.values(MEDIA_TYPES).map((type) => [type.split(';', 1)[0], { schema: Text }]),
            ),
          },
        },
      },
    },
    async ({ params, query }, reply) => {
      const { format } = params as { readonly format: FormatName };
      const { table } = query as { readonly table?: CsvTable };
      if (table !== undefined && format !== 'csv') throw new Problem('INVALID_PARAMETER', 'table is for csv');
      const pieces = await service.keeper.report(format, table ?? 'assets', version);
      const name = `fieldmark-${format === 'csv' ? (table ?? 'assets') : 'report'}${FORMATS[format].suffix}`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      return reply.type(MEDIA_TYPES[format]).send(Readable.from(pieces, { objectMode: false }) as never);
    },
  );
};

/** All attestations, in the order in which they were made. */
function attestationsOf({ reader }: Context): AttestationEntry[] {
  const { items } = reader.list('decisions', { filter: { kind: 'attestation' }, limit: 1000 });
  return items.map(({ decision }) => entryOf(decision as Attestation));
}

function entryOf(attestation: Attestation): AttestationEntry {
  return { ...attestation, at: isoTime(attestation.at) as string };
}

function shown({ zones, ...rest }: Assessment): never {
  const withTimes = zones.map(({ requirements, ...zone }) => ({
    ...zone,
    requirements: requirements.map(({ attestations, ...requirement }) => ({
      ...requirement,
      attestations: attestations.map(entryOf),
    })),
  }));
  return { ...rest, zones: withTimes } as never;
}
