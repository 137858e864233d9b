import { lookFrom } from '#adapters/doctor/look.ts';
import { parameterTexts, readBook } from '#adapters/doctor/stored-settings.ts';
import { storesFound } from '#adapters/doctor/stores.ts';
import { parameters } from '#adapters/settings-store/settings-store.ts';
import { diagnose } from '#domain/doctor/diagnosis.ts';
import { functionsAreDeployed, variablesAreCurrent } from '#domain/doctor/functions.ts';
import { itemsAreDeployed, settingsAreDeployed } from '#domain/doctor/settings-drift.ts';
import { storesAreThere } from '#domain/doctor/stores.ts';
import type { Diagnoses, Visit } from './visit.ts';

/** Whether what is deployed in the automation account is all there, and says what the settings file says. */
export async function checkDeployment(visit: Visit): Promise<Diagnoses> {
  const { settings, central, functions, expectations } = visit;
  const { automation, book } = settings;
  const account = automation.accountId;
  const [stored, items, stores] = await Promise.all([
    lookFrom(central, async (access) => {
      const found = await parameterTexts(access, Object.keys(expectations.parameters));
      const pointer = found[`/${settings.environment}/${parameters.settings}`];
      return { found, wanted: expectations.parameters, book: await readBook(access, pointer) };
    }),
    lookFrom(central, async (access) => ({
      wanted: expectations.items,
      found: await parameterTexts(access, Object.keys(expectations.items)),
    })),
    lookFrom(central, (access) => storesFound(access, expectations)),
  ]);
  const wanted = expectations.functions;
  return {
    functions: diagnose(functions, (deployed) => functionsAreDeployed({ wanted, deployed }, account)),
    variables: diagnose(functions, (deployed) =>
      variablesAreCurrent({ deployed }, expectations.variables, account),
    ),
    settings: diagnose(stored, (seen) => settingsAreDeployed(seen, book, account)),
    items: diagnose(items, (seen) => itemsAreDeployed(seen, expectations.itemsInAll, account)),
    stores: diagnose(stores, (seen) =>
      storesAreThere([...expectations.tables, ...expectations.buckets], seen, account),
    ),
  };
}
