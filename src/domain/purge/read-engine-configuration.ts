import * as z from 'zod';
import { parse } from 'yaml';
import type { EngineConfiguration } from './engine-configuration.ts';
import { EngineAborts } from './filter-match.ts';

const types = [
  'exact',
  'contains',
  'glob',
  'regex',
  'prefix',
  'suffix',
  'In',
  'NotIn',
  'dateOlderThan',
  'dateOlderThanNow',
] as const;

/** A bare text is an identifier; the engine panics at values that are not texts. */
const filter = z.union([
  z.string().transform((value) => ({ value })),
  z.strictObject({
    type: z.enum(types).optional(),
    property: z.string().optional(),
    value: z.string().optional(),
    values: z.array(z.string()).optional(),
    invert: z.boolean().optional(),
  }),
]);

const configuration = z.strictObject({
  regions: z.array(z.string()),
  blocklist: z.array(z.string()),
  'bypass-alias-check-accounts': z.array(z.string()),
  'resource-types': z.strictObject({ includes: z.array(z.string()) }),
  settings: z.record(z.string(), z.record(z.string(), z.boolean())),
  accounts: z.record(z.string(), z.strictObject({ presets: z.array(z.string()) })),
  presets: z.record(z.string(), z.strictObject({ filters: z.record(z.string(), z.array(filter)) })),
});

/** Reads a configuration file with the engine's eyes: YAML 1.1, and nothing but texts in filters. Throws EngineAborts. */
export function readEngineConfiguration(text: string): EngineConfiguration {
  const read = configuration.safeParse(parse(text, { version: '1.1' }));
  if (!read.success)
    throw new EngineAborts(`The engine can't read its configuration: ${z.prettifyError(read.error)}`);
  return read.data;
}
