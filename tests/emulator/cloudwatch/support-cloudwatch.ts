import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { createCloudWatch, type CloudWatch } from '#emulator/services/cloudwatch/create-cloudwatch.ts';
import { openSmallCloud } from '#tests/emulator/support-small-cloud.ts';

/** A cloud with CloudWatch in it, and a client of the automation account. */
export function openMetrics() {
  const opened: CloudWatch[] = [];
  const cloud = openSmallCloud((platform) => {
    const cloudwatch = createCloudWatch(platform);
    opened.push(cloudwatch);
    return [cloudwatch.service];
  });
  const [cloudwatch] = opened;
  if (!cloudwatch) throw new Error('CloudWatch has not been opened');
  return { ...cloud, cloudwatch, client: new CloudWatchClient(cloud.clientConfig()) };
}
