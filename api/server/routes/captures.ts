import { basename } from 'node:path';
import { Type } from 'typebox';
import { capturedBefore } from '../../../agent/service/frames-from.ts';
import type { Routes } from '../context.ts';
import { CAPTURES, PCAP } from '../http/media-types.ts';
import { Problem } from '../http/problem.ts';
import { framesFolder } from '../listening.ts';
import { addList, found } from '../route-kinds/list.ts';
import { CaptureSchema } from '../schemas/records.ts';
import { Done, described, ref } from '../schemas/values.ts';
import { shownName } from '../spool.ts';

const tag = 'captures';
const tags = [tag];
const ByNumber = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

export const captureRoutes: Routes = (app, { reader, service, settings, spool }) => {
  addList(app, reader, {
    url: '/captures',
    name: 'captures',
    entry: CaptureSchema,
    tag,
    summary: 'What was read, is being read and waits, with how well the plant could be heard in it',
  });

  app.get(
    '/captures/:id',
    {
      config: { role: 'viewer', revisioned: ['capture'] },
      schema: { tags, summary: 'A capture', params: ByNumber, response: { 200: ref(CaptureSchema) } },
    },
    async ({ params }) => found(reader.capture(params.id), 'capture'),
  );

  app.register(async (scope) => {
    // the bytes are taken as they come, and counted by whoever keeps them
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(CAPTURES, (_request, payload, done) => done(null, payload));
    scope.post(
      '/captures',
      {
        config: {
          role: 'analyst',
          streamsBody: true,
          perMinute: 60,
          problems: ['CONFLICT', 'STORAGE_FULL', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
        },
        schema: {
          tags,
          summary: 'Uploads a capture, to be read in its turn',
          description: 'pcap or pcapng, plain or compressed by gzip or zstd; the body is the file as it is.',
          consumes: CAPTURES,
          querystring: Type.Object(
            {
              name: Type.Optional(
                described(Type.String({ maxLength: 500 }), 'What people call it. Never used as a path.'),
              ),
            },
            { additionalProperties: false },
          ),
          response: { 201: ref(CaptureSchema) },
        },
      },
      async (request, reply) => {
        const announced = request.headers['content-length'];
        const body = request.body as AsyncIterable<Uint8Array> | null | undefined;
        if (body == null || announced === '0') throw new Problem('MALFORMED_REQUEST', 'no capture was sent');
        const length = announced === undefined ? undefined : Number(announced);
        const { path, size, sha256 } = await spool.receive(body, length);
        const { name } = request.query as { readonly name?: string };
        const capture = { name: shownName(name), source: { spool: basename(path) }, sha256, size };
        const id = await service.add({ ...capture, by: request.principal.name }).catch(async (error) => {
          await spool.discard(path);
          throw error;
        });
        reply.header('location', `/api/v1/captures/${id}`);
        return reply.code(201).send(found(reader.capture(id), 'capture') as never);
      },
    );
  });

  app.post(
    '/captures/:id/reading',
    {
      config: { role: 'analyst', problems: ['CONFLICT', 'STORAGE_FULL'] },
      schema: {
        tags,
        summary: 'Reads a capture again whose reading was interrupted or failed',
        params: ByNumber,
        response: { 204: Done },
      },
    },
    async ({ params, principal }, reply) => {
      await service.keeper.readAgain(params.id, principal.name);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/captures/:id',
    {
      config: { role: 'admin', problems: ['STORAGE_FULL'] },
      schema: {
        tags,
        summary: 'Forgets a capture and all that only it told',
        params: ByNumber,
        response: { 204: Done },
      },
    },
    async ({ params, principal }, reply) => {
      await service.keeper.delete(params.id, principal.name);
      return reply.code(204).send();
    },
  );

  app.get(
    '/frames',
    {
      config: { role: 'viewer', perMinute: 120, problems: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'] },
      schema: {
        tags,
        summary: 'Frames as a small pcap: what proves a statement',
        querystring: Type.Object(
          {
            file: described(Type.String({ minLength: 1, maxLength: 500 }), 'As evidence names it.'),
            frame: Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), {
              minItems: 1,
              maxItems: 100,
              description: 'Numbers of frames, from 1.',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: {
            description: 'The frames, as they were captured.',
            content: { [PCAP]: { schema: Type.String({ format: 'binary' }) } },
          },
        },
      },
    },
    async ({ query }, reply) => {
      const { file, frame } = query as { readonly file: string; readonly frame: readonly number[] };
      const { capture, before } = capturedBefore(file);
      const kept = found(reader.captureFile(capture), 'capture');
      if (kept.spool === null && kept.live === 0)
        throw new Problem('CONFLICT', 'the bytes of this capture are not kept');
      const numbers = frame.map((number) => before + number);
      const pcap =
        kept.spool === null
          ? await spool.liveFrames(framesFolder(settings), kept.row, numbers)
          : await spool.frames(kept.spool, numbers);
      reply.header('content-disposition', 'attachment; filename="frames.pcap"');
      return reply.type(PCAP).send(pcap as never);
    },
  );
};
