import { describe, expect, it } from 'vitest';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { member } from '#events/shape.ts';
import {
  alice,
  alphaUnit,
  anAccount,
  aReleasedAccount,
  automation,
  bob,
  tell,
  type Story,
} from '#tests/worlds.ts';
import { metricCounts, numberOfRecords, records, said } from '#tests/incidents/exception-stories.ts';
import { budgetMail, envelope } from '#tests/incidents/budget-mails.ts';
import { accountId } from '#domain/account.ts';

const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${automation}/SpaTestAlerts`;

async function receive(story: Story, body: string): Promise<void> {
  await story.clients().sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  await story.settle();
}

/** Exceptions that were put on the bus, with their payloads. */
const exceptions = ({ told }: Story): readonly Readonly<Record<string, unknown>>[] =>
  told
    .filter(({ label }) => label.endsWith('Exception'))
    .map(({ label, detail }) => ({ label, ...(member(detail, 'Payload') as Record<string, unknown>) }));

describe('when the budget of an account is exceeded', () => {
  it('is heard of through the topic that the preparation has put there', async () => {
    const story = await tell([anAccount({ tags: { 'account-state': 'vanilla' } })]);
    await story.tag(alice, 'vanilla');
    await story.settle();

    const topic = `arn:aws:sns:eu-west-1:${alice}:SpaAlertTopic`;
    const budgets = { service: 'budgets.amazonaws.com', account: accountId(alice) };
    expect(story.cloud.topics.publish(topic, { message: budgetMail() }, budgets)).toBe(true);
    await story.settle();

    expect(exceptions(story)).toMatchObject([{ label: 'BudgetAlertException', account: alice }]);
    expect(await records(story)).toMatchObject([{ title: "Budget alert on account 'Alice (200000000000)'" }]);
  });

  it('tells the facts of the budget, and what the holder has received', async () => {
    const story = await tell([aReleasedAccount()]);

    await receive(story, envelope(alice, budgetMail()));

    const [told] = exceptions(story);
    expect(told).toMatchObject({
      label: 'BudgetAlertException',
      account: alice,
      title: "Budget alert on account 'Alice (200000000000)'",
      budget: {
        name: 'SpaBudget',
        limit: '$100.00',
        threshold: '> $80.00',
        amount: '$83.16',
        kind: 'actual',
      },
    });
    expect(told?.['message']).toMatch(/^- Budget: SpaBudget\n- Budgeted amount: \$100.00\n/);
    expect(told?.['message']).toContain(budgetMail());
  });

  it('is understood without the envelope of SNS, from the account that the text names', async () => {
    const story = await tell([aReleasedAccount()]);

    await receive(story, budgetMail({ payer: alice }));

    expect(exceptions(story)).toMatchObject([{ label: 'BudgetAlertException', account: alice }]);
  });

  it('is told of an account that the organization does not know any more', async () => {
    const story = await tell([]);

    await receive(story, envelope('999999999999', budgetMail()));

    expect(exceptions(story)).toMatchObject([
      { label: 'BudgetAlertException', title: "Budget alert on account 'Unknown (999999999999)'" },
    ]);
  });

  it('is told once, however often the message is delivered', async () => {
    const story = await tell([aReleasedAccount()]);

    await receive(story, envelope(alice, budgetMail(), 'm1'));
    await receive(story, envelope(alice, budgetMail(), 'm1'));

    const [record, ...others] = await records(story);
    expect(others).toEqual([]);
    expect(Object.keys(record?.data ?? {})).not.toContainEqual(expect.stringMatching(/^Again/));
  });
});

describe('when a message of the queue cannot be read', () => {
  it.each([
    ['text', 'Help!', 'Help!'],
    ['no JSON', '{"Type": "Noti', '{"Type": "Noti'],
    ['null', 'null', 'null'],
    ['another object', '{"a": 1}', '{"a":1}'],
    ['a list', '[]', '[]'],
  ])('is told as a generic exception: %s', async (_, body, message) => {
    const story = await tell([aReleasedAccount()]);

    await receive(story, body);

    expect(exceptions(story)).toMatchObject([
      { label: 'GenericException', title: 'Exception received over SQS', message },
    ]);
    expect(exceptions(story)[0]).not.toHaveProperty('account');
  });

  it('is told although it is larger than an event may be', async () => {
    const story = await tell([aReleasedAccount()]);

    await receive(story, '"'.repeat(250_000));

    expect(exceptions(story)).toMatchObject([{ label: 'GenericException' }]);
  });

  it('names the account whose topic it came through', async () => {
    const story = await tell([aReleasedAccount()]);

    await receive(story, envelope(alice, 'The cat is on the table'));

    expect(exceptions(story)).toMatchObject([
      { label: 'GenericException', account: alice, message: 'The cat is on the table' },
    ]);
  });

  it('is no exception when SNS only asks about a subscription', async () => {
    const story = await tell([aReleasedAccount()]);

    await receive(
      story,
      JSON.stringify({ Type: 'SubscriptionConfirmation', Message: 'Confirm?', Token: 't' }),
    );

    expect(exceptions(story)).toEqual([]);
  });
});

describe('when messages come in one batch', () => {
  it('handles each by itself, whatever the others are', async () => {
    const story = await tell([
      aReleasedAccount(),
      aReleasedAccount({ id: bob, name: 'Bob', email: 'bob@example.com' }),
    ]);
    const bodies = [envelope(alice, budgetMail()), '{"broken', envelope(bob, budgetMail())];
    const Records = bodies.map((body, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body,
    }));

    const answer = await story.invoke('OnAlertFromSqs', { Records });

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(exceptions(story).map(({ label, account }) => [label, account])).toEqual([
      ['BudgetAlertException', alice],
      ['GenericException', undefined],
      ['BudgetAlertException', bob],
    ]);
  });
});

describe('when the budgets of a thousand accounts speak at once', () => {
  it(
    'gives every account its record, and loses nothing to the quotas of AWS',
    { timeout: 120_000 },
    async () => {
      const accounts = Array.from({ length: 1000 }, (_, index) => {
        const id = accountId(String(300_000_000_000 + index));
        return aReleasedAccount({
          id,
          name: `Person ${index}`,
          email: `p${index}@example.com`,
          unit: alphaUnit,
        });
      });
      const story = await tell(accounts, { quotas: true });
      const { sqs } = story.clients();
      for (let from = 0; from < accounts.length; from += 10) {
        const Entries = accounts.slice(from, from + 10).map(({ id }, index) => ({
          Id: String(index),
          MessageBody: envelope(id, budgetMail(), `mail-${id}`),
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }

      await story.settle();

      expect(new Set(exceptions(story).map(({ account }) => account)).size).toBe(1000);
      expect(await numberOfRecords(story)).toBe(1000);
      expect(said(story)).toHaveLength(1000);
      expect(metricCounts(story)).toEqual({ BudgetAlertException: 1000 });
      expect(story.log.filter(({ level }) => level === 'ERROR')).toEqual([]);
    },
  );
});
