import type { RatesProvider } from '#domain/settings/settings.ts';

/** What a dollar was worth. */
export interface Quotes {
  /** YYYY-MM-DD, the day of the rates. */
  readonly date: string;
  /** Who said so, for people. */
  readonly source: string;
  /** Units for one USD as decimal text, by code in capitals. */
  readonly rates: Readonly<Record<string, string>>;
}

/** Rates of currencies, as one of the known providers tells them. */
export interface ExchangeRates {
  /**
   * Rates of a day, YYYY-MM-DD, or of the last one before it that the provider knows. Asked again for the same day,
   * the answer is the same. A provider that is away is no fault: reports in dollars need none.
   */
  on(day: string, provider: RatesProvider): Promise<Quotes | { readonly unavailable: string }>;
}
