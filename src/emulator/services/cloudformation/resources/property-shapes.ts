import * as z from 'zod';

// Shapes of properties. CloudFormation takes numbers and booleans for text and the other way round.

export const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/** A policy, or another document, as the JSON text that services take. */
export const document = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value)),
]);

export const tagList = z.array(z.strictObject({ Key: text, Value: text })).optional();

export const tagMap = z.record(z.string(), text).optional();

/** Tags of a resource: its own, and those of its stack; its own win. */
export function tagsFrom(
  own: z.infer<typeof tagList>,
  ofStack: Readonly<Record<string, string>>,
): { readonly Key: string; readonly Value: string }[] {
  const tags = new Map(Object.entries(ofStack));
  for (const { Key, Value } of own ?? []) tags.set(Key, Value);
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** The same as an object. */
export const tagObject = (
  own: z.infer<typeof tagList>,
  ofStack: Readonly<Record<string, string>>,
): Record<string, string> => Object.fromEntries(tagsFrom(own, ofStack).map(({ Key, Value }) => [Key, Value]));
