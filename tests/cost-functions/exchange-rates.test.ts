import { describe, expect, it } from 'vitest';
import { createExchangeRates } from '#adapters/exchange-rates/exchange-rates.ts';
import type { Page } from '#adapters/exchange-rates/fetch-page.ts';
import type { RatesProvider } from '#domain/settings/settings.ts';

const openErApiPage = {
  result: 'success',
  provider: 'https://www.exchangerate-api.com',
  time_last_update_unix: 1_793_923_351,
  time_last_update_utc: 'Fri, 06 Nov 2026 00:02:31 +0000',
  base_code: 'USD',
  rates: { USD: 1, EUR: 0.9214, VND: 25_412.53, XAU: 0, BTC: 1e-7 },
};

const bankPage = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><Cube>
<Cube time="2026-11-02"><Cube currency="USD" rate="1.1000"/><Cube currency="GBP" rate="0.8800"/></Cube>
<Cube time='2026-10-30'><Cube currency='USD' rate='1.0856'/><Cube currency='JPY' rate='164.41'/></Cube>
<Cube time="2026-10-29"><Cube currency="USD" rate="1.0800"/></Cube></Cube></gesmes:Envelope>`;

/** A web that answers one thing after the other, the last one for ever; a text stands for nobody who answers. */
function ratesOver(...answers: readonly (Page | string)[]) {
  const asked: string[] = [];
  const slept: number[] = [];
  const kept = new Map<string, Uint8Array>();
  const rates = createExchangeRates(
    async (url) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(url);
      if (typeof answer !== 'object') throw new TypeError('fetch failed', { cause: new Error(answer) });
      return answer;
    },
    {
      keep: async ({ key, body }) => void kept.set(key, body),
      read: async (key) => kept.get(key),
    },
    {
      now: () => new Date('2026-11-06T02:42:00Z'),
      sleep: async (milliseconds) => void slept.push(milliseconds),
    },
  );
  return { rates, asked, slept, kept };
}

const page = (text: string, status = 200): Page => ({ status, text });
const openErApi = page(JSON.stringify(openErApiPage));

describe('when rates are asked of open.er-api.com', () => {
  it('tells those of today, their day and their source', async () => {
    const { rates, asked } = ratesOver(openErApi);

    expect(await rates.on('2026-10-31', 'open-er-api')).toEqual({
      date: '2026-11-06',
      source: 'ExchangeRate-API, https://www.exchangerate-api.com',
      rates: { USD: '1', EUR: '0.9214', VND: '25412.53', BTC: '1e-7' },
    });
    expect(asked).toEqual(['https://open.er-api.com/v6/latest/USD']);
  });

  it('gives the same answer for the same day for ever', async () => {
    const { rates, asked } = ratesOver(openErApi, page('{}'));

    const first = await rates.on('2026-10-31', 'open-er-api');

    expect(await rates.on('2026-10-31', 'open-er-api')).toEqual(first);
    expect(asked).toHaveLength(1);
  });
});

describe('when rates are asked of the European Central Bank', () => {
  it('tells those of the last working day until then, for one dollar instead of one euro', async () => {
    const { rates, asked } = ratesOver(page(bankPage));

    expect(await rates.on('2026-10-31', 'european-central-bank')).toEqual({
      date: '2026-10-30',
      source: 'European Central Bank, https://www.ecb.europa.eu',
      rates: { USD: '1', EUR: '0.9211495947', JPY: '151.4462049' },
    });
    expect(asked).toEqual(['https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml']);
  });

  it('asks the long page for what the short one does not reach', async () => {
    const { rates, asked } = ratesOver(page(bankPage));

    expect(await rates.on('2026-06-30', 'european-central-bank')).toEqual({
      unavailable: 'www.ecb.europa.eu does not tell the rates of 2026-06-30 (status 200)',
    });
    expect(asked).toEqual(['https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.xml']);
  });
});

describe('when a provider is in trouble', () => {
  const cases: readonly (readonly [string, RatesProvider, Page | string, string])[] = [
    [
      'is away',
      'open-er-api',
      'connect ECONNREFUSED',
      'open.er-api.com does not answer (connect ECONNREFUSED)',
    ],
    [
      'is broken',
      'open-er-api',
      page('', 503),
      'open.er-api.com does not tell the rates of 2026-10-31 (status 503)',
    ],
    [
      'is gone',
      'open-er-api',
      page('Not found', 404),
      'open.er-api.com does not tell the rates of 2026-10-31 (status 404)',
    ],
    [
      'talks otherwise',
      'open-er-api',
      page('<html>'),
      'open.er-api.com does not tell the rates of 2026-10-31 (status 200)',
    ],
    [
      'talks otherwise',
      'european-central-bank',
      page('{}'),
      'www.ecb.europa.eu does not tell the rates of 2026-10-31 (status 200)',
    ],
  ];

  it.each(cases)(
    'because it %s (%s), that is told and not kept',
    async (_, provider, answer, unavailable) => {
      const { rates, kept } = ratesOver(answer);

      expect(await rates.on('2026-10-31', provider)).toEqual({ unavailable });
      expect(kept.size).toBe(0);
    },
  );

  it('is asked three times in all, after growing pauses', async () => {
    const { rates, asked, slept } = ratesOver('no route', page('', 429), openErApi);

    expect(await rates.on('2026-10-31', 'open-er-api')).toHaveProperty('rates.EUR', '0.9214');
    expect(asked).toHaveLength(3);
    expect(slept).toEqual([1000, 4000]);
  });

  it('is not asked again for what it refuses', async () => {
    const { rates, asked } = ratesOver(page('', 403));

    await rates.on('2026-10-31', 'open-er-api');

    expect(asked).toHaveLength(1);
  });
});
