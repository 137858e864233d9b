import type { AwsError } from '../../aws-error.ts';
import { notImplemented } from '../../aws-error.ts';
import type { HttpRequest, HttpResponse, Protocol } from '../../service.ts';
import { readJson, targetOf, writeJson, writeJsonError } from '../../wire/json-protocol.ts';
import { queryCodes } from './sqs-refusals.ts';

const contentType = 'application/x-amz-json-1.0';

/** JSON 1.0, with a header that tells older clients the error by its former name. */
export const sqsProtocol: Protocol = {
  kind: 'custom',
  read(http: HttpRequest) {
    const target = targetOf(http);
    if (!target) throw notImplemented('sqs', 'a request without the header X-Amz-Target');
    return { operation: target.operation, input: readJson(http.body) };
  },
  write: (output): HttpResponse => writeJson(output ?? {}, contentType),
  writeError(error: AwsError): HttpResponse {
    const response = writeJsonError(error, contentType);
    const fault = error.status < 500 ? 'Sender' : 'Receiver';
    const code = queryCodes.get(error.code) ?? error.code;
    return { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${code};${fault}` } };
  },
};
