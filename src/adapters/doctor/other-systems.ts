import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { OtherSystem } from '#domain/doctor/other-systems.ts';
import { listMember, member } from '#events/shape.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { atATime } from './at-a-time.ts';
import { parameterTexts, readBook } from './stored-settings.ts';

const most = { pages: 40, books: 20, atATime: 4 } as const;
const namesOfItems = /^\/([^/]+)\/(?:(Settings)|OrganizationalUnits\/(ou-[^/]+)|Accounts\/(\d{12}))$/;

/**
 * Environments of the account beside ours, older ones included, by the parameters that each keeps: one page of names for
 * fifty, 40 pages at most, and two calls for each that has a settings book.
 */
export async function findOtherSystems(access: AwsAccess, ours: string): Promise<readonly OtherSystem[]> {
  const listed = new Map<string, Listed>();
  for (const name of await itemNames(access)) {
    const [, environment = '', settings, unit, account] = namesOfItems.exec(name) ?? [];
    if (environment === '' || environment === ours) continue;
    const system = listed.get(environment) ?? { hasBook: false, units: new Set(), accounts: new Set() };
    listed.set(environment, system);
    if (settings) system.hasBook = true;
    if (unit) system.units.add(unit);
    if (account) system.accounts.add(account);
  }
  const systems = [...listed].slice(0, most.books);
  return atATime(most.atATime, systems, ([environment, items]) => systemOf(access, environment, items));
}

interface Listed {
  hasBook: boolean;
  readonly units: Set<string>;
  readonly accounts: Set<string>;
}

async function itemNames(access: AwsAccess): Promise<readonly string[]> {
  const client = new SSMClient(clientConfig(access));
  const Values = ['/Settings', '/OrganizationalUnits/', '/Accounts/'];
  const ParameterFilters = [{ Key: 'Name', Option: 'Contains', Values }];
  const names: string[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < most.pages; page += 1) {
    const answer = await client.send(
      new DescribeParametersCommand({ ParameterFilters, MaxResults: 50, NextToken }),
    );
    names.push(...(answer.Parameters ?? []).flatMap(({ Name }) => Name ?? []));
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return names;
}

/** A settings book says more than the parameters for people: it has the rows of CSV files too. */
async function systemOf(access: AwsAccess, environment: string, items: Listed): Promise<OtherSystem> {
  const name = `/${environment}/Settings`;
  const book = items.hasBook
    ? await readBook(access, (await parameterTexts(access, [name]))[name])
    : undefined;
  const keys = (section: string) => Object.keys(member(book, section) ?? {});
  return {
    environment,
    units: new Set([...items.units, ...keys('units')]),
    accounts: new Set([...items.accounts, ...keys('accounts'), ...keys('rows')]),
    protectedAccounts: new Set(listMember(book, 'protectedAccounts').map(String)),
  };
}
