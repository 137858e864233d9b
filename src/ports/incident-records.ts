import type { Incident } from '#domain/incidents/incident.ts';

/** What has happened again. */
export interface Repeat {
  /** Names it: added twice under one token, it is there once. */
  readonly token: string;
  readonly at: Date;
  readonly title: string;
  readonly message: string;
}

/** Something that goes with a record, behind a link. */
export interface RelatedItem {
  readonly title: string;
  readonly url: string;
}

/** Where people find incidents and work on them: OpsCenter or Incident Manager. */
export interface IncidentRecords {
  /** Opens a record once for one token, however often it is called; gives its identifier. */
  open(incident: Incident, token: string): Promise<string>;
  /** Whether somebody has still to work on it; a record that is gone is not open. */
  isOpen(record: string): Promise<boolean>;
  add(record: string, repeat: Repeat): Promise<void>;
  /** One item for one title, however often it is called. */
  relate(record: string, item: RelatedItem): Promise<void>;
}
