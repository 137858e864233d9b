import type { FetchPage } from '#adapters/exchange-rates/fetch-page.ts';
import { dayAfter, dayOf } from '#domain/calendar.ts';
import type { Door } from '#emulator/door.ts';
import type { HttpResponse } from '#emulator/service.ts';
import type { World } from './world/world.ts';

/** Behind it, the address of a page of the web as this machine knows it. */
export const webPath = '/web/';

type Rates = World['rates'];

/** The pages of exchange-rate providers, telling the rates of the world for every date. */
export function ratesDoor(rates: Rates, now: () => number): Door {
  const pages: Readonly<Record<string, () => HttpResponse>> = {
    'open.er-api.com': () => page('application/json', openErApiPage(rates, now())),
    'www.ecb.europa.eu': () => page('text/xml', bankPage(rates, now())),
  };
  return ({ method, path }) => {
    if (method !== 'GET' || !path.startsWith(webPath)) return undefined;
    const address = decodeURIComponent(path.slice(webPath.length));
    const host = URL.canParse(address) ? new URL(address).host : '';
    return pages[host]?.() ?? page('text/plain', 'nothing is here', 404);
  };
}

/** Functions read the web through that door, whatever server they mean. */
export function fetchFromDoor(door: Door): FetchPage {
  return async (url) => {
    const request = { method: 'GET', path: webPath + encodeURIComponent(url), headers: {} };
    const response = await door({ ...request, query: new URLSearchParams(), body: new Uint8Array() });
    const { status = 404, body = '' } = response ?? {};
    return { status, text: Buffer.from(body).toString() };
  };
}

function openErApiPage(rates: Rates, now: number): string {
  const midnight = Date.parse(dayOf(new Date(now))) / 1000;
  return JSON.stringify({
    result: 'success',
    time_last_update_unix: midnight,
    base_code: 'USD',
    rates: { USD: 1, ...rates },
  });
}

const firstDayOfEuro = '1999-01-04';
const daysOnPage = 90;
/** So many that reading them back gives the rates of the world again. */
const digits = 15;

/** What one euro is worth, which takes that the world knows the euro. */
function bankPage({ EUR: euro, ...others }: Rates, now: number): string {
  const today = dayOf(new Date(now));
  const forOneEuro = euro === undefined ? [] : Object.entries({ USD: 1, ...others });
  const lines = forOneEuro.map(([currency, rate]) => {
    const worth = (rate / (euro ?? 1)).toPrecision(digits);
    return `<Cube currency="${currency}" rate="${worth}"/>`;
  });
  const days = Array.from({ length: daysOnPage }, (_, ago) => dayAfter(today, -ago));
  const cubes = [...days, firstDayOfEuro].map((day) => `<Cube time="${day}">${lines.join('')}</Cube>`);
  return `<?xml version="1.0" encoding="UTF-8"?><Envelope><Cube>${cubes.join('')}</Cube></Envelope>`;
}

const page = (contentType: string, body: string, status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': contentType },
  body,
});
