/** What a workflow has done, in business words; it is the line that people find in the log. */
export type Outcome = string | ({ readonly outcome: string } & Readonly<Record<string, unknown>>);
