/** What happens in Slack, in the words of our own events. */
export interface SlackHappening {
  readonly label: 'MessageFromSlack' | 'PinFromSlack' | 'ReactionFromSlack' | 'MembershipFromSlack';
  readonly payload: Readonly<Record<string, string>>;
}

/** The members of a Slack event that matter; everything else is left behind. */
export interface SlackEventMembers {
  readonly type: string | undefined;
  readonly subtype: string | undefined;
  readonly bot: string | undefined;
  readonly user: string | undefined;
  readonly channel: string | undefined;
  readonly text: string | undefined;
  /** Time stamps name messages. */
  readonly timestamp: string | undefined;
  readonly thread: string | undefined;
  readonly reaction: string | undefined;
}

const actions: Readonly<Record<string, readonly [SlackHappening['label'], string]>> = {
  pin_added: ['PinFromSlack', 'added'],
  pin_removed: ['PinFromSlack', 'removed'],
  reaction_added: ['ReactionFromSlack', 'added'],
  reaction_removed: ['ReactionFromSlack', 'removed'],
  member_joined_channel: ['MembershipFromSlack', 'joined'],
  member_left_channel: ['MembershipFromSlack', 'left'],
};

/** Undefined for what nobody has asked for; what bots write, we among them, is never taken for a person's words. */
export function slackHappening(event: SlackEventMembers): SlackHappening | undefined {
  const { type = '', subtype, bot, text = '' } = event;
  if (type === 'message') {
    const isTold = bot === undefined && (subtype === undefined || subtype === 'file_share');
    return isTold
      ? { label: 'MessageFromSlack', payload: { ...whereAndWho(event), Message: text } }
      : undefined;
  }
  const known = Object.hasOwn(actions, type) ? actions[type] : undefined;
  if (!known) return undefined;
  const [label, Action] = known;
  return { label, payload: { ...whereAndWho(event), Action } };
}

function whereAndWho({ channel, user, timestamp, thread, reaction }: SlackEventMembers) {
  const told = { Channel: channel, User: user, Timestamp: timestamp, Thread: thread, Reaction: reaction };
  return Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
