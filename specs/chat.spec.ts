import { afterEach, describe, expect, it } from 'vitest';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { slackSignature } from '#domain/chat/slack-signature.ts';
import { member } from '#events/shape.ts';
import { alice, aReleasedAccount, settingsOf, tell, type Story } from '#tests/worlds.ts';
import { put, raise, records } from '#tests/incidents/exception-stories.ts';
import { openChannelServer, type ChannelServer, type Reply } from '#tests/incidents/channel-server.ts';

const teamsUrl =
  'https://prod-12.westeurope.logic.azure.com/workflows/abc/triggers/manual/paths/invoke?sig=very-secret';
const slackUrl = 'https://hooks.slack.com/services/T0/B0/very-secret';

const withFeatures = (features: Readonly<Record<string, unknown>>) => settingsOf({ features });
const withTeams = withFeatures({ with_microsoft_webhook_on_alerts: teamsUrl });

const secret = (story: Story, name: string, Value: string) =>
  story.clients().ssm.send(
    new PutParameterCommand({
      Name: `/SpaTest/Secrets/${name}`,
      Value,
      Type: 'SecureString',
      Overwrite: true,
    }),
  );

/** Texts of the card that has arrived in Teams, block by block. */
function cards({ inbox }: Story): readonly (readonly string[])[] {
  return inbox.posted
    .filter(({ channel }) => channel === 'teams')
    .map(({ content }) => {
      const [attachment] = member(content, 'attachments') as readonly unknown[];
      const body = member(attachment, 'content', 'body') as readonly { text: string }[];
      return body.map(({ text }) => text);
    });
}

const slackPosts = ({ inbox }: Story) =>
  inbox.posted
    .filter(({ channel }) => channel === 'slack')
    .map(({ by, content }) => ({ by, ...(content as Record<string, unknown>) }));

const outcomes = ({ log }: Story, name: string) =>
  log.filter((line) => line['function'] === name).map(({ outcome }) => outcome);

const servers: ChannelServer[] = [];

