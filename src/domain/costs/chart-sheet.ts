import type { Fold } from './fold.ts';
import { compareMoney, nothing, sumOf, type Money } from './money.ts';
import { amountColumn, plain, textColumns, type Row, type Sheet } from './sheet.ts';

/** More bars than this cannot be read; the smaller cost centers share the last one. */
const mostBars = 20;

/** Bars of the cost centers, the most expensive first, for people who would rather look than read. */
export function chartSheet(title: string, heading: string, whole: Fold): Sheet {
  const bars = Array.from(whole.parts ?? [], barOf).sort((a, b) => compareMoney(b.amount, a.amount));
  const [shown, others] =
    bars.length > mostBars ? [bars.slice(0, mostBars - 1), bars.slice(mostBars - 1)] : [bars, []];
  const rows: Row[] = shown.map(({ costCenter, amount }) => ({ cells: [costCenter, amount], style: plain }));
  if (others.length > 0) rows.push(otherCostCenters(others.map(({ amount }) => amount)));
  return {
    name: 'Chart',
    columns: [...textColumns('Cost Center'), amountColumn(heading)],
    rows,
    chart: rows.length === 0 ? undefined : { title, labels: 0, values: 1 },
  };
}

const barOf = ({ labels: [costCenter], amounts: [amount = nothing] }: Fold) => ({ costCenter, amount });

const otherCostCenters = (amounts: readonly Money[]): Row => ({
  cells: [`${amounts.length} other cost centers`, sumOf(amounts)],
  style: plain,
});
