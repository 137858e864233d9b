import type { Quotes } from '#ports/exchange-rates.ts';

/** How a provider is asked, and how its pages are read. */
export interface Provider {
  /** Address of the page that knows the rates of a day, seen from `today`. */
  readonly page: (day: string, today: string) => string;
  /** Undefined when the page is not what it used to be, or does not know the day. */
  readonly read: (text: string, day: string) => Quotes | undefined;
}

/** Rates that could be one: what is not positive would make nothing of every amount. */
export const soundRates = (rates: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(rates)
      .filter(([, rate]) => Number.isFinite(rate) && rate > 0)
      .map(([currency, rate]) => [currency, String(rate)]),
  );