async function openServer(...replies: readonly Reply[]): Promise<ChannelServer> {
  const server = await openChannelServer(...replies);
  servers.push(server);
  return server;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('when the settings name a webhook of Microsoft Teams', () => {
  it('says there what exceptions tell, as an adaptive card', async () => {
    const story = await tell([aReleasedAccount()], { settings: withTeams });

    await raise(story, 'BudgetAlertException', {
      account: alice,
      title: 'Too much [here](https://evil.example.com)',
      message: '# Spent\nall of it\n- one\n- two\n\n----\n\nmore',
    });

    expect(cards(story)).toEqual([
      [
        String.raw`Too much \[here\](https://evil.example.com)`,
        '**Spent**\n\nall of it\n\n- one\n- two',
        'more',
      ],
    ]);
    expect(JSON.stringify(story.inbox.posted[0]?.content)).toContain(
      '"contentType":"application/vnd.microsoft.card.adaptive"',
    );
    expect(outcomes(story, 'ToMicrosoftTeams')).toEqual(['said']);
  });

  it('says what anybody puts on the bus, once for each event', async () => {
    const story = await tell([], { settings: withTeams });
    const event = {
      id: 'e1',
      'detail-type': 'MessageToMicrosoftTeams',
      detail: { Environment: 'SpaTest', Payload: { Subject: 'Hello', Message: 'World' } },
    };

    await raise(story, 'MessageToMicrosoftTeams', { Subject: 'Hi', Message: 'all' });
    await story.invoke('ToMicrosoftTeams', event);
    await story.invoke('ToMicrosoftTeams', event);

    expect(cards(story)).toEqual([
      ['Hi', 'all'],
      ['Hello', 'World'],
    ]);
  });

  it('keeps the webhook where secrets are, and nowhere else', async () => {
    const story = await tell([aReleasedAccount()], { settings: withTeams });
    await raise(story, 'GenericException', { account: alice, title: 'Too much', message: 'm' });
    const { ssm, lambda, s3 } = story.clients();

    const name = '/SpaTest/Secrets/MicrosoftTeamsWebhook';
    const kept = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    expect(kept.Parameter).toMatchObject({ Type: 'SecureString', Value: teamsUrl });

    const settings = await ssm.send(new GetParameterCommand({ Name: '/SpaTest/Settings' }));
    const { bucket: Bucket, key: Key } = JSON.parse(settings.Parameter?.Value ?? '') as Record<
      string,
      string
    >;
    const book = await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
    const FunctionName = 'SpaTestToMicrosoftTeams';
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    for (const text of [book, JSON.stringify(Environment), JSON.stringify(story.log)]) {
      expect(text).toBeTruthy();
      expect(text).not.toContain('very-secret');
    }
  });

  it.each([
    ['null', null],
    ['no words', { Subject: '', Message: ' \u0000' }],
    ['other members', { Text: 'Hello' }],
    ['numbers', { Subject: 1, Message: 2 }],
  ])('says nothing where a message holds no words: %s', async (_, payload) => {
    const story = await tell([], { settings: withTeams });

    await raise(story, 'MessageToMicrosoftTeams', payload);

    expect(story.inbox.posted).toEqual([]);
    expect(outcomes(story, 'ToMicrosoftTeams')).toEqual(['ignored']);
  });

  it('cuts what is larger than Teams takes', async () => {
    const story = await tell([], { settings: withTeams });

    await raise(story, 'MessageToMicrosoftTeams', { Subject: 'Long', Message: 'é💥'.repeat(20_000) });

    const size = Buffer.byteLength(JSON.stringify(story.inbox.posted[0]?.content));
    expect(size).toBeLessThan(28_000);
    expect(size).toBeGreaterThan(15_000);
    expect(cards(story)[0]?.[1]?.isWellFormed()).toBe(true);
  });
});

describe('when nobody has set up a channel', () => {
  it('stays silent, and that is no fault', async () => {
    const story = await tell([aReleasedAccount()]);

    await raise(story, 'GenericException', { account: alice, title: 'Too much', message: 'm' });

    expect(outcomes(story, 'ToMicrosoftTeams')).toEqual(['unconfigured']);
    expect(outcomes(story, 'ToSlack')).toEqual([]);
  });
});

describe('when the server of a channel is in trouble', () => {
  const hello = { Subject: 'Hello', Message: 'World' };

  it('is asked again after the pause that it wants', async () => {
    const server = await openServer(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503 },
      { status: 202 },
    );
    const story = await tell([], {
      settings: withFeatures({ with_microsoft_webhook_on_alerts: server.url }),
    });
    const started = story.cloud.clock.now();

    await raise(story, 'MessageToMicrosoftTeams', hello);

    expect(server.received).toHaveLength(3);
    expect(story.cloud.clock.now() - started).toBeGreaterThanOrEqual(9_000);
    expect(outcomes(story, 'ToMicrosoftTeams')).toEqual(['said']);
  });

  it('harms nobody else, and is told without its address', async () => {
    const server = await openServer({ status: 404, body: 'gone' });
    const settings = withFeatures({
      with_microsoft_webhook_on_alerts: server.url,
      with_email_subscriptions_on_alerts: ['ops@example.com'],
    });
    const story = await tell([aReleasedAccount()], { settings });

    await raise(story, 'GenericException', { account: alice, title: 'Too much', message: 'm' });

    expect(await records(story)).toHaveLength(1);
    expect(story.inbox.mails()).toHaveLength(1);
    const faults = story.log.filter(({ level }) => level === 'ERROR');
    expect(faults.map((line) => line['function'])).toEqual(
      Array.from({ length: 4 }, () => 'ToMicrosoftTeams'),
    );
    expect(member(faults[0], 'fault', 'message')).toContain('status 404');
    expect(JSON.stringify(story.log)).not.toContain('very-secret');
  });

  it('is tried again where nobody answers at all, without its address in the log', async () => {
    const server = await openServer();
    const { url } = server;
    server.close();
    const story = await tell([], { settings: withFeatures({ with_microsoft_webhook_on_alerts: url }) });

    await put(story, 'MessageToMicrosoftTeams', hello);
    await story.pass(3);

    const fault = story.log.find(({ level }) => level === 'ERROR');
    expect(member(fault, 'fault', 'message')).toContain('ECONNREFUSED');
    expect(JSON.stringify(story.log)).not.toContain('very-secret');
  });

  it('hears no more than four messages a second', async () => {
    const story = await tell([], { settings: withTeams });

    for (let index = 0; index < 24; index += 1)
      await put(story, 'MessageToMicrosoftTeams', { Subject: `Hello ${index}`, Message: 'World' });
    await story.settle();

    const times = story.inbox.posted.map(({ at }) => at.getTime());
    expect(times).toHaveLength(24);
    const mostInASecond = Math.max(
      ...times.map((time) => times.filter((other) => other >= time && other < time + 1000).length),
    );
    expect(mostInASecond).toBeLessThanOrEqual(4);
  });
});

