import { slackText } from '#domain/chat/slack-text.ts';
import type { SlackChannel, SlackFile } from '#ports/chat.ts';
import type { AwsAccess } from '../aws/access.ts';
import { createParameterReader, type ReadParameter } from '../secrets/parameter-reader.ts';
import { secretNames } from '../secrets/secret-names.ts';
import { ChannelRefused, createChannelCalls, type CallChannel } from './call-channel.ts';
import type { SendWeb } from './send-web.ts';

const api = 'https://slack.com/api';

/** A bot that may speak in a channel. */
interface Bot {
  readonly token: string;
  readonly channel: string;
}

interface Answer {
  readonly ok?: boolean;
  readonly error?: string;
  readonly upload_url?: string;
  readonly file_id?: string;
}

/** Slack, by a bot where it has a token and a channel, else by an incoming webhook. */
export function createSlackApp(access: AwsAccess, environment: string, send: SendWeb): SlackChannel {
  const parameter = createParameterReader(access, environment);
  const call = createChannelCalls('Slack', send, access.clock);

  async function botFor(channel: string | undefined): Promise<Bot | undefined> {
    const token = channel && (await parameter(secretNames.slackBotToken));
    return token ? { token, channel } : undefined;
  }

  return {
    async post(message, channel) {
      const bot = await botFor(channel);
      if (!bot) return postByWebhook(parameter, call, slackText(message));
      await ask(call, bot, 'chat.postMessage', { channel: bot.channel, ...slackText(message) });
      return 'said';
    },
    async update(message, ts, channel) {
      const bot = await botFor(channel);
      if (!bot) return 'unconfigured';
      await ask(call, bot, 'chat.update', { channel: bot.channel, ts, ...slackText(message) });
      return 'said';
    },
    async upload(file, channel) {
      const bot = await botFor(channel);
      if (!bot) return 'unconfigured';
      await upload(call, bot, file);
      return 'said';
    },
  };
}

async function postByWebhook(parameter: ReadParameter, call: CallChannel, content: object) {
  const url = await parameter(secretNames.slackWebhook);
  if (!url) return 'unconfigured';
  await call({ url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });
  return 'said';
}

/** Slack answers 200 to what it refuses too, and says so in the body. Throws ChannelRefused. */
async function ask(call: CallChannel, { token }: Bot, method: string, content: object): Promise<Answer> {
  const { body } = await call({
    url: `${api}/${method}`,
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(content),
  });
  const answer = answerIn(body);
  if (!answer.ok) throw new ChannelRefused('Slack', `${method}: ${answer.error ?? 'no reason given'}`);
  return answer;
}

function answerIn(body: string): Answer {
  try {
    return (JSON.parse(body) ?? {}) as Answer;
  } catch {
    return { ok: false, error: 'an answer that is no JSON' };
  }
}

/** In three steps: a place to put the file, the file, and the channel that shows it. */
async function upload(call: CallChannel, bot: Bot, { name, content, comment }: SlackFile): Promise<void> {
  const form = new URLSearchParams({ filename: name, length: String(Buffer.byteLength(content)) });
  const { body } = await call({
    url: `${api}/files.getUploadURLExternal`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${bot.token}` },
    body: form.toString(),
  });
  const { ok, error, upload_url: url, file_id: id } = answerIn(body);
  if (!ok || !url || !id)
    throw new ChannelRefused('Slack', `files.getUploadURLExternal: ${error ?? 'no reason given'}`);
  await call({ url, headers: { 'content-type': 'application/octet-stream' }, body: content });
  await ask(call, bot, 'files.completeUploadExternal', {
    files: [{ id, title: name }],
    channel_id: bot.channel,
    ...(comment === '' ? {} : { initial_comment: comment }),
  });
}
