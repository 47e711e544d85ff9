/** What a schema finds wrong, in words for people, where it stands. */
import type { TSchema } from 'typebox';
import { Errors } from 'typebox/schema';
import { type Located, type Mistake, MOST_MISTAKES, shown } from '../located-yaml.ts';
import { closest } from './spelling.ts';

/** A schema, as far as words are made of it. */
interface Described {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Described[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly items?: TSchema;
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a record of fields',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
};

/**
 * The mistakes of `located` by `schema`, each at its own place.
 * @param what it is called, e.g. `'members'`
 */
export function schemaMistakes(of: TSchema, located: Located, what: string): Mistake[] {
  const schema: Described = of;
  const { properties, items, ...own } = schema;
  // one level at a time: the library stops after a few mistakes, and the levels below have places of their own
  const level = {
    ...own,
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])) }),
  };
  const [, errors] = Errors(level, located.value);
  const first = errors.find(({ keyword }) => keyword !== 'boolean');
  const mistakes = first === undefined ? [] : levelMistakes(schema, located, what, first);
  if (items !== undefined) {
    for (const item of located.items) add(mistakes, schemaMistakes(items, item, `an entry of ${what}`));
  }
  for (const [name, { content }] of located.fields) {
    const property = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined) add(mistakes, schemaMistakes(property as TSchema, content, `'${name}'`));
  }
  return mistakes;
}

/** Adds mistakes as long as there are few enough to be read. */
export function add(mistakes: Mistake[], more: readonly Mistake[]): void {
  for (const mistake of more) if (mistakes.length < MOST_MISTAKES) mistakes.push(mistake);
}

function levelMistakes(
  schema: Described,
  { value, at, fields }: Located,
  what: string,
  { keyword }: { readonly keyword: string },
): Mistake[] {
  const wanted = `wanted: ${schema.description}`;
  if (keyword === 'type') {
    return [
      { at, message: `${what} must be ${KINDS[schema.type ?? ''] ?? schema.type}, not ${kindOf(value)}; ${wanted}` },
    ];
  }
  if (keyword === 'required' || keyword === 'additionalProperties') {
    const names = Object.keys(schema.properties ?? {});
    const missing = (schema.required ?? []).filter((name) => !fields.has(name));
    const unknown = [...fields].filter(([name]) => !names.includes(name));
    return [
      ...unknown.map(([name, { keyAt }]) => ({
        at: keyAt,
        message: `unknown field '${shown(name)}': ${meant(name, names)}`,
      })),
      ...missing.map((name) => ({ at, message: `'${name}' is missing: ${schema.properties?.[name]?.description}` })),
    ];
  }
  const choices = (schema.enum ?? schema.anyOf?.flatMap((choice) => choice.enum ?? []) ?? []).filter(
    (choice) => typeof choice === 'string',
  );
  if (typeof value === 'string' && choices.length > 0) {
    return [{ at, message: `'${shown(value)}' is not known: ${meant(value, choices, wanted)}` }];
  }
  return [{ at, message: `${what} cannot be ${kindOf(value)}; ${wanted}` }];
}

/** What was meant, if any of `names` is near, else what there is. */
function meant(written: string, names: readonly string[], wanted = `there are ${names.join(', ')}`): string {
  const near = closest(written, names);
  return near === null ? wanted : `did you mean '${near}'?`;
}

/** A value as people would call it. */
function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a record of fields';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text '${shown(value)}'`;
  return String(value);
}
