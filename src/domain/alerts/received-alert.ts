import { isAccountId, type AccountId } from '#domain/account.ts';
import { shortened } from '#domain/incidents/plain-text.ts';
import { budgetAlertFrom, type BudgetAlert } from './budget-alert.ts';

/** A message of the queue of alerts: a budget's, which belongs to an account, or one that nobody can read. */
export type ReceivedAlert =
  | {
      readonly kind: 'budget';
      readonly account: AccountId;
      readonly alert: BudgetAlert;
      readonly text: string;
    }
  | { readonly kind: 'unreadable'; readonly account: AccountId | undefined; readonly text: string };

/** Longer texts come from nobody who has something to tell, and would not fit an event. */
const mostCharacters = 50_000;

/** `topicArn` is that of the topic the message came through; without it, the text itself names the account. */
export function receivedAlert(whole: string, topicArn: string | undefined): ReceivedAlert {
  const text = shortened(whole.toWellFormed(), mostCharacters);
  const alert = budgetAlertFrom(text);
  const through = topicArn?.split(':')[4];
  const account = [through, alert?.payer].find(isAccountId);
  return alert && account !== undefined
    ? { kind: 'budget', account, alert, text }
    : { kind: 'unreadable', account, text };
}
