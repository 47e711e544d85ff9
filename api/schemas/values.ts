/** Kinds of value that many answers hold. */
import { type Static, type TObject, type TSchema, Type } from 'typebox';

/** A schema of `components/schemas` by its name. */
export function ref<S extends TSchema>(schema: S) {
  return Type.Unsafe<Static<S>>({ $ref: `${(schema as unknown as { $id: string }).$id}#` });
}

/** A value or null: absent knowledge. */
export function nullable<S extends TSchema>(schema: S) {
  const { type, enum: values, ...rest } = schema as unknown as { type?: string; enum?: readonly unknown[] };
  if (type === undefined) return Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }] });
  const choices = values === undefined ? {} : { enum: [...values, null] };
  return Type.Unsafe<Static<S> | null>({ ...rest, type: [type, 'null'], ...choices });
}

/** One of several words. */
export function oneOf<const T extends readonly string[]>(words: T, description?: string) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...(description !== undefined && { description }) });
}

/** An object of exactly these properties. */
export function exactly<P extends Record<string, TSchema>>(properties: P, options: { $id?: string; description?: string } = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** ISO 8601 UTC with microseconds. */
export const Time = Type.String({ format: 'date-time', examples: ['2026-03-02T08:15:30.123456Z'] });

export const Text = Type.String();
export const Count = Type.Integer({ minimum: 0 });
export const Share = Type.Number({ minimum: 0, maximum: 1 });
export const Texts = Type.Array(Text);

/** A list's answer: one page of it. */
export function pageOf<S extends TSchema>(item: S, $id: string): TObject {
  return exactly(
    {
      items: Type.Array(item),
      total: Type.Integer({ minimum: 0, description: 'How many entries the filters leave, on all pages.' }),
      next: nullable(Type.String({ description: 'Goes into `cursor` for the next page; null on the last.' })),
    },
    { $id },
  );
}