describe('when the settings name a webhook of Slack', () => {
  const withSlack = withFeatures({ with_slack_webhook_on_alerts: slackUrl });

  it('says there what exceptions tell, and nobody is called by what it holds', async () => {
    const story = await tell([aReleasedAccount()], { settings: withSlack });

    await raise(story, 'BudgetAlertException', {
      account: alice,
      title: 'Too much <!channel>',
      message: 'All is **spent** & <@U1> [see](https://example.com/?a=1&b=2)',
    });

    expect(slackPosts(story)).toEqual([
      {
        by: 'webhook',
        text: 'Too much &lt;!channel&gt;',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Too much <!channel>' } },
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: 'All is *spent* &amp; &lt;@U1&gt; <https://example.com/?a=1&amp;b=2|see>',
            },
          },
        ],
      },
    ]);
    expect(JSON.stringify(story.log)).not.toContain('very-secret');
  });

  it('can neither change nor show anything, which takes a bot', async () => {
    const story = await tell([], { settings: withSlack });

    await raise(story, 'UpdateToSlack', { Subject: 'Hi', Message: 'all', Timestamp: '1.2' });
    await raise(story, 'UploadToSlack', { Name: 'a.txt', Content: 'text' });

    expect(story.inbox.posted).toEqual([]);
    expect(outcomes(story, 'ToSlack')).toEqual(['unconfigured', 'unconfigured']);
  });
});

describe('when a bot may speak in Slack', () => {
  const withBot = withFeatures({ with_slack_channel_on_alerts: 'C0ALERTS' });

  async function tellWithBot(): Promise<Story> {
    const story = await tell([aReleasedAccount()], { settings: withBot });
    await secret(story, 'SlackBotToken', 'xoxb-very-secret');
    return story;
  }

  it('posts in the channel of the settings, or in the one that an event names', async () => {
    const story = await tellWithBot();

    await raise(story, 'GenericException', { account: alice, title: 'Too much', message: 'm' });
    await raise(story, 'MessageToSlack', { Subject: 'Hi', Message: 'all', Channel: 'C1' });

    expect(slackPosts(story)).toMatchObject([
      { by: 'chat.postMessage', channel: 'C0ALERTS', text: 'Too much' },
      { by: 'chat.postMessage', channel: 'C1', text: 'Hi' },
    ]);
    expect(JSON.stringify(story.log)).not.toContain('very-secret');
  });

  it('changes a message', async () => {
    const story = await tellWithBot();

    await raise(story, 'UpdateToSlack', { Subject: 'Hi', Message: 'all', Timestamp: '1700.1' });

    expect(slackPosts(story)).toMatchObject([
      { by: 'chat.update', channel: 'C0ALERTS', ts: '1700.1', text: 'Hi' },
    ]);
  });

  it('shows a file', async () => {
    const story = await tellWithBot();

    await raise(story, 'UploadToSlack', { Name: 'log.txt', Content: 'line 1\nline 2 é', Message: 'See' });

    expect(slackPosts(story)).toMatchObject([
      { by: 'files.getUploadURLExternal', filename: 'log.txt', length: '16' },
      { by: 'webhook' },
      {
        by: 'files.completeUploadExternal',
        channel_id: 'C0ALERTS',
        files: [{ id: 'F00000001', title: 'log.txt' }],
        initial_comment: 'See',
      },
    ]);
    expect(story.inbox.posted[1]).toMatchObject({ host: 'files.slack.com', content: 'line 1\nline 2 é' });
  });
});

