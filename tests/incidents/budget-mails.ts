interface BudgetMail {
  readonly payer: string;
  readonly kind: 'ACTUAL' | 'FORECASTED';
  readonly amount: string;
}

/** What AWS Budgets writes when a budget has passed a threshold. */
export function budgetMail({ payer, kind, amount }: Partial<BudgetMail> = {}): string {
  const type = kind ?? 'ACTUAL';
  const spent = amount ?? '$83.16';
  return [
    'AWS Budget Notification March 09, 2023',
    `AWS Account ${payer ?? '626679720752'}`,
    '',
    '',
    'Dear AWS Customer,',
    '',
    `You requested that we alert you when the ${type} Cost associated with your SpaBudget budget is greater than $80.00 for the current month. The ${type} Cost associated with this budget is ${spent}. You can find additional details below and by accessing the AWS Budgets dashboard [1].`,
    '',
    'Budget Name: SpaBudget',
    'Budget Type: Cost',
    'Budgeted Amount: $100.00',
    `Alert Type: ${type}`,
    'Alert Threshold: > $80.00',
    `${type} Amount: ${spent}`,
    '',
    '[1] https://console.aws.amazon.com/billing/home#/budgets',
  ].join('\n');
}

/** A message as SNS hands it to the queue, from the topic of an account. */
export function envelope(account: string, message: string, id = `${account}-message`): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: `arn:aws:sns:eu-west-1:${account}:SpaAlertTopic`,
    Subject: 'AWS Budgets: SpaBudget has exceeded your alert threshold',
    Message: message,
    Timestamp: '2026-11-16T09:00:00.000Z',
  });
}
