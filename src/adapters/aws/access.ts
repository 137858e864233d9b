import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Clock } from '#ports/clock.ts';
import type { SendWeb } from '../chat/send-web.ts';
import type { FetchPage } from '../exchange-rates/fetch-page.ts';
import { patientRetries } from './patient-retries.ts';

/** How the adapters reach AWS: the SDK's own environment on Lambda, a handler in this process in the local cloud. */
export interface AwsAccess {
  readonly region: string;
  readonly clock: Clock;
  /** From 0 up to 1, for pauses between retries; chance itself unless given. */
  readonly random?: () => number;
  /** Told of each call that AWS has refused for being one too many. */
  readonly onThrottled?: () => void;
  /** What the local cloud decides for each client; anywhere else the SDK finds it in its environment. */
  readonly client?: ClientChoices;
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** How servers outside of AWS are reached: over the network unless given. */
  readonly sendWeb?: SendWeb;
  /** How pages of the web are read: over the network unless given. */
  readonly fetchPage?: FetchPage;
  /** Where people look at AWS: at its own console unless given. */
  readonly consoleAddress?: string;
}

export type ClientChoices = Pick<
  STSClientConfig,
  | 'requestHandler'
  | 'endpoint'
  | 'httpAuthSchemes'
  | 'logger'
  | 'useDualstackEndpoint'
  | 'useFipsEndpoint'
  | 'retryMode'
  | 'maxAttempts'
  | 'authSchemePreference'
  | 'userAgentAppId'
>;

/** What every client is made with: retries wait on the clock of the system, whichever that is. */
export function clientConfig(access: AwsAccess, region = access.region) {
  const { clock, random, onThrottled, client, credentials } = access;
  return {
    region,
    retryStrategy: patientRetries(clock, { random, onThrottled }),
    ...client,
    ...(credentials ? { credentials } : {}),
  };
}
