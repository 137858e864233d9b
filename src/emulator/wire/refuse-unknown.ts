import { AwsError } from '../aws-error.ts';
import type { HttpRequest, HttpResponse } from '../service.ts';
import { writeJsonError } from './json-protocol.ts';
import { element, writeQueryError } from './query-protocol.ts';

/** Refuses a request for a service that is not here, in the language in which its client most likely listens. */
export function refuseUnknown(
  http: HttpRequest,
  service: string | undefined,
  requestId: string,
): HttpResponse {
  const what =
    service === undefined ? 'requests that are not signed for a service' : `the service ${service}`;
  const error = new AwsError('NotImplemented', `The local cloud does not know ${what}`, 501);
  if (service === 'ec2') return writeEc2Error(error, requestId);
  const isForm = http.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm
    ? writeQueryError(error, `https://${service}.amazonaws.com/doc/`, requestId)
    : writeJsonError(error, 'application/x-amz-json-1.1');
}

/** EC2 wraps its errors otherwise than all other query services. */
function writeEc2Error({ code, message, status }: AwsError, requestId: string): HttpResponse {
  const body = element('Response', {
    Errors: { Error: { Code: code, Message: message } },
    RequestID: requestId,
  });
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
