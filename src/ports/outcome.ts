/** What goes back to whoever has sent a request over the web. It is told to them, and never to the log. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a workflow has done, in business words; it is the line that people find in the log, without its answer. */
export type Outcome =
  string | ({ readonly outcome: string; readonly answer?: WebAnswer } & Readonly<Record<string, unknown>>);
