import { AwsError } from '../aws-error.ts';
import type { Quota } from './quota.ts';

/**
 * Throttling of the regional services that large fleets run into. AWS publishes the figures of Parameter Store's
 * reads; those of its writes and of the tagging API are common experience, with a burst of one second's worth.
 */
export const regionalQuotas: readonly Quota[] = [
  quota('ssm', ['GetParameter', 'GetParameters', 'GetParametersByPath'], 40, rateExceeded),
  quota('ssm', ['PutParameter'], 3, rateExceeded),
  quota('tagging', ['GetResources'], 15, throttled),
  quota('tagging', ['TagResources', 'UntagResources'], 5, throttled),
];

function quota(
  service: string,
  operations: readonly string[],
  perSecond: number,
  refusal: () => AwsError,
): Quota {
  return {
    service,
    operations,
    limits: [{ per: 'account and region', perSecond, burst: perSecond }],
    refusal,
  };
}

function rateExceeded() {
  return new AwsError('ThrottlingException', 'Rate exceeded');
}

/** The tagging API has a name of its own for it. */
function throttled() {
  return new AwsError(
    'ThrottledException',
    'The request failed because it exceeded the allowed frequency of submitted requests.',
  );
}
