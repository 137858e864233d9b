import type { ProjectEnvironment, ProjectSource, Project } from '@aws-sdk/client-codebuild';
import type { AccountId } from '#domain/account.ts';
import type { Call } from '../../service.ts';
import type { BuildRecord } from './build-record.ts';
import type { Idempotency } from './idempotency.ts';
import { createIdempotency } from './idempotency.ts';

/** A project as it stands; an update puts another in its place. */
export interface StoredProject extends Project {
  readonly name: string;
  readonly arn: string;
  readonly source: ProjectSource;
  readonly environment: ProjectEnvironment;
  readonly serviceRole: string;
  readonly timeoutInMinutes: number;
  readonly queuedTimeoutInMinutes: number;
  readonly created: Date;
  readonly lastModified: Date;
}

/** CodeBuild in one account and region: nothing is shared between two of them. */
export interface Place {
  readonly account: AccountId;
  readonly region: string;
  readonly projects: Map<string, StoredProject>;
  /** Every build ever made, the oldest first; they outlive their project. */
  readonly builds: Map<string, BuildRecord>;
  /** Identifiers of the builds of a project, the oldest first. */
  readonly history: Map<string, string[]>;
  /** How many builds of a project are under way. */
  readonly active: Map<string, number>;
  readonly idempotency: Idempotency;
}

export type PlaceOf = (call: Pick<Call, 'account' | 'region'>) => Place;

export function createPlaces(now: () => number): PlaceOf {
  const places = new Map<string, Place>();
  return ({ account, region }) => {
    const key = `${account} ${region}`;
    const known = places.get(key);
    if (known) return known;
    const place: Place = {
      account,
      region,
      projects: new Map(),
      builds: new Map(),
      history: new Map(),
      active: new Map(),
      idempotency: createIdempotency(now),
    };
    places.set(key, place);
    return place;
  };
}
