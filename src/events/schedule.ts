import type { Trigger, Wiring } from './trigger.ts';

/** What a schedule or a person gives to a function: nothing that it needs, whatever the payload says. */
export interface Invoked {
  readonly payload: unknown;
}

/** Runs on a schedule in UTC, given as an EventBridge expression, and by hand at any time. */
export const schedule = (expression: (wiring: Wiring) => string | undefined): Trigger<Invoked> => ({
  kind: 'schedule',
  expression,
  read: (payload) => ({ happened: { payload } }),
});

/** Runs when a person invokes it, and never by itself. */
export const byHand: Trigger<Invoked> = schedule(() => undefined);
