import { createExchangeRates } from '#adapters/exchange-rates/exchange-rates.ts';
import { fetchOverNetwork } from '#adapters/exchange-rates/fetch-page.ts';
import { createReportsBucket, reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import type { Connector } from './connection.ts';

export const exchangeRates: Connector<'exchangeRates'> = ({ access, surroundings: { account, central } }) => {
  const store = createReportsBucket(access, reportsBucketName(central.environment, account));
  return createExchangeRates(access.fetchPage ?? fetchOverNetwork, store, access.clock);
};
