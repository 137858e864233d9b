/** A message for everybody who is subscribed. */
export interface Notice {
  readonly subject: string;
  readonly text: string;
}

/** The topic of exceptions: e-mail to the addresses of the settings. */
export interface NoticeBoard {
  publish(notice: Notice): Promise<void>;
}
