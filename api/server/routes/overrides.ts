import { Type } from 'typebox';
import { LEVELS } from '../../../agent/model/roles/role.ts';
import type { Routes } from '../context.ts';
import { Problem } from '../http/problem.ts';
import { addDecision, addressOf, MaybeReason } from '../route-kinds/decision.ts';
import { found } from '../route-kinds/list.ts';
import { Id, oneOf } from '../schemas/values.ts';

const Params = Type.Object({
  id: Id,
  field: oneOf([
    'vendor',
    'product',
    'model',
    'firmware',
    'hardware',
    'serial',
    'name',
    'location',
    'os',
    'role',
    'purdue-level',
  ]),
});

const Body = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
    reason: MaybeReason,
  },
  { additionalProperties: false },
);

/** Values of fields that judge, not describe. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  role: Object.keys(LEVELS),
  'purdue-level': ['0', '1', '2', '3', '3.5', '4', '5'],
};

export const overrideRoutes: Routes = (app, context) => {
  addDecision(app, context, {
    url: '/assets/:id/overrides/:field',
    tag: 'assets',
    summary: 'Says what a field of an asset is, whatever the evidence says',
    problems: ['CONFLICT'],
    params: Params,
    body: Body,
    subject: ({ id, field }) => {
      found(context.reader.asset(id), 'asset');
      return { kind: 'override', key: `${addressOf(id)} ${field}` };
    },
    decision: ({ id, field }, { value, reason = null }) => {
      const values = VALUES[field];
      if (values !== undefined && !values.includes(value)) {
        const message = `is one of ${values.join(', ')}`;
        throw new Problem('INVALID_BODY', `/value ${message}`, { flaws: [{ at: '/value', message }] });
      }
      return { address: addressOf(id), field, value, reason };
    },
  });
};
