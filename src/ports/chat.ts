import type { ChatMessage } from '#domain/chat/chat-message.ts';

/** What became of something to be said: `unconfigured` where nobody has given the system a channel. */
export type Said = 'said' | 'unconfigured';

/** A channel of Microsoft Teams, by the webhook of a workflow. */
export interface TeamsChannel {
  post(message: ChatMessage): Promise<Said>;
}

/** Slack, by a bot where there is a token and a channel, and by an incoming webhook otherwise, which can only post. */
export interface SlackChannel {
  post(message: ChatMessage, channel: string | undefined): Promise<Said>;
  update(message: ChatMessage, timestamp: string, channel: string | undefined): Promise<Said>;
  upload(file: SlackFile, channel: string | undefined): Promise<Said>;
}

export interface SlackFile {
  readonly name: string;
  readonly content: string;
  /** Said with it. */
  readonly comment: string;
}

/** How requests of Slack are told from those of others. */
export interface SlackSeal {
  /** Undefined where nobody has given the system the signing secret of its app. */
  secret(): Promise<string | undefined>;
}
