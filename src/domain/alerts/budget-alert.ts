/** What AWS Budgets says when a budget has passed a threshold; amounts as it writes them, such as `$83.16`. */
export interface BudgetAlert {
  readonly budget: string;
  /** What the budget allows. */
  readonly limit: string | undefined;
  readonly threshold: string | undefined;
  /** What has been spent, or is forecast to be. */
  readonly amount: string | undefined;
  readonly kind: 'actual' | 'forecasted';
  /** Number in the heading of the text, of whoever is billed for the account. */
  readonly payer: string | undefined;
}

/** Undefined when the text is none of an alert. */
export function budgetAlertFrom(text: string): BudgetAlert | undefined {
  const lines = linesOf(text);
  const budget = lines.get('budget name') ?? /\bassociated with your (.{1,200}?) budget is\b/.exec(text)?.[1];
  if (!budget) return undefined;
  const forecasted = lines.get('forecasted amount');
  const actual = lines.get('actual amount');
  const isForecast =
    /^forecasted$/i.test(lines.get('alert type') ?? '') || (!actual && forecasted !== undefined);
  return {
    budget,
    limit: lines.get('budgeted amount'),
    threshold: lines.get('alert threshold'),
    amount: isForecast ? forecasted : actual,
    kind: isForecast ? 'forecasted' : 'actual',
    payer: /^[ \t]*AWS Account:? (\d{12})[ \t]*$/im.exec(text)?.[1],
  };
}

/** `Name: value` on lines of their own; the first of a name counts. */
function linesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon > 0 && value !== '' && !found.has(name)) found.set(name, value);
  }
  return found;
}
