import type { SimulatedClock } from '#emulator/clock.ts';
import type { Interference } from '#emulator/dispatch.ts';
import type { EventHooks } from '#emulator/services/events/event-router.ts';
import type { Destiny } from '#emulator/services/lambda/invocation.ts';
import { createBuildFaults } from './build-faults.ts';
import { createCallFaults } from './call-faults.ts';
import { createEventFaults } from './event-faults.ts';
import type { FaultPlan } from './fault-plan.ts';
import { createFunctionFaults } from './function-faults.ts';

/** Everything that goes wrong in a world, from the moment on in which it has opened. */
export interface Faults {
  /** Undefined where calls are left alone, which is faster. */
  readonly interfere: Interference | undefined;
  readonly intercept: EventHooks['intercept'];
  readonly destiny: Destiny;
  readonly build: ReturnType<typeof createBuildFaults>;
  /** Nothing goes wrong before: the system is installed by then. */
  begin(): void;
}

export function createFaults(plan: FaultPlan, environment: string, clock: SimulatedClock): Faults {
  let openedAt: number | undefined;
  const draw = { seed: plan.seed, clock, openedAt: () => openedAt };
  return {
    interfere: plan.calls.length > 0 ? createCallFaults(plan.calls, draw) : undefined,
    intercept: createEventFaults(plan.events, draw),
    destiny: createFunctionFaults(plan, environment, draw),
    build: createBuildFaults(plan.builds, draw),
    begin: () => void (openedAt = clock.now()),
  };
}
