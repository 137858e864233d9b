/** An activity as it is on record: its payload, and when it was. */
export type ActivityRecord = Readonly<Record<string, unknown>>;

/** Activities by day, kept for a year or as long as the settings say. */
export interface ActivityStore {
  /** For each of them, false when it is on record already. */
  record(activities: readonly ActivityRecord[]): Promise<readonly boolean[]>;
  /** Activities of a day, YYYY-MM-DD, in the order of time, page by page: a day may have tens of thousands. */
  of(day: string): AsyncIterable<readonly ActivityRecord[]>;
}
