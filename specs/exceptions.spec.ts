import { describe, expect, it } from 'vitest';
import { DeleteTopicCommand, CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteParameterCommand, PutParameterCommand, UpdateOpsItemCommand } from '@aws-sdk/client-ssm';
import { exceptionLabels } from '#events/system-event.ts';
import { member } from '#events/shape.ts';
import { alice, aReleasedAccount, automation, bob, settingsOf, tell, type Story } from '#tests/worlds.ts';
import { metricCounts, put, raise, records, said } from '#tests/incidents/exception-stories.ts';

const people = settingsOf({
  features: { with_email_subscriptions_on_alerts: ['ops@example.com', 'boss@example.com'] },
});

const tooMuch = { account: alice, title: 'Too much', message: 'All is **spent**' };

const tellOfAlice = (given: Parameters<typeof tell>[1] = {}) =>
  tell([aReleasedAccount(), aReleasedAccount({ id: bob, name: 'Bob', email: 'bob@example.com' })], {
    settings: people,
    ...given,
  });

describe('when something happens that a person should know of', () => {
  it.each(exceptionLabels)(
    'opens one record of %s, with the facts and the tags of the account',
    async (label) => {
      const story = await tellOfAlice();

      await raise(story, label, tooMuch);

      const [record, ...others] = await records(story);
      expect(others).toEqual([]);
      expect(record).toMatchObject({
        title: 'Too much',
        description: '# Too much\n\nAll is **spent**',
        priority: 4,
        severity: '4',
      });
      expect(record?.tags).toEqual({
        exception: label,
        account: alice,
        'account-email': 'alice@example.com',
        'account-name': 'Alice',
        'cost-center': 'Alpha',
        'organizational-unit': 'ou-alpha',
      });
      expect(record?.data['Cost and Usage Report']).toMatch(
        /^http:.*2026-11-200000000000-cost-and-usage\.xlsx\?/,
      );
    },
  );

  it('tells the channel in Teams and everybody who is subscribed, once each', async () => {
    const story = await tellOfAlice();

    await raise(story, 'BudgetAlertException', tooMuch);

    expect(said(story)).toEqual([{ Subject: 'Too much', Message: 'All is **spent**' }]);
    expect(story.inbox.mails().map(({ to, subject, body }) => [to, subject, body])).toEqual([
      ['ops@example.com', 'Too much', 'Too much\n\nAll is **spent**'],
      ['boss@example.com', 'Too much', 'Too much\n\nAll is **spent**'],
    ]);
  });

  it('counts it', async () => {
    const story = await tellOfAlice();

    await raise(story, 'FailedCodebuildException', tooMuch);

    expect(metricCounts(story)).toEqual({ FailedCodebuildException: 1 });
  });

  it('takes the impact that it is given, and 4 where it makes no sense', async () => {
    const story = await tellOfAlice();

    for (const [index, impact] of [1, '2', 5, 0, 6, 2.5, 'high', null].entries())
      await raise(story, 'GenericException', { title: `Exception ${index}`, message: 'm', impact });

    const found = (await records(story)).map(({ priority, severity }) => [priority, severity]);
    expect(found).toEqual([[1, '1'], [2, '2'], [5, '4'], ...Array.from({ length: 5 }, () => [4, '4'])]);
  });

  it('is nothing of ours in another environment', async () => {
    const story = await tellOfAlice();

    await raise(story, 'GenericException', tooMuch, 'SpaOther');

    expect(await records(story)).toEqual([]);
    expect(story.inbox.mails()).toEqual([]);
  });
});

describe('when an exception concerns no account that anybody knows', () => {
  it.each([
    ['none', undefined, {}],
    ['what is no number', 'Alice', {}],
    ['a stranger', '999999999999', { account: '999999999999' }],
  ])('is told without the facts of one: %s', async (_, account, tags) => {
    const story = await tellOfAlice();

    await raise(story, 'GenericException', { account, title: 'Lost', message: 'Nobody knows' });

    const [record] = await records(story);
    expect(record?.tags).toEqual({ exception: 'GenericException', ...tags });
    expect(record?.data).not.toHaveProperty('Cost and Usage Report');
    expect(said(story)).toHaveLength(1);
    expect(story.inbox.mails()).toHaveLength(2);
  });
});

