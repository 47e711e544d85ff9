import { Type } from 'typebox';
import { checkVersion, sendVersion } from '../conditional.ts';
import type { Routes } from '../context.ts';
import { addList, found } from '../list.ts';
import { negotiate } from '../negotiate.ts';
import { Problem } from '../problem.ts';
import { POLICY_MEDIA_TYPE } from '../media-types.ts';
import { described, Text } from '../schemas/values.ts';
import { PolicyCheckSchema, PolicyVersionSchema } from '../schemas/zoning.ts';
import { ref } from '../schemas/values.ts';

const tag = 'policy';
const tags = [tag];
const ByVersion = Type.Object({ version: Type.Integer({ minimum: 1 }) });

const YamlAnswer = { content: { [POLICY_MEDIA_TYPE]: { schema: described(Text, 'A policy, YAML of version 1.') } } };
const YamlBody = { content: { [POLICY_MEDIA_TYPE]: { schema: Type.String({ minLength: 1 }) } } };
