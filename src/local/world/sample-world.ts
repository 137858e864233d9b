import { sampleAccounts, sampleUnits, type SampleSettings } from './sample-accounts.ts';
import { sampleCosts } from './sample-costs.ts';
import { sampleResources } from './sample-resources.ts';
import type { World } from './world.ts';

const root = 'r-ab12';

/** Units of a currency for one USD, as they were about in November 2026. */
const rates = {
  AUD: 1.52,
  BRL: 5.4,
  CAD: 1.37,
  CHF: 0.86,
  CNY: 7.1,
  DKK: 6.86,
  EUR: 0.92,
  GBP: 0.79,
  INR: 84.2,
  JPY: 151,
  NOK: 10.9,
  PLN: 3.96,
  SEK: 10.6,
  SGD: 1.33,
};

/**
 * The demonstration organization, made to fit the settings: their management account, their units and listed
 * accounts, filled up to 30 personal accounts; some accounts outside of the units; one suspended. The same settings
 * and the same day give the same world.
 */
export function sampleWorld(settings: SampleSettings, today: Date): World {
  const { automation, book } = settings;
  const accounts = sampleAccounts(settings, root);
  const { TAG_KEY: key = 'purge', TAG_VALUE: value = 'me' } = book.defaults.purge.variables;
  const personal = accounts.filter(({ id, unit, state }) => {
    const managed = [book.units[unit], book.accounts[id], book.rows[id]].some((item) => item !== undefined);
    return managed && state === 'ACTIVE' && id !== automation.accountId;
  });
  return {
    organization: { id: 'o-a1b2c3d4e5', managementAccount: automation.managementAccount, root },
    units: sampleUnits(settings, root),
    accounts,
    costs: sampleCosts(accounts, today),
    rates,
    resources: sampleResources(
      personal.map(({ id }) => id),
      { region: automation.region, mark: { key, value }, today },
    ),
  };
}
