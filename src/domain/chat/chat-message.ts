/** What is said in a channel: a subject in plain text, and a message in markdown. */
export interface ChatMessage {
  readonly subject: string;
  readonly message: string;
}
