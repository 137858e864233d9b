import { readFile } from 'node:fs/promises';
import type { FaultPlan } from './fault-plan.ts';
import { InvalidFaultPlan } from './invalid-fault-plan.ts';
import { parseFaultPlan } from './parse-fault-plan.ts';

/** What `--faults` names. Throws InvalidFaultPlan, also when the file can't be read. */
export async function loadFaultPlan(file: string): Promise<FaultPlan> {
  return parseFaultPlan(await textOf(file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidFaultPlan(file, [{ file, path: '', found, expected: 'a fault file: check the path' }]);
  }
}
