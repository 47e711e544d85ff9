/** Kinds of value that many answers hold. */
import { type Static, type TSchema, Type } from 'typebox';

/** A schema of `components/schemas` by its name. */
export function ref<S extends TSchema>(schema: S) {
  return Type.Unsafe<Static<S>>({ $ref: `${(schema as unknown as { $id: string }).$id}#` });
}

/**
 * An object of exactly these properties, described for a type of the agent's: the compiler says which one is missing or
 * does not exist.
 */
export function shape<T extends object>(properties: { readonly [Name in keyof T]-?: TSchema }, $id?: string) {
  const named = $id === undefined ? {} : { $id };
  return Type.Unsafe<T>(Type.Object(properties as Record<string, TSchema>, { additionalProperties: false, ...named }));
}

/** A value or null: absent knowledge. */
export function nullable<S extends TSchema>(schema: S) {
  const { type, enum: values, ...rest } = schema as unknown as { type?: string; enum?: readonly unknown[] };
  if (type === undefined) return Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }] });
  const choices = values === undefined ? {} : { enum: [...values, null] };
  return Type.Unsafe<Static<S> | null>({ ...rest, type: [type, 'null'], ...choices });
}

/** One of several words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
}

/** An array that nobody is to change. */
export function list<S extends TSchema>(item: S) {
  return Type.Unsafe<readonly Static<S>[]>({ type: 'array', items: item });
}

export function described<S extends TSchema>(schema: S, description: string): S {
  return { ...(schema as object), description } as unknown as S;
}

/** ISO 8601 UTC with microseconds. */
export const Time = Type.String({ format: 'date-time', examples: ['2026-03-02T08:15:30.123456Z'] });

export const Text = Type.String();
export const Texts = list(Text);
export const Count = Type.Integer({ minimum: 0 });
export const Share = Type.Number({ minimum: 0, maximum: 1 });
export const Flag = Type.Boolean();
export const Id = Type.String({ minLength: 1, maxLength: 256 });
export const Anything = Type.Unknown();
/** Nothing is to be said: status 204. */
export const Done = Type.Unsafe<void>({ type: 'null', description: 'Done.' });
/** Counts by name. */
export const Counts = Type.Record(Type.String(), Count);

/** A list's answer. */
export interface PageAnswer<Entry> {
  readonly items: readonly Entry[];
  readonly total: number;
  readonly next: string | null;
}

/** A list's answer: one page of it. */
export function pageOf<Entry>(item: TSchema, $id: string) {
  return shape<PageAnswer<Entry>>(
    {
      items: list(ref(item)),
      total: described(Count, 'How many entries the filters leave, on all pages.'),
      next: described(nullable(Text), 'Goes into `cursor` for the next page; null on the last.'),
    },
    $id,
  );
}
