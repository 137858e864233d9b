import type { Filter } from '@aws-sdk/client-ssm-incidents';
import { invalid } from './incident-refusals.ts';
import type { Incident } from './incident.ts';

const keys = {
  status: ({ status }: Incident) => status,
  impact: ({ impact }: Incident) => impact,
  creationTime: ({ createdAt }: Incident) => createdAt.getTime(),
  createdBy: ({ createdBy }: Incident) => createdBy,
} as const;

/** Whether an incident passes all filters. Throws ValidationException. */
export function compileFilters(filters: readonly Filter[]): (incident: Incident) => boolean {
  const tests = filters.map(compile);
  return (incident) => tests.every((test) => test(incident));
}

function compile({ key = '', condition }: Filter): (incident: Incident) => boolean {
  if (!Object.hasOwn(keys, key)) throw invalid(`Filter key is invalid: ${key}`);
  const read = keys[key as keyof typeof keys];
  const { after, before, equals } = condition ?? {};
  if (after !== undefined) return (incident) => Number(read(incident)) > milliseconds(after);
  if (before !== undefined) return (incident) => Number(read(incident)) < milliseconds(before);
  const wanted: readonly unknown[] = equals?.stringValues ?? equals?.integerValues ?? [];
  return (incident) => wanted.includes(read(incident));
}

/** Times arrive as seconds since the epoch. */
const milliseconds = (time: unknown) => Number(time) * 1000;
