import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { queueOf } from '#infrastructure/function-grants.ts';
import { buildspecTexts, itemTexts } from '#infrastructure/stored-texts.ts';
import { aligned, asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { assumptionsOf, monthlyBill, type BillLine, type Extent } from './monthly-bill.ts';
import { pricesOf } from './prices.ts';
import { windowsPerMonth } from './windows-per-month.ts';

export interface EstimateOptions {
  /** Path of the settings file. */
  readonly settings: string;
  /** Accounts to be managed; those that the settings name one by one, or 100, unless given. */
  readonly accounts: number | undefined;
  readonly json: boolean;
  readonly environment?: SettingsEnvironment;
}

const standardParameterBytes = 4096;
const accountsWhenUnitsAreListedOnly = 100;

/** `spa estimate`: the monthly AWS bill of the system itself, by service, with what it assumes. Throws InvalidSettings. */
export async function estimate(options: EstimateOptions): Promise<CommandOutcome> {
  const settings = await loadSettings(options.settings, options.environment);
  const extent = extentOf(settings, options.accounts ?? listedAccounts(settings));
  const bill = monthlyBill(extent);
  const services = byService(bill);
  const assumptions = assumptionsOf(extent);
  const total = sum(bill);
  if (options.json) {
    const { accounts, windowsPerMonth } = extent;
    const document = { accounts, windowsPerMonth, currency: 'USD', pricesOf, services, total, assumptions };
    return { exitStatus: 0, stdout: asJson(document), stderr: '' };
  }
  const rows = [...services.map(({ service, usd }) => [service, amount(usd)]), ['Total', amount(total)]];
  const heading = ['Service', `USD a month, prices of ${pricesOf}`];
  const remarks = ['', 'It is assumed:', ...assumptions.map((one) => `- ${one}`), ''].join('\n');
  return { exitStatus: 0, stdout: '', stderr: aligned([heading, ...rows]) + remarks };
}

function listedAccounts({ book }: Settings): number {
  const listed = new Set([...Object.keys(book.accounts), ...Object.keys(book.rows)]).size;
  return Object.keys(book.units).length > 0 ? Math.max(listed, accountsWhenUnitsAreListedOnly) : listed;
}

function extentOf(settings: Settings, accounts: number): Extent {
  const { automation, book, features } = settings;
  const levels = [
    book.defaults,
    ...[book.units, book.accounts, book.rows].flatMap((items) => Object.values(items)),
  ];
  const functions = functionsFor(settings);
  const texts = Object.values({ ...itemTexts(settings), ...buildspecTexts(settings) });
  return {
    accounts,
    windowsPerMonth: windowsPerMonth(automation.maintenanceWindowExpression, Date.now()),
    functions: functions.length,
    polledQueues: functions.filter(({ name, trigger }) => queueOf(name, trigger) !== undefined).length,
    advancedParameters: texts.filter((text) => Buffer.byteLength(text) > standardParameterBytes).length,
    emailSubscriptions: features.emailSubscriptionsOnAlerts.length,
    architecture: features.armArchitecture ? 'arm' : 'intel',
    prepares: levels.some(({ preparation }) => preparation?.feature === 'enabled'),
    purges: levels.some(({ purge }) => purge?.feature === 'enabled'),
  };
}

interface ServiceBill {
  readonly service: string;
  readonly usd: number;
  readonly lines: readonly Omit<BillLine, 'service'>[];
}

function byService(bill: readonly BillLine[]): readonly ServiceBill[] {
  return [...Map.groupBy(bill, ({ service }) => service)].map(([service, lines]) => ({
    service,
    usd: sum(lines),
    lines: lines.map(({ what, quantity, usd }) => ({ what, quantity, usd })),
  }));
}

const sum = (lines: readonly { readonly usd: number }[]): number =>
  lines.reduce((all, { usd }) => all + usd, 0);

const amount = (usd: number): string => usd.toFixed(2).padStart(12);
