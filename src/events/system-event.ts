import type { AccountId } from '#domain/account.ts';

/** Source of every event that the system puts on the bus. */
export const source = 'SustainablePersonalAccounts';

export const accountLabels = [
  'CreatedAccount',
  'AssignedAccount',
  'PreparedAccount',
  'ReleasedAccount',
  'ExpiredAccount',
  'PurgedAccount',
  'PreparationReport',
  'PurgeReport',
] as const;
export type AccountLabel = (typeof accountLabels)[number];

export const activityLabels = [
  'ConsoleLoginEvent',
  'SuccessfulMaintenanceEvent',
  'SuccessfulOnBoardingEvent',
  'AcknowledgedNotificationEvent',
] as const;
export type ActivityLabel = (typeof activityLabels)[number];

export const exceptionLabels = [
  'BudgetAlertException',
  'ConsoleLoginWithIamUserException',
  'ConsoleLoginWithRootException',
  'FailedCodebuildException',
  'FailedMaintenanceException',
  'FailedOnBoardingException',
  'UnacknowledgedNotificationException',
  'GenericException',
] as const;
export type ExceptionLabel = (typeof exceptionLabels)[number];

export const chatLabels = [
  'MessageToMicrosoftTeams',
  'MessageToSlack',
  'UpdateToSlack',
  'UploadToSlack',
  'MessageFromSlack',
  'PinFromSlack',
  'ReactionFromSlack',
  'MembershipFromSlack',
] as const;
export type ChatLabel = (typeof chatLabels)[number];

/** What happened to an account, as the bus carries it. */
export interface AccountEvent {
  readonly label: AccountLabel;
  readonly account: AccountId;
  readonly message?: string;
}

export interface ExceptionPayload {
  /** Left out by generic exceptions that concern no account. */
  readonly account?: AccountId;
  readonly title: string;
  readonly message: string;
  /** From 1, critical, to 5, no impact. */
  readonly impact?: number;
  /** Two events with one identifier tell the same thing: whoever acts on them acts once. */
  readonly identifier?: string;
  /** What the budget of an alert says, for those who compute with it. */
  readonly budget?: Readonly<Record<string, string | undefined>>;
}

/** What carries a payload of its own: activities, exceptions, chat. */
export type PayloadEvent =
  | { readonly label: ExceptionLabel; readonly payload: ExceptionPayload }
  | { readonly label: ActivityLabel | ChatLabel; readonly payload: Readonly<Record<string, unknown>> };

export type SystemEvent = AccountEvent | PayloadEvent;

/** The detail of an event. */
export function detailOf(event: SystemEvent, environment: string): Readonly<Record<string, unknown>> {
  if ('payload' in event) {
    return { ContentType: 'application/json', Environment: environment, Payload: event.payload };
  }
  const message = event.message === undefined ? {} : { Message: event.message };
  return { Account: event.account, Environment: environment, ...message };
}
