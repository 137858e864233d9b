import * as z from 'zod';
import type { PurgedResource, PurgeOutcome } from './purge-report.ts';

const logLine = z.looseObject({
  level: z.string().optional(),
  msg: z.string().optional(),
  type: z.string().optional(),
  owner: z.string().optional(),
  name: z.string().optional(),
  state: z.string().optional(),
});
type LogLine = z.infer<typeof logLine>;

const outcomes: Readonly<Record<string, PurgeOutcome>> = {
  finished: 'deleted',
  filtered: 'kept',
  new: 'planned',
  'new-dependency': 'planned',
};

/** What the engine's log says, whichever runs it covers. */
export interface EngineLog {
  readonly resources: readonly PurgedResource[];
  readonly unlisted: readonly string[];
  /** The error that ended the engine; empty when none did. */
  readonly fatal: string;
}

function readLine(text: string): LogLine | undefined {
  try {
    return logLine.safeParse(JSON.parse(text)).data;
  } catch {
    // Banners and sums stand between the lines of JSON.
    return undefined;
  }
}

/** Types without an identifier are told apart by their properties. */
const nameOf = (line: LogLine) =>
  line.name ??
  JSON.stringify(Object.fromEntries(Object.entries(line).filter(([key]) => key.startsWith('prop:'))));

function resourceOf(line: LogLine, type: string, region: string): PurgedResource {
  const outcome = outcomes[line.state ?? ''] ?? 'failed';
  const reason = outcome === 'failed' && line.state !== 'failed' ? 'not finished' : '';
  return { type, region, name: nameOf(line), outcome, reason };
}

/** A later word replaces an earlier one, but what a first run deleted or planned is not unsaid by a second run's filters. */
const isUnsaid = (before: PurgedResource | undefined, after: PurgedResource) =>
  before?.outcome === 'deleted' || (before !== undefined && after.outcome === 'kept');

const unlistedType = /^Listing (\S+) failed/;

/** Reads the engine's log (`--log-format json`), that of one run or of several on end. Other lines are passed over. */
export function readEngineLog(lines: Iterable<string>): EngineLog {
  const resources = new Map<string, PurgedResource>();
  const unlisted = new Set<string>();
  let last = '';
  let fatal = '';

  for (const line of lines) {
    const { type, owner, level, msg = '', ...rest } = readLine(line) ?? {};
    if (type !== undefined && owner !== undefined) {
      const resource = resourceOf(rest, type, owner);
      last = JSON.stringify([type, owner, resource.name]);
      if (!isUnsaid(resources.get(last), resource)) resources.set(last, resource);
    } else if (level === 'fatal') {
      fatal = msg;
    } else if (level === 'error') {
      const missed = unlistedType.exec(msg)?.[1];
      const failed = resources.get(last);
      if (missed !== undefined) unlisted.add(missed);
      else if (failed?.outcome === 'failed' && failed.reason === '')
        resources.set(last, { ...failed, reason: msg });
    }
  }
  return { resources: [...resources.values()], unlisted: [...unlisted], fatal };
}
