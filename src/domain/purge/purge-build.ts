import { gzipSync } from 'node:zlib';
import type { AccountId } from '#domain/account.ts';
import type { Engine } from './engine.ts';
import { purgeEngine } from './engine.ts';
import { firstSeenListings } from './first-seen.ts';
import { protectedPattern } from './protection.ts';
import type { PurgeRequest } from './purge-configuration.ts';
import { configurationText, purgeConfiguration } from './purge-configuration.ts';
import type { PurgeVariableFault } from './purge-variables.ts';
import { describePurgeFaults } from './purge-variables.ts';
import { firstSeenTag } from './resource-types.ts';

/** Name of the variable that carries the instructions of a purge build: JSON, compressed with gzip, in base64. */
export const purgePlanVariable = 'PURGE_PLAN';

/** What a purge build is told beyond the variables that people write; empty texts for a pass that is not asked for. */
export interface PurgeInstructions {
  readonly account: string;
  /** Why nothing can be purged, on one line; empty when all is well. */
  readonly refused: string;
  readonly engine: Engine;
  readonly tag: string;
  readonly age: string;
  readonly regions: readonly string[];
  /** What no stamp is put on, as a pattern on ARNs. */
  readonly protected: string;
  readonly firstSeenTag: string;
  /** Service, operation, query and prefix of ARNs. */
  readonly firstSeen: readonly (readonly [string, string, string, string])[];
}

/** The instructions of one account's purge. Throws ProtectedAccount and NoProtectedAccount. */
export function purgeInstructions(request: PurgeRequest, engine: Engine = purgeEngine): PurgeInstructions {
  const { account, settings } = request;
  const { tag, age } = purgeConfiguration(request);
  return {
    account,
    refused: '',
    engine,
    tag: tag === undefined ? '' : configurationText(tag),
    age: age === undefined ? '' : configurationText(age),
    regions: settings.regions,
    protected: protectedPattern(settings.protectedResources),
    firstSeenTag,
    firstSeen: firstSeenListings(settings).map((one) => [
      one.service,
      one.operation,
      one.query,
      one.arnPrefix,
    ]),
  };
}

/** The instructions of a purge whose variables are wrong: the build reports why, and does nothing. */
export const refusal = (account: AccountId, faults: readonly PurgeVariableFault[]) => ({
  account,
  refused: describePurgeFaults(faults),
});

/** Variables to add to the purge project, after those of the settings; about 3 KB. */
export const purgeBuildVariables = (
  instructions: PurgeInstructions | ReturnType<typeof refusal>,
): Readonly<Record<string, string>> => ({
  [purgePlanVariable]: gzipSync(JSON.stringify(instructions)).toString('base64'),
});
