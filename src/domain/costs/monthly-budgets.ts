import type { Account } from '#domain/account.ts';
import { defaultBudgetInUsd } from '#domain/equipment.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import type { Budgets } from './budget-sheet.ts';
import { InvalidAmount, money, type Money } from './money.ts';

/** Budgets that preparations put in accounts; an account that is not prepared has none. */
export function monthlyBudgets(book: SettingsBook, accounts: Iterable<Account>): Budgets {
  const budgets = new Map<Account['id'], Money>();
  for (const account of accounts) {
    const budget = account.isActive ? budgetOf(book, account) : undefined;
    if (budget) budgets.set(account.id, budget);
  }
  return budgets;
}

function budgetOf(book: SettingsBook, account: Account): Money | undefined {
  const { preparation } = effectiveSettings(book, account) ?? {};
  if (preparation?.feature !== 'enabled') return undefined;
  return amountIn(preparation.variables['BUDGET_AMOUNT'] ?? defaultBudgetInUsd);
}

/** A budget specification of one's own may take the variable for something else. */
function amountIn(text: string): Money | undefined {
  try {
    return money(text);
  } catch (fault) {
    if (fault instanceof InvalidAmount) return undefined;
    throw fault;
  }
}
