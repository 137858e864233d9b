import { createShape, inWords, isRecord, listOf, type Rule, type Shape } from '../world/shape.ts';
import { collectFaults, type Report } from '../world/world-fault.ts';
import type { Chance, FaultPlan } from './fault-plan.ts';
import {
  buildFaultShape,
  callFaultShape,
  clockFaultShape,
  eventFaultShape,
  functionFaultShape,
} from './fault-plan-shapes.ts';
import { InvalidFaultPlan } from './invalid-fault-plan.ts';

/** The plan that a fault file describes. Throws InvalidFaultPlan with all that is wrong; `file` is how messages name it. */
export function parseFaultPlan(text: string, file: string): FaultPlan {
  const { faults: mistakes, report } = collectFaults(file);
  const plan = planFrom(jsonFrom(text, report), report);
  if (mistakes.length > 0) throw new InvalidFaultPlan(file, mistakes);
  return plan;
}

const list: Rule = { holds: () => true, expected: 'a list', optional: true };
const sections = createShape<{ readonly [K in keyof FaultPlan]?: unknown }>({
  seed: {
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    expected: 'a whole number, 0 or more',
    optional: true,
  },
  calls: list,
  events: list,
  functions: list,
  builds: list,
  clocks: list,
});

function planFrom(value: unknown, report: Report): FaultPlan {
  if (!sections.fits(value)) sections.explain(value, [], report);
  const written = isRecord(value) ? value : {};
  const section = <T extends Chance>(name: keyof FaultPlan, shape: Shape<T>) =>
    timely(listOf(written[name] ?? [], shape, [name], report), name, report);
  return {
    seed: typeof written['seed'] === 'number' ? written['seed'] : 1,
    calls: section('calls', callFaultShape),
    events: section('events', eventFaultShape),
    functions: section('functions', functionFaultShape),
    builds: section('builds', buildFaultShape),
    clocks: section('clocks', clockFaultShape),
  };
}

/** What ends before it begins never happens: whoever wrote it wanted something else. */
function timely<T extends Chance>(faults: readonly T[], section: string, report: Report): readonly T[] {
  for (const [index, { from = 0, until = Infinity }] of faults.entries()) {
    if (until <= from) report([section, index, 'until'], inWords(until), `a number above ${from}`);
  }
  return faults;
}

/** An empty plan where the text is no JSON, which has been reported then. */
function jsonFrom(text: string, report: Report): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    report([], cause instanceof Error ? cause.message : String(cause), 'JSON');
    return {};
  }
}
