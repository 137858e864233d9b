import { dayOf } from '#domain/calendar.ts';
import type { RatesProvider } from '#domain/settings/settings.ts';
import type { Clock } from '#ports/clock.ts';
import type { ExchangeRates, Quotes } from '#ports/exchange-rates.ts';
import type { ReportStore } from '#ports/report-store.ts';
import { europeanCentralBank } from './european-central-bank.ts';
import type { FetchPage, Page } from './fetch-page.ts';
import { openErApi } from './open-er-api.ts';
import type { Provider } from './provider.ts';

const attempts = 3;
const firstPauseInMilliseconds = 1_000;

const providers: Readonly<Record<RatesProvider, Provider>> = {
  'open-er-api': openErApi,
  'european-central-bank': europeanCentralBank,
};

/** Begins the keys under which rates are kept in the bucket of reports. */
export const ratesPrefix = 'ExchangeRates';

/**
 * Rates over the web, each day's kept in the bucket of reports: a month that is reported again has the same rates, and
 * a provider is asked once.
 */
export function createExchangeRates(fetchPage: FetchPage, store: ReportStore, clock: Clock): ExchangeRates {
  async function ask(day: string, { page, read }: Provider): Promise<Quotes | { unavailable: string }> {
    const url = page(day, dayOf(clock.now()));
    const { host } = new URL(url);
    const found = await patiently(() => fetchPage(url), clock);
    if (typeof found === 'string') return { unavailable: `${host} does not answer (${found})` };
    const quotes = found.status === 200 ? read(found.text, day) : undefined;
    return quotes ?? { unavailable: `${host} does not tell the rates of ${day} (status ${found.status})` };
  }

  return {
    async on(day, provider) {
      const key = `${ratesPrefix}/${day}-${provider}.json`;
      const kept = await store.read(key);
      // Only this file writes the objects that it reads.
      if (kept) return JSON.parse(Buffer.from(kept).toString()) as Quotes;
      const told = await ask(day, providers[provider]);
      if ('rates' in told) {
        const body = Buffer.from(JSON.stringify(told));
        await store.keep({ key, contentType: 'application/json', body });
      }
      return told;
    },
  };
}

/** The page, or why there is none: somebody else's server may be busy for a moment. */
async function patiently(fetchOnce: () => Promise<Page>, clock: Clock): Promise<Page | string> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await fetchOnce().catch(reasonOf);
    const mayPass = typeof found === 'string' || found.status === 429 || found.status >= 500;
    if (!mayPass || attempt === attempts) return found;
    await clock.sleep(firstPauseInMilliseconds * 4 ** (attempt - 1));
  }
}

function reasonOf(fault: unknown): string {
  const cause = fault instanceof Error ? (fault.cause ?? fault) : fault;
  return cause instanceof Error ? cause.message : String(cause);
}
