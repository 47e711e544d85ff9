import { PolicySchema } from './policy-schema.ts';

/** The schema of policy files as JSON Schema (draft 7, which editors know), for completion and checks while typing. */
export function policyJsonSchema(): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...JSON.parse(JSON.stringify(PolicySchema)) };
}
