import type * as z from 'zod';
import { nearestName } from './nearest-name.ts';
import { keyPathOf, quoted } from './settings-fault.ts';
import type { FoundFault, Report } from './settings-fault.ts';
import { settingsShape } from './settings-shape.ts';
import type { WrittenSettings } from './settings-shape.ts';
import { describeWritten, isMisspelt, lineAt, partAt } from './written.ts';
import type { Written } from './written.ts';

/** Knowing these gives access: a message shows that they are wrong, not what they are. */
const secrets = new Set(['features.with_microsoft_webhook_on_alerts']);

/** The settings as far as their shape is right; undefined, and each fault told, where it is not. */
export function checkShape(root: Written, file: string, report: Report): WrittenSettings | undefined {
  const result = settingsShape.safeParse(root.value);
  if (result.success) return result.data;
  const told = new Map<Written | undefined, Set<string>>();
  for (const { path, found, expected } of result.error.issues.flatMap((issue) => expectations(issue))) {
    // What an alias or a merge repeats is written once, so it is told once.
    const written = partAt(root, path);
    if (written === undefined && isMisspelt(partAt(root, path.slice(0, -1)), String(path.at(-1)))) continue;
    const before = told.get(written) ?? new Set();
    if (written !== undefined && before.has(expected)) continue;
    told.set(written, before.add(expected));
    report(faultAt(root, file, path, found, expected));
  }
  return undefined;
}

/** A fault at a path of the settings file; `found` is what is written there, unless said otherwise. */
export function faultAt(
  root: Written,
  file: string,
  path: readonly PropertyKey[],
  found: string | undefined,
  expected: string,
): FoundFault {
  const keyPath = keyPathOf(path);
  const shown = secrets.has(keyPath) ? 'something else (not shown)' : describeWritten(partAt(root, path));
  return { file, line: lineAt(root, path), keyPath, found: found ?? shown, expected };
}

interface Expectation {
  readonly path: readonly PropertyKey[];
  readonly found?: string;
  readonly expected: string;
}

function expectations(issue: z.core.$ZodIssue): readonly Expectation[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      found: `the unknown key ${quoted(key)}`,
      expected: nearestName(key, issue.message.split(', ')) ?? `one of ${issue.message}`,
    }));
  }
  if (issue.code !== 'invalid_key') return [{ path: issue.path, expected: issue.message }];
  const found = `the key ${quoted(String(issue.path.at(-1)))}`;
  return [{ path: issue.path, found, expected: issue.issues[0]?.message ?? issue.message }];
}
