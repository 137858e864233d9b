import type { InvocationFate } from '#emulator/services/lambda/invocation-fate.ts';
import type { Destiny } from '#emulator/services/lambda/invocation.ts';
import { momentsOfDeath, type ClockFault, type FunctionFault } from './fault-plan.ts';
import { concerns, createLots, type Draw, type Lots } from './lots.ts';

/** Most functions make no more calls than this, and pass two checkpoints at each. */
const mostCheckpoints = 24;

/** Kills machines of functions, and sets their clocks wrong. */
export function createFunctionFaults(
  faults: { readonly functions: readonly FunctionFault[]; readonly clocks: readonly ClockFault[] },
  environment: string,
  draw: Draw,
): Destiny {
  const deaths = createLots(faults.functions, 'functions', draw);
  const clocks = createLots(faults.clocks, 'clocks', draw);
  return ({ name }) => {
    const isMeant = (fault: FunctionFault | ClockFault) =>
      concerns(fault.function && `${environment}${fault.function}`, name);
    const [killed] = deaths.strike(isMeant);
    const offsets = clocks.strike(isMeant).map(({ seconds }) => clocks.upTo(2 * seconds) - seconds);
    return {
      dies: killed && deathBy(killed, deaths),
      clockOffset: Math.round(1000 * offsets.reduce((sum, offset) => sum + offset, 0)),
    };
  };
}

function deathBy({ when }: FunctionFault, lots: Lots<FunctionFault>): InvocationFate['dies'] {
  const moment = when ?? momentsOfDeath[Math.floor(lots.upTo(momentsOfDeath.length))];
  return moment === 'during' ? { atCheckpoint: 1 + Math.floor(lots.upTo(mostCheckpoints)) } : moment;
}
