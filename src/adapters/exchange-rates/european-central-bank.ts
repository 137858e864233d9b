import { dayAfter } from '#domain/calendar.ts';
import { soundRates, type Provider } from './provider.ts';

const folder = 'https://www.ecb.europa.eu/stats/eurofxref';
/** The short page holds the last 90 days, of which weekends and holidays have no rates. */
const daysOnShortPage = 85;
/** Those of the bank have five or six digits. */
const digitsOfRates = 10;

/** The reference rates of the European Central Bank: some 30 currencies for one euro, each working day since 1999. */
export const europeanCentralBank: Provider = {
  page: (day, today) =>
    `${folder}/${day >= dayAfter(today, -daysOnShortPage) ? 'eurofxref-hist-90d.xml' : 'eurofxref-hist.xml'}`,
  read(text, day) {
    const [date, lines] = lastDayUntil(day, text) ?? [];
    const forOneEuro = lines === undefined ? {} : ratesIn(lines);
    const dollar = forOneEuro['USD'];
    if (date === undefined || !dollar) return undefined;
    const forOneDollar = Object.entries({ ...forOneEuro, EUR: 1 }).map(([currency, rate]) => [
      currency,
      Number((rate / dollar).toPrecision(digitsOfRates)),
    ]);
    return {
      date,
      source: 'European Central Bank, https://www.ecb.europa.eu',
      rates: soundRates(Object.fromEntries(forOneDollar)),
    };
  },
};

const dayPattern = /<Cube\s+time=["'](\d{4}-\d{2}-\d{2})["']\s*>(.*?)<\/Cube>/gs;
const ratePattern = /<Cube\s+currency=["']([A-Z]{3})["']\s+rate=["']([\d.]+)["']\s*\/>/g;

function lastDayUntil(day: string, text: string): readonly [date: string, lines: string] | undefined {
  let last: readonly [string, string] | undefined;
  for (const [, date = '', lines = ''] of text.matchAll(dayPattern)) {
    if (date <= day && date > (last?.[0] ?? '')) last = [date, lines];
  }
  return last;
}

function ratesIn(lines: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    lines.matchAll(ratePattern).map(([, currency = '', rate]) => [currency, Number(rate)] as const),
  );
}
