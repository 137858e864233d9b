import { budgetAlertMessage, budgetAlertTitle, labelOf } from '#domain/alerts/alert-texts.ts';
import type { ReceivedAlert } from '#domain/alerts/received-alert.ts';
import type { AlertReceived } from '#events/alert-received.ts';
import type { SystemEvent } from '#events/system-event.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/** What the budget of an account says is told as an exception; so is what nobody can read. */
export async function handleAlert(
  { alert, identifier }: AlertReceived,
  { accounts, bus }: Ports<'accounts' | 'bus'>,
): Promise<Outcome> {
  if (alert.kind === 'unreadable') {
    await bus.put(unreadable(alert, identifier));
    return { outcome: 'unreadable', account: alert.account };
  }
  const name = await accounts.nameOf(alert.account);
  await bus.put(budgetAlert(alert, name, identifier));
  return { outcome: 'told', account: alert.account };
}

function budgetAlert(
  { account, alert, text }: Extract<ReceivedAlert, { kind: 'budget' }>,
  name: string | undefined,
  identifier: string,
): SystemEvent {
  const label = labelOf(account, name);
  const { budget, limit, threshold, amount, kind } = alert;
  return {
    label: 'BudgetAlertException',
    payload: {
      account,
      title: budgetAlertTitle(label),
      message: budgetAlertMessage(label, alert, text),
      identifier: `BudgetAlert-${account}-${identifier}`,
      budget: { name: budget, limit, threshold, amount, kind },
    },
  };
}

const unreadable = (
  { account, text }: Extract<ReceivedAlert, { kind: 'unreadable' }>,
  identifier: string,
): SystemEvent => ({
  label: 'GenericException',
  payload: {
    ...(account === undefined ? {} : { account }),
    title: 'Exception received over SQS',
    message: text,
    identifier: `Alert-${identifier}`,
  },
});
