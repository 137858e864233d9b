import type { SimulatedClock } from '#emulator/clock.ts';
import { seededRandom } from '../world/seeded-random.ts';
import type { Chance } from './fault-plan.ts';

/** Draws lots for the faults of a section: a stream of chance for each, so that one does not change with another. */
export interface Lots<Fault extends Chance> {
  /** The faults that strike now, among those that the test admits. */
  strike(admits: (fault: Fault) => boolean): readonly Fault[];
  /** From 0 up to the given number. */
  upTo(most: number): number;
}

/** Nothing strikes before the world has opened. */
export function createLots<Fault extends Chance>(
  faults: readonly Fault[],
  name: string,
  { seed, clock, openedAt }: Draw,
): Lots<Fault> {
  const streams = faults.map((_, index) => seededRandom(`${seed} ${name} ${index}`));
  const size = seededRandom(`${seed} ${name}`);

  function isOn({ from = 0, until = Infinity }: Chance): boolean {
    const opened = openedAt();
    if (opened === undefined) return false;
    const seconds = (clock.now() - opened) / 1000;
    return seconds >= from && seconds < until;
  }

  return {
    strike: (admits) =>
      faults.filter((fault, index) => {
        if (!admits(fault)) return false;
        const drawn = streams[index]?.() ?? 1;
        return isOn(fault) && drawn < fault.share;
      }),
    upTo: (most) => size() * most,
  };
}

export interface Draw {
  readonly seed: number;
  readonly clock: Pick<SimulatedClock, 'now'>;
  /** Simulated time at which the world was opened; undefined before. */
  readonly openedAt: () => number | undefined;
}

/** Whether a fault that may be narrowed concerns what has this value. */
export const concerns = (narrowed: string | undefined, value: unknown): boolean =>
  narrowed === undefined || narrowed === value;