describe('when a payload holds anything at all', () => {
  it.each([
    ['null', null],
    ['nothing', {}],
    ['a list', []],
    ['a number', 42],
    ['members that are null', { account: null, title: null, message: null, impact: null, identifier: null }],
  ])('is told all the same: %s', async (_, payload) => {
    const story = await tellOfAlice();

    await raise(story, 'GenericException', payload);

    expect(await records(story)).toMatchObject([
      { title: '*no title*', description: '# *no title*\n\n*no message*' },
    ]);
    expect(said(story)).toEqual([{ Subject: '*no title*', Message: '*no message*' }]);
    expect(story.inbox.mails()).toHaveLength(2);
  });

  it('is told when it is text, or JSON in text', async () => {
    const story = await tellOfAlice();

    await raise(story, 'GenericException', 'fire');
    await raise(story, 'GenericException', JSON.stringify(tooMuch));

    expect(said(story)).toEqual([
      { Subject: '*no title*', Message: 'fire' },
      { Subject: 'Too much', Message: 'All is **spent**' },
    ]);
  });

  it('puts hostile titles on one line, and into a subject that SNS takes', async () => {
    const story = await tellOfAlice();
    const title = `Réseau\r\nBcc: x@example.com\u0000 ${'é💥'.repeat(400)}\ud800`;

    await raise(story, 'GenericException', { account: alice, title, message: 'a\u0007b\r\nc\ud800' });

    const [record] = await records(story);
    expect(record?.title).toMatch(/^Réseau Bcc: x@example\.com é💥/);
    expect(record?.description).not.toMatch(/[^\P{Cc}\n]/u);
    const [mail] = story.inbox.mails();
    expect(mail?.subject).toMatch(/^Reseau Bcc: x@example\.com e\?e\?.*\.\.\.$/);
    expect(mail?.subject.length).toBeLessThan(100);
    expect(mail?.body).toContain('é💥'.repeat(400));
    expect(mail?.body).toContain('ab\nc');
  });

  it('keeps all of a message that is longer than a description may be', async () => {
    const story = await tellOfAlice();
    const message = Array.from({ length: 3000 }, (_, line) => `line ${line} 💥`).join('\n');

    await raise(story, 'GenericException', { account: alice, title: 'Long', message });

    const [record] = await records(story);
    expect(record?.description).toHaveLength(2048);
    const parts = Object.entries(record?.data ?? {}).filter(([name]) => name.startsWith('Message, part'));
    expect(
      parts
        .map(([, text]) => text)
        .join('')
        .replaceAll('\ufffd', ''),
    ).toContain('line 2999');
  });

  it('is told when it is as large as an event may be', async () => {
    const story = await tellOfAlice();

    await raise(story, 'GenericException', { account: alice, title: 'Large', message: '"💥'.repeat(40_000) });

    expect(await records(story)).toHaveLength(1);
    expect(said(story)).toHaveLength(1);
    expect(story.inbox.mails()).toHaveLength(2);
  });

  it('replaces what the tags of a record may not hold', async () => {
    const story = await tell([aReleasedAccount({ name: "R&D (Zoé's)" })], { settings: people });

    await raise(story, 'GenericException', tooMuch);

    expect((await records(story))[0]?.tags['account-name']).toBe('R-D -Zoé-s-');
  });
});

describe('when the same exception is told again', () => {
  it('does nothing more for an event that comes twice', async () => {
    const story = await tellOfAlice();
    const event = {
      id: 'e1',
      source: 'SustainablePersonalAccounts',
      'detail-type': 'GenericException',
      detail: { Environment: 'SpaTest', Payload: tooMuch },
    };

    await story.invoke('OnException', event);
    const again = await story.invoke('OnException', event);

    expect(again).toMatchObject({ outcome: 'told already' });
    expect(await records(story)).toHaveLength(1);
    expect(said(story)).toHaveLength(1);
    expect(story.inbox.mails()).toHaveLength(2);
    expect(metricCounts(story)).toEqual({ GenericException: 1 });
  });

  it('takes events with one identifier for one, and acts once', async () => {
    const story = await tellOfAlice();

    await raise(story, 'GenericException', { ...tooMuch, identifier: 'one' });
    await raise(story, 'GenericException', { ...tooMuch, identifier: 'one' });

    const [record, ...others] = await records(story);
    expect(others).toEqual([]);
    expect(Object.keys(record?.data ?? {})).not.toContainEqual(expect.stringMatching(/^Again/));
    expect(metricCounts(story)).toEqual({ GenericException: 1 });
  });

  it('acts once although both come at the same moment', async () => {
    const story = await tellOfAlice();
    const event = (id: string) => ({
      id,
      source: 'SustainablePersonalAccounts',
      'detail-type': 'GenericException',
      detail: { Environment: 'SpaTest', Payload: tooMuch },
    });

    await Promise.all(['e1', 'e2', 'e3'].map((id) => story.invoke('OnException', event(id))));

    expect(await records(story)).toHaveLength(1);
  });

  it('adds what happens within a day to the record, and does not say the same words again', async () => {
    const story = await tellOfAlice();

    await raise(story, 'BudgetAlertException', tooMuch);
    await story.pass(23 * 60);
    await raise(story, 'BudgetAlertException', tooMuch);
    await raise(story, 'BudgetAlertException', { ...tooMuch, message: 'Even more is spent' });

    const [record, ...others] = await records(story);
    expect(others).toEqual([]);
    const added = Object.entries(record?.data ?? {}).filter(([name]) => name.startsWith('Again'));
    expect(added.map(([, text]) => text.split('\n\n')[1])).toEqual([
      'All is **spent**',
      'Even more is spent',
    ]);
    expect(said(story).map(({ Message }) => Message)).toEqual(['All is **spent**', 'Even more is spent']);
    expect(metricCounts(story)).toEqual({ BudgetAlertException: 3 });
  });

  it('opens another record after a day', async () => {
    const story = await tellOfAlice();

    await raise(story, 'BudgetAlertException', tooMuch);
    await story.pass(25 * 60);
    await raise(story, 'BudgetAlertException', tooMuch);

    expect(await records(story)).toHaveLength(2);
    expect(said(story)).toHaveLength(2);
  });

  it('opens another record where somebody has resolved the first, and calls people again', async () => {
    const story = await tellOfAlice();

    await raise(story, 'BudgetAlertException', tooMuch);
    const [first] = await records(story);
    const resolved = { OpsItemId: first?.id, Status: 'Resolved' } as const;
    await story.clients().ssm.send(new UpdateOpsItemCommand(resolved));
    await raise(story, 'BudgetAlertException', tooMuch);

    const found = await records(story);
    expect(found).toHaveLength(2);
    expect(found[1]?.data).toHaveProperty('Cost and Usage Report');
    expect(said(story)).toHaveLength(2);
  });

  it('opens a record for each account and each kind', async () => {
    const story = await tellOfAlice();

    await raise(story, 'BudgetAlertException', tooMuch);
    await raise(story, 'BudgetAlertException', { ...tooMuch, account: bob });
    await raise(story, 'GenericException', tooMuch);

    expect((await records(story)).map(({ tags }) => [tags['exception'], tags['account']])).toEqual([
      ['BudgetAlertException', alice],
      ['BudgetAlertException', bob],
      ['GenericException', alice],
    ]);
  });
});

