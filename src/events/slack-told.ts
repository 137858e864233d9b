import { slackHappening, type SlackHappening } from '#domain/chat/slack-event.ts';
import { parsedJson } from '#domain/parsed-json.ts';
import { textMember } from './shape.ts';

/** What a request of Slack's Events API says: a challenge to be answered, something that happened, or nothing of use. */
export type SlackTold =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'happening'; readonly happening: SlackHappening; readonly identifier: string }
  | { readonly kind: 'nothing'; readonly reason: string };

/** `body` is JSON, whose signature has been found good. */
export function slackTold(body: string): SlackTold {
  const told = parsedJson(body);
  const type = textMember(told, 'type');
  if (type === 'url_verification')
    return { kind: 'challenge', challenge: textMember(told, 'challenge') ?? '' };
  const identifier = textMember(told, 'event_id');
  if (type !== 'event_callback' || identifier === undefined)
    return { kind: 'nothing', reason: `a request of type ${type ?? '(none)'}` };
  const happening = slackHappening(membersOf(told));
  return happening
    ? { kind: 'happening', happening, identifier }
    : { kind: 'nothing', reason: `an event of type ${textMember(told, 'event', 'type') ?? '(none)'}` };
}

function membersOf(told: unknown) {
  const text = (...path: readonly string[]) => textMember(told, 'event', ...path);
  return {
    type: text('type'),
    subtype: text('subtype'),
    bot: text('bot_id'),
    user: text('user'),
    channel: text('channel') ?? text('channel_id') ?? text('item', 'channel'),
    text: text('text'),
    timestamp: text('ts') ?? text('item', 'ts') ?? text('item', 'message', 'ts'),
    thread: text('thread_ts'),
    reaction: text('reaction'),
  };
}
