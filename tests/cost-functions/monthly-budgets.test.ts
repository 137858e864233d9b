import { describe, expect, it } from 'vitest';
import { accountFrom } from '#domain/account.ts';
import { moneyText } from '#domain/costs/money.ts';
import { monthlyBudgets } from '#domain/costs/monthly-budgets.ts';
import { alice, alphaUnit, bob, settingsOf } from '../worlds.ts';

const anAccount = (given: Partial<Parameters<typeof accountFrom>[0]> = {}) =>
  accountFrom(
    { id: alice, arn: '', name: 'Alice', email: '', isActive: true, path: [alphaUnit], ...given },
    {},
    'account-',
  );

function budgets(
  preparation: Readonly<Record<string, unknown>>,
  ...accounts: ReturnType<typeof anAccount>[]
) {
  const { book } = settingsOf(
    {
      worker: { preparation_buildspec_template_file: 'own.yaml' },
      organizational_units: [{ identifier: alphaUnit, preparation }],
    },
    { 'own.yaml': 'version: 0.2' },
  );
  return [...monthlyBudgets(book, accounts)].map(([account, amount]) => [account, moneyText(amount)]);
}

describe('when budgets are compared with costs', () => {
  it('takes those of the settings, and the usual one where they name none', () => {
    const prepared = { feature: 'enabled', variables: { BUDGET_AMOUNT: 300.5 } };

    expect(budgets(prepared, anAccount())).toEqual([[alice, '300.5']]);
    expect(budgets({ feature: 'enabled' }, anAccount())).toEqual([[alice, '200']]);
  });

  it('leaves out accounts that are not prepared, closed, or managed by nobody', () => {
    const elsewhere = anAccount({ id: bob, path: [] });

    expect(budgets({ feature: 'disabled' }, anAccount())).toEqual([]);
    expect(budgets({ feature: 'enabled' }, anAccount({ isActive: false }), elsewhere)).toEqual([]);
  });

  it('leaves out what is no amount, since a preparation of their own may take it for something else', () => {
    const own = { feature: 'enabled', variables: { BUDGET_AMOUNT: 'unlimited' } };

    expect(budgets(own, anAccount())).toEqual([]);
  });
});
