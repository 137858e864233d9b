import type { Money } from './money.ts';
import { plain, textColumns, type Sheet } from './sheet.ts';

/** What one US dollar is worth in another currency, where and when that was said. */
export interface ExchangeRate {
  /** Code in capitals, such as EUR. */
  readonly currency: string;
  readonly rate: Money;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly source: string;
}

/** Amounts in another currency can be verified only by who knows the rate, its day and its source. */
export function rateSheet({ currency, rate, date, source }: ExchangeRate): Sheet {
  return {
    name: 'Rates',
    columns: [
      ...textColumns('Currency'),
      { heading: `${currency} for 1 USD`, format: 'decimal' },
      ...textColumns('Date', 'Source'),
    ],
    rows: [{ cells: [currency, rate, date, source], style: plain }],
    chart: undefined,
  };
}
