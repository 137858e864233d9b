import type { Case } from '#domain/incidents/case.ts';

/** What is remembered of exceptions, so that each is told once and those that belong together meet in one record. */
export interface IncidentLog {
  /** The case of that kind which is under way, or else the given one, which then is: whoever comes first. */
  claim(kind: string, fresh: Case): Promise<Case>;
  /** The given case takes the place of one whose record is closed, unless another has done so already. */
  replace(kind: string, closed: Case, fresh: Case): Promise<Case>;
  /** Keeps the record of a case. */
  keep(kind: string, opened: Case): Promise<void>;
  /** Which of these deeds are done; remembered for as long as dead letters live, two weeks. */
  doneAmong(deeds: readonly string[]): Promise<ReadonlySet<string>>;
  done(deed: string): Promise<void>;
}
