import { Type } from 'typebox';
import { PROBLEMS } from '../http/problem.ts';
import { oneOf } from './values.ts';

/** RFC 9457, with a stable code. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: oneOf(Object.keys(PROBLEMS)),
    detail: Type.Optional(Type.String()),
    instance: Type.String({ description: 'The id of the request, as the log has it.' }),
    errors: Type.Optional(Type.Array(Type.Object({ at: Type.String(), message: Type.String() }))),
  },
  { $id: 'Problem', additionalProperties: false },
);
