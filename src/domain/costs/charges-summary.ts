import {
  accountBilled,
  accountLabel,
  type AccountOfReport,
  type AccountsOfReport,
} from './account-of-report.ts';
import { byCodePoint } from './by-code-point.ts';
import { byPlace } from './by-place.ts';
import type { CostTable } from './cost-ledger.ts';
import { folded, foldedRows, type Fold } from './fold.ts';
import { grouped } from './grouped.ts';
import { times, type Money } from './money.ts';
import { repeatable } from './repeatable.ts';
import { amountColumn, textColumns, type Sheet } from './sheet.ts';

/** All charges of a month by cost center, unit and account: in total, and by record type. */
export interface ChargesSummary {
  /** Types of all accounts, in the order of the columns. */
  readonly recordTypes: readonly string[];
  readonly fold: Fold;
}

export function summarizeCharges(charges: CostTable, accounts: AccountsOfReport): ChargesSummary {
  const recordTypes = [...charges.items()].sort(byCodePoint);
  const columns = 1 + recordTypes.length;
  const billed = [...charges.accounts()].map((id) => accountBilled(id, accounts)).sort(byPlace);
  const costCenters = grouped(billed, ({ costCenter }) => costCenter).map(([costCenter, billed]) => {
    const units = grouped(billed, ({ unitName }) => unitName).map(([unitName, billed]) => {
      const leaves = repeatable(() =>
        billed.values().map((account) => chargesOfAccount(account, charges, recordTypes)),
      );
      return folded([costCenter, unitName, undefined], leaves, columns);
    });
    return folded([costCenter, undefined, undefined], units, columns);
  });
  return { recordTypes, fold: folded(['TOTAL', undefined, undefined], costCenters, columns) };
}

/** The same summary in another currency, exact to the last digit. */
export function convertedCharges({ recordTypes, fold }: ChargesSummary, rate: Money): ChargesSummary {
  return { recordTypes, fold: converted(fold, rate) };
}

export function chargesSheet(month: string, currency: string, { recordTypes, fold }: ChargesSummary): Sheet {
  const columns = [
    ...textColumns('Month', 'Cost Center', 'Organizational Unit', 'Account'),
    ...['Charges', ...recordTypes].map((heading) => amountColumn(`${heading} (${currency})`)),
  ];
  return { name: 'Charges', columns, rows: foldedRows(month, fold), chart: undefined };
}

function chargesOfAccount(
  account: AccountOfReport,
  charges: CostTable,
  recordTypes: readonly string[],
): Fold {
  const billed = charges.of(account.id);
  const ofType = (type: string) => billed.find(({ item }) => item === type)?.amount;
  return {
    labels: [account.costCenter, account.unitName, accountLabel(account)],
    amounts: [charges.total(account.id), ...recordTypes.map(ofType)],
    parts: undefined,
  };
}

function converted({ labels, amounts, parts }: Fold, rate: Money): Fold {
  return {
    labels,
    amounts: amounts.map((amount) => amount && times(amount, rate)),
    parts: parts && repeatable(() => Iterator.from(parts).map((part) => converted(part, rate))),
  };
}
