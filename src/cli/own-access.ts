import { setTimeout } from 'node:timers/promises';
import type { AwsAccess } from '#adapters/aws/access.ts';

/** AWS as the environment of the SDK leads to it: `AWS_PROFILE`, `AWS_ENDPOINT_URL`, … */
export const ownAccess = (region: string): AwsAccess => ({
  region,
  clock: { now: () => new Date(), sleep: (milliseconds) => setTimeout(milliseconds) },
});