describe('when one of the ways to tell people is broken', () => {
  const topic = { TopicArn: `arn:aws:sns:eu-west-1:${automation}:SpaTestExceptions` };
  const key = '/SpaTest/Secrets/DownloadKey';

  async function restore({ clients }: Story) {
    const { sns } = clients();
    await sns.send(new CreateTopicCommand({ Name: 'SpaTestExceptions' }));
    await sns.send(new SubscribeCommand({ ...topic, Protocol: 'email', Endpoint: 'ops@example.com' }));
  }

  it('tells them by all others at once, and by that one when it is mended, each once', async () => {
    const story = await tellOfAlice();
    await story.clients().sns.send(new DeleteTopicCommand(topic));

    await put(story, 'BudgetAlertException', tooMuch);
    await story.pass(5);

    expect(await records(story)).toMatchObject([{ title: 'Too much' }]);
    expect(said(story)).toHaveLength(1);
    expect(story.inbox.mails()).toEqual([]);

    await restore(story);
    await story.settle();

    expect(story.inbox.mails()).toHaveLength(1);
    expect(await records(story)).toHaveLength(1);
    expect(said(story)).toHaveLength(1);
    expect(metricCounts(story)).toEqual({ BudgetAlertException: 1 });
  });

  it('attaches the costs later, where that was all that failed', async () => {
    const story = await tellOfAlice();
    await story.clients().ssm.send(new DeleteParameterCommand({ Name: key }));

    await put(story, 'BudgetAlertException', tooMuch);
    await story.pass(5);

    expect((await records(story))[0]?.data).not.toHaveProperty('Cost and Usage Report');
    expect(story.inbox.mails()).toHaveLength(2);

    await story.clients().ssm.send(new PutParameterCommand({ Name: key, Value: 'k', Type: 'SecureString' }));
    await story.settle();

    expect((await records(story))[0]?.data).toHaveProperty('Cost and Usage Report');
    expect(story.inbox.mails()).toHaveLength(2);
  });

  it('opens no other record for what is told late, although somebody has resolved its record meanwhile', async () => {
    const story = await tellOfAlice();
    await raise(story, 'BudgetAlertException', tooMuch);
    await story.clients().sns.send(new DeleteTopicCommand(topic));
    await put(story, 'BudgetAlertException', { ...tooMuch, message: 'Even more' });
    await story.pass(5);

    const [record] = await records(story);
    const resolved = { OpsItemId: record?.id, Status: 'Resolved' } as const;
    await story.clients().ssm.send(new UpdateOpsItemCommand(resolved));
    await restore(story);
    await story.settle();

    expect(story.inbox.mails().at(-1)?.body).toContain('Even more');
    expect(await records(story)).toHaveLength(1);
  });

  it('says in the log which it was, and leaves the event to the dead letters in the end', async () => {
    const story = await tellOfAlice();
    await story.clients().sns.send(new DeleteTopicCommand(topic));

    await raise(story, 'BudgetAlertException', tooMuch);

    const faults = story.log.filter(({ level }) => level === 'ERROR');
    expect(faults).toHaveLength(4);
    expect(member(faults[0], 'fault', 'name')).toBe('NotToldEverywhere');
    expect(member(faults[0], 'fault', 'message')).toMatch(/not told by mail,/);
  });
});
