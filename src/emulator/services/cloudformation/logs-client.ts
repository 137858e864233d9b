import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import { textOf } from '../../wire/json-protocol.ts';

/** Calls an operation of CloudWatch Logs, for which no SDK client is among our packages. Throws AwsError. */
export type LogsClient = (operation: string, input: object) => Promise<void>;

export function logsClient(
  platform: Pick<Platform, 'answer'>,
  region: string,
  accessKeyId: string,
): LogsClient {
  return async (operation, input) => {
    const { status, body } = await platform.answer(
      {
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `Logs_20140328.${operation}`,
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20000101/${region}/logs/aws4_request`,
        },
        body: Buffer.from(JSON.stringify(input)),
      },
      'client',
    );
    if (status < 300) return;
    const text = typeof body === 'string' ? body : textOf(body);
    const fault = JSON.parse(text) as { readonly __type?: string; readonly message?: string };
    throw new AwsError(fault.__type ?? 'InternalFailure', fault.message ?? '', status);
  };
}
