import { Type } from 'typebox';
import type { Routes } from '../context.ts';
import { addList, found } from '../route-kinds/list.ts';
import { ConversationSchema, OperationSchema } from '../schemas/traffic.ts';
import { Id, list, ref } from '../schemas/values.ts';

const ById = Type.Object({ id: Id });
const tags = ['conversations'];

export const conversationRoutes: Routes = (app, { reader }) => {
  addList(app, reader, {
    url: '/conversations',
    name: 'conversations',
    entry: ConversationSchema,
    tag: 'conversations',
    summary: 'Who talks to whom: client, server, service and protocol',
  });

  app.get(
    '/conversations/:id',
    {
      config: { role: 'viewer', revisioned: ['conversation'] },
      schema: { tags, summary: 'A conversation', params: ById, response: { 200: ref(ConversationSchema) } },
    },
    async ({ params }) => found(reader.conversation(params.id), 'conversation'),
  );

  app.get(
    '/conversations/:id/operations',
    {
      config: { role: 'viewer', revisioned: ['conversation'] },
      schema: {
        tags,
        summary: 'What was asked for and answered, with the ranges that were touched and their rhythm',
        params: ById,
        response: { 200: list(ref(OperationSchema)) },
      },
    },
    async ({ params }) => found(reader.operations(params.id), 'conversation'),
  );
};
