import * as z from 'zod/mini';
import { dayOf } from '#domain/calendar.ts';
import { parsedJson } from '#domain/parsed-json.ts';
import { soundRates, type Provider } from './provider.ts';

const answerShape = z.object({
  result: z.literal('success'),
  base_code: z.literal('USD'),
  time_last_update_unix: z.number(),
  rates: z.record(z.string(), z.number()),
});

/** The free tier of ExchangeRate-API: no key, rates of today only, for nearly all currencies of the world. */
export const openErApi: Provider = {
  page: () => 'https://open.er-api.com/v6/latest/USD',
  read(text) {
    const { data } = answerShape.safeParse(parsedJson(text));
    return (
      data && {
        date: dayOf(new Date(data.time_last_update_unix * 1000)),
        source: 'ExchangeRate-API, https://www.exchangerate-api.com',
        rates: soundRates(data.rates),
      }
    );
  },
};
