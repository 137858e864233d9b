import type { AccountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Access, Call, Service } from '../../service.ts';

export interface Budget {
  readonly BudgetName: string;
  readonly BudgetLimit?: { readonly Amount: string; readonly Unit: string };
  readonly [member: string]: unknown;
}

export interface Notification {
  readonly NotificationType: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly ThresholdType?: string;
}

export interface Subscriber {
  readonly SubscriptionType: string;
  readonly Address: string;
}

interface Kept {
  readonly budget: Budget;
  /** By the text of the notification, which is its identity. */
  readonly notifications: Map<
    string,
    { readonly notification: Notification; readonly subscribers: readonly Subscriber[] }
  >;
}

interface Named {
  readonly AccountId: AccountId;
  readonly BudgetName: string;
}

interface Paged {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const mostPerPage = 100;
const mostSubscribers = 11;

/** AWS Budgets: budgets of an account, their notifications and who hears of them. Nothing is ever spent here. */
export function createBudgets(): { readonly service: Service } {
  const accounts = new Map<string, Map<string, Kept>>();

  function budgetsOf(account: string): Map<string, Kept> {
    const known = accounts.get(account) ?? new Map<string, Kept>();
    accounts.set(account, known);
    return known;
  }

  function find({ AccountId, BudgetName }: Named): Kept {
    const kept = budgetsOf(AccountId).get(BudgetName);
    if (!kept) {
      throw new AwsError(
        'NotFoundException',
        `Unable to get budget: ${BudgetName} - the budget doesn't exist.`,
      );
    }
    return kept;
  }

  function notificationIn(kept: Kept, notification: Notification) {
    const found = kept.notifications.get(identity(notification));
    if (!found) throw new AwsError('NotFoundException', 'Unable to find the notification.');
    return found;
  }

  function addNotification(kept: Kept, notification: Notification, subscribers: readonly Subscriber[]) {
    const key = identity(notification);
    if (kept.notifications.has(key)) {
      throw new AwsError(
        'DuplicateRecordException',
        'Unable to create notification - the notification already exists.',
      );
    }
    if (subscribers.length === 0 || subscribers.length > mostSubscribers) {
      throw new AwsError(
        'InvalidParameterException',
        `A notification has 1 to ${mostSubscribers} subscribers.`,
      );
    }
    kept.notifications.set(key, { notification: complete(notification), subscribers });
  }

  function listed<T>(all: readonly T[], { NextToken, MaxResults }: Paged) {
    const invalid = new AwsError('InvalidNextTokenException', 'The pagination token is invalid.');
    return pageOf(all, NextToken, Math.min(MaxResults ?? mostPerPage, mostPerPage), invalid);
  }

  const service: Service = {
    name: 'budgets',
    protocol: { kind: 'json', version: '1.1', target: 'AWSBudgetServiceGateway' },
    operations: {
      CreateBudget(input: {
        readonly AccountId: AccountId;
        readonly Budget: Budget;
        readonly NotificationsWithSubscribers?: readonly {
          readonly Notification: Notification;
          readonly Subscribers: readonly Subscriber[];
        }[];
      }) {
        const { BudgetName } = input.Budget;
        if (budgetsOf(input.AccountId).has(BudgetName)) {
          throw new AwsError(
            'DuplicateRecordException',
            `Error creating budget: ${BudgetName} - the budget already exists.`,
          );
        }
        const kept: Kept = { budget: sound(input.Budget), notifications: new Map() };
        for (const { Notification, Subscribers } of input.NotificationsWithSubscribers ?? []) {
          addNotification(kept, Notification, Subscribers);
        }
        budgetsOf(input.AccountId).set(BudgetName, kept);
        return {};
      },
      UpdateBudget({ AccountId, NewBudget }: { readonly AccountId: AccountId; readonly NewBudget: Budget }) {
        const { notifications } = find({ AccountId, BudgetName: NewBudget.BudgetName });
        budgetsOf(AccountId).set(NewBudget.BudgetName, { budget: sound(NewBudget), notifications });
        return {};
      },
      DescribeBudget: (input: Named) => ({ Budget: find(input).budget }),
      DescribeBudgets(input: { readonly AccountId: AccountId } & Paged) {
        const page = listed([...budgetsOf(input.AccountId).values()], input);
        return { Budgets: page.items.map(({ budget }) => budget), NextToken: page.next };
      },
      DeleteBudget(input: Named) {
        find(input);
        budgetsOf(input.AccountId).delete(input.BudgetName);
        return {};
      },
      CreateNotification(
        input: Named & { readonly Notification: Notification; readonly Subscribers: readonly Subscriber[] },
      ) {
        addNotification(find(input), input.Notification, input.Subscribers);
        return {};
      },
      DeleteNotification(input: Named & { readonly Notification: Notification }) {
        const kept = find(input);
        notificationIn(kept, input.Notification);
        kept.notifications.delete(identity(input.Notification));
        return {};
      },
      DescribeNotificationsForBudget(input: Named & Paged) {
        const page = listed([...find(input).notifications.values()], input);
        const Notifications = page.items.map(({ notification }) => ({
          ...notification,
          NotificationState: 'OK',
        }));
        return { Notifications, NextToken: page.next };
      },
      DescribeSubscribersForNotification(input: Named & Paged & { readonly Notification: Notification }) {
        const page = listed(notificationIn(find(input), input.Notification).subscribers, input);
        return { Subscribers: page.items, NextToken: page.next };
      },
    },
    access: Object.fromEntries(
      Object.entries(permissions).map(([operation, action]) => [
        operation,
        (input: Partial<Named> & { readonly Budget?: Budget; readonly NewBudget?: Budget }, call: Call) =>
          accessTo(action, input, call),
      ]),
    ),
  };
  return { service };
}

/** Budgets has two permissions: one to look, and one to change. */
const permissions: Readonly<Record<string, string>> = {
  CreateBudget: 'budgets:ModifyBudget',
  UpdateBudget: 'budgets:ModifyBudget',
  DeleteBudget: 'budgets:ModifyBudget',
  CreateNotification: 'budgets:ModifyBudget',
  DeleteNotification: 'budgets:ModifyBudget',
  DescribeBudget: 'budgets:ViewBudget',
  DescribeBudgets: 'budgets:ViewBudget',
  DescribeNotificationsForBudget: 'budgets:ViewBudget',
  DescribeSubscribersForNotification: 'budgets:ViewBudget',
};

function accessTo(
  action: string,
  input: Partial<Named> & { readonly Budget?: Budget; readonly NewBudget?: Budget },
  call: Call,
): Access {
  if (input.AccountId !== call.account) {
    throw new AwsError(
      'AccessDeniedException',
      `Account ${call.account} is not authorized to access the budgets of ${input.AccountId}.`,
    );
  }
  // Whoever lists budgets needs permission for all of them.
  const name = input.BudgetName ?? input.Budget?.BudgetName ?? input.NewBudget?.BudgetName ?? '*';
  return { action, resource: `arn:aws:budgets::${call.account}:budget/${name}` };
}

function sound(budget: Budget): Budget {
  const amount = budget.BudgetLimit?.Amount;
  if (!/^[^:\\]{1,100}$/.test(budget.BudgetName)) {
    throw new AwsError('InvalidParameterException', 'BudgetName is not valid.');
  }
  if (amount !== undefined && !/^\d+(\.\d+)?$/.test(amount)) {
    throw new AwsError('InvalidParameterException', `Budget amount ${amount} is not valid.`);
  }
  return budget;
}

const complete = (notification: Notification): Notification => ({
  ...notification,
  ThresholdType: notification.ThresholdType ?? 'PERCENTAGE',
});

function identity(notification: Notification): string {
  const { NotificationType, ComparisonOperator, Threshold, ThresholdType } = complete(notification);
  return [NotificationType, ComparisonOperator, Threshold, ThresholdType].join(' ');
}
