import type { LogsLocation } from '@aws-sdk/client-codebuild';
import type { BuildRecord } from './build-record.ts';

/** Where CloudWatch keeps what a build writes: group `/aws/codebuild/PROJECT` unless the project names another. */
export function logsOf({ id, account, region, project }: BuildRecord): LogsLocation {
  const wanted = project.logsConfig?.cloudWatchLogs;
  const uuid = id.slice(id.lastIndexOf(':') + 1);
  const groupName = wanted?.groupName ?? `/aws/codebuild/${project.name}`;
  const streamName = wanted?.streamName ? `${wanted.streamName}/${uuid}` : uuid;
  return {
    groupName,
    streamName,
    deepLink:
      `https://console.aws.amazon.com/cloudwatch/home?region=${region}` +
      `#logsV2:log-groups/log-group/${consoleText(groupName)}/log-events/${consoleText(streamName)}`,
    cloudWatchLogsArn: `arn:aws:logs:${region}:${account}:log-group:${groupName}:log-stream:${streamName}`,
    cloudWatchLogs: { ...wanted, status: wanted?.status ?? 'ENABLED' },
    s3Logs: { status: 'DISABLED', encryptionDisabled: false },
  };
}

/** The console escapes twice, and writes `$` for the percent sign. */
const consoleText = (text: string) => encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');
