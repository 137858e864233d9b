import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { budgetAlertFrom } from '#domain/alerts/budget-alert.ts';
import { receivedAlert } from '#domain/alerts/received-alert.ts';
import { budgetMail } from './budget-mails.ts';

describe('when AWS Budgets writes that a threshold has been passed', () => {
  it('gives the facts of what has been spent', () => {
    expect(budgetAlertFrom(budgetMail())).toEqual({
      budget: 'SpaBudget',
      limit: '$100.00',
      threshold: '> $80.00',
      amount: '$83.16',
      kind: 'actual',
      payer: '626679720752',
    });
  });

  it('gives the facts of what is forecast', () => {
    expect(budgetAlertFrom(budgetMail({ kind: 'FORECASTED', amount: '$120.00' }))).toMatchObject({
      kind: 'forecasted',
      amount: '$120.00',
    });
  });

  it('reads lines that end as on other systems, with blanks around', () => {
    expect(budgetAlertFrom('  Budget Name:   My: budget \r\nACTUAL Amount: 12 GB\r\n')).toMatchObject({
      budget: 'My: budget',
      amount: '12 GB',
      limit: undefined,
    });
  });

  it('finds the name in the sentence, where the list is missing', () => {
    const text = 'the ACTUAL Cost associated with your Team budget is greater than $80.00';

    expect(budgetAlertFrom(text)).toMatchObject({ budget: 'Team', amount: undefined });
  });

  it.each(['', 'Hello', 'Budget Name:', 'Budget Type: Cost', 'budgets are budgets', ':'.repeat(50)])(
    'is none: %j',
    (text) => {
      expect(budgetAlertFrom(text)).toBeUndefined();
    },
  );

  it('takes no longer over hostile texts', () => {
    for (const text of ['\n', ' ', '\t', 'AWS Account ', 'associated with your ', '- '])
      expect(receivedAlert(text.repeat(250_000), undefined).kind).toBe('unreadable');
  });
});

describe('when a message of the queue is read', () => {
  const topic = (account: string) => `arn:aws:sns:eu-west-1:${account}:SpaAlertTopic`;

  it('belongs to the account of its topic, whoever pays', () => {
    expect(receivedAlert(budgetMail(), topic('200000000000'))).toMatchObject({
      kind: 'budget',
      account: '200000000000',
    });
  });

  it.each([undefined, '', 'arn:aws:sns', topic('x')])('belongs to the payer without a topic: %s', (arn) => {
    expect(receivedAlert(budgetMail(), arn)).toMatchObject({ kind: 'budget', account: '626679720752' });
  });

  it('cannot be read where it names no account at all', () => {
    expect(receivedAlert('Budget Name: x', undefined)).toMatchObject({
      kind: 'unreadable',
      account: undefined,
    });
  });

  it('is read or not, and never a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string(), { nil: undefined }), (text, arn) => {
        expect(receivedAlert(text, arn).text).toBe(text.toWellFormed());
      }),
    );
  });
});