describe('when something happens in Slack', () => {
  const signingSecret = 'signing-very-secret';

  const happened = (event: object, id = 'Ev1') =>
    JSON.stringify({ type: 'event_callback', event_id: id, team_id: 'T0', event });
  const hello = { type: 'message', channel: 'C1', user: 'U1', text: 'Hello', ts: '1700.1' };

  async function tellWithSecret(): Promise<Story> {
    const story = await tell([]);
    await secret(story, 'SlackSigningSecret', signingSecret);
    return story;
  }

  interface Sending {
    readonly key: string;
    readonly method: string;
    /** Seconds by which the request is old. */
    readonly age: number;
    readonly signature: string;
  }

  /** Sends a request to the address of the function, as Slack does. */
  async function send(story: Story, body: string, given: Partial<Sending> = {}) {
    const endpoints = await story
      .clients()
      .ssm.send(new GetParameterCommand({ Name: '/SpaTest/WebEndpoints' }));
    const url = new URL(
      (JSON.parse(endpoints.Parameter?.Value ?? '{}') as Record<string, string>)['FromSlack.WebEndpoint'] ??
        '',
    );
    const timestamp = String(Math.floor(story.cloud.clock.now() / 1000) - (given.age ?? 0));
    const signature = given.signature ?? slackSignature(body, timestamp, given.key ?? signingSecret);
    const answer = story.cloud.answer(
      {
        method: given.method ?? 'POST',
        path: url.pathname,
        query: new URLSearchParams(),
        headers: {
          'content-type': 'application/json',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
        },
        body: Buffer.from(body),
      },
      'client',
    );
    await story.settle();
    return answer;
  }

  it.each([
    [hello, 'MessageFromSlack', { Channel: 'C1', User: 'U1', Timestamp: '1700.1', Message: 'Hello' }],
    [
      { type: 'reaction_added', user: 'U1', reaction: 'eyes', item: { channel: 'C1', ts: '1700.1' } },
      'ReactionFromSlack',
      { Channel: 'C1', User: 'U1', Timestamp: '1700.1', Reaction: 'eyes', Action: 'added' },
    ],
    [
      { type: 'pin_removed', user: 'U1', channel_id: 'C1', item: { message: { ts: '1700.1' } } },
      'PinFromSlack',
      { Channel: 'C1', User: 'U1', Timestamp: '1700.1', Action: 'removed' },
    ],
    [
      { type: 'member_joined_channel', user: 'U1', channel: 'C1' },
      'MembershipFromSlack',
      { Channel: 'C1', User: 'U1', Action: 'joined' },
    ],
  ])('comes to the bus: %j', async (event, label, payload) => {
    const story = await tellWithSecret();

    const answer = await send(story, happened(event));

    expect(answer.status).toBe(200);
    expect(story.told).toEqual([
      {
        label,
        detail: {
          ContentType: 'application/json',
          Environment: 'SpaTest',
          Payload: { ...payload, Identifier: 'Ev1' },
        },
      },
    ]);
  });

  it('comes once, although Slack tells it again when in doubt', async () => {
    const story = await tellWithSecret();

    await send(story, happened(hello));
    const again = await send(story, happened(hello));

    expect(again.status).toBe(200);
    expect(story.told).toHaveLength(1);
  });

  it('answers the challenge by which Slack gets to know the address', async () => {
    const story = await tellWithSecret();

    const answer = await send(story, JSON.stringify({ type: 'url_verification', challenge: 'c1' }));

    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([200, 'c1']);
  });

  it.each([
    ['what bots say', happened({ ...hello, bot_id: 'B1' })],
    ['what is edited', happened({ ...hello, subtype: 'message_changed' })],
    ['another event', happened({ type: 'app_home_opened' })],
    ['no JSON', 'hello'],
    ['null', 'null'],
  ])('passes over %s', async (_, body) => {
    const story = await tellWithSecret();

    const answer = await send(story, body);

    expect(answer.status).toBe(200);
    expect(story.told).toEqual([]);
  });

  it.each<[string, Partial<Sending>]>([
    ['signed by somebody else', { key: 'other' }],
    ['not signed', { signature: '' }],
    ['signed in part', { signature: 'v0=' }],
    ['recorded six minutes ago', { age: 301 }],
    ['from the future', { age: -301 }],
    ['no POST', { method: 'GET' }],
  ])('is refused when it is %s', async (_, given) => {
    const story = await tellWithSecret();

    const answer = await send(story, happened(hello), given);

    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([403, 'Forbidden']);
    expect(story.told).toEqual([]);
  });

  it('is refused where nobody has given the signing secret', async () => {
    const story = await tell([]);

    const answer = await send(story, happened(hello), { key: '' });

    expect(answer.status).toBe(403);
    expect(story.told).toEqual([]);
  });
});
