import * as z from 'zod';
import { documentLabel, filePath } from './value-forms.ts';
import type { Form } from './value-forms.ts';

/**
 * The building blocks of the shape of settings files. The message of each issue is what was expected, in the words of
 * the operator. A known key may be left empty, hence `nullish` everywhere.
 */
export function text({ pattern, expected }: Form) {
  const anyText = z.string({ error: expected });
  if (pattern === undefined) return anyText;
  // Classes of Unicode stay out of the JSON schema: half of the validators can't compile them.
  if (pattern.unicode) return anyText.refine((found) => pattern.test(found), { error: expected });
  return anyText.regex(pattern, { error: expected });
}

/** A text that counts as left out when it is empty. */
export function optionalText(form: Form, description: string) {
  const orEmpty = form.pattern && { pattern: new RegExp(`^$|${form.pattern.source}`, form.pattern.flags) };
  return text({ ...form, ...orEmpty })
    .nullish()
    .meta({ description });
}

export function listOf(form: Form, what: string, description: string) {
  return z
    .array(text(form), { error: `a list of ${what}` })
    .nullish()
    .meta({ description });
}

export function oneOf<const Words extends readonly string[]>(words: Words, description: string) {
  return z
    .enum(words, { error: words.join(' or ') })
    .nullish()
    .meta({ description });
}

export function flag(description: string) {
  return z.boolean({ error: 'true or false, without quotes' }).nullish().meta({ description });
}

/** A map of free keys to texts, numbers and booleans, which all become text. */
export function textMap(key: Form, value: Form, what: string, description: string) {
  const scalar = z.union([text(value), z.number(), z.boolean()], {
    error: ({ input }) => (input === null ? `${value.expected}; write '' for an empty one` : value.expected),
  });
  return z
    .record(text(key), scalar, { error: `a map of ${what}` })
    .nullish()
    .meta({ description });
}

/** A map of labels to files, which become parameters named after the labels. */
export function fileMap(description: string) {
  return z
    .record(text(documentLabel), text(filePath), { error: 'a map of labels to files' })
    .nullish()
    .meta({ description });
}

/** A map of known keys. The message about unknown ones lists the known ones, separated by commas. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? known : `a map with keys among ${known}`),
  });
}
