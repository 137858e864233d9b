import type { AccountsOfReport } from './account-of-report.ts';
import type { CostTable } from './cost-ledger.ts';
import { nothing, plus, type Money } from './money.ts';
import type { CostForecast } from './monthly-cost-report.ts';
import { costsOfUnits } from './services-summary.ts';

/** Digits of a share behind the decimal point: it is an estimate, whatever its digits. */
const digitsOfShares = 10;

/**
 * Where each unit is heading: what it has spent, and of what AWS expects of all accounts together until the end of the
 * month, its share so far. One question to AWS for everybody, since each costs a cent. Undefined while nothing is spent.
 */
export function forecastOf(
  month: string,
  spent: CostTable,
  expected: Money,
  accounts: AccountsOfReport,
): CostForecast | undefined {
  const ids = [...spent.accounts()];
  const whole = ids.reduce((sum, id) => plus(sum, spent.total(id)), nothing);
  if (whole.digits <= 0n) return undefined;
  const units = costsOfUnits(spent, accounts)
    .map((unit) => ({ ...unit, amount: plus(unit.amount, shareOf(expected, unit.amount, whole)) }))
    .toArray();
  return { month, units };
}

/** `amount` × `part` ÷ `whole`, cut after ten digits. */
function shareOf(amount: Money, part: Money, whole: Money): Money {
  const digits = amount.digits * part.digits * 10n ** BigInt(whole.scale + digitsOfShares);
  const divisor = whole.digits * 10n ** BigInt(amount.scale + part.scale);
  return { digits: digits / divisor, scale: digitsOfShares };
}
