import type { AwsError } from '../../aws-error.ts';
import type { HttpRequest, HttpResponse } from '../../service.ts';
import { content, writeXml, type XmlValue } from './xml.ts';

export type Headers = Readonly<Record<string, string>>;

/** An answer with a body in XML. */
export function xmlAnswer(name: string, value: XmlValue, headers: Headers = {}): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: writeXml(name, value),
  };
}

/** An answer that is all in its headers. */
export function emptyAnswer(status: 200 | 204 | 304 = 200, headers: Headers = {}): HttpResponse {
  return { status, headers, body: '' };
}

/** Members of errors that clients look for among the headers. */
const headerOfMember = new Map([
  ['Region', 'x-amz-bucket-region'],
  ['DeleteMarker', 'x-amz-delete-marker'],
  ['VersionId', 'x-amz-version-id'],
]);

/** A refusal in XML; those of HEAD have no body, so that clients know them by their status alone. */
export function errorAnswer(error: AwsError, http: HttpRequest, requestId: string): HttpResponse {
  const members = Object.entries(error.members).map(([name, value]) => [name, String(value)] as const);
  const headers = members.flatMap(([name, value]) => {
    const header = headerOfMember.get(name);
    return header ? [[header, value]] : [];
  });
  const body = content({
    Error: {
      Code: error.code,
      Message: error.message,
      ...Object.fromEntries(members),
      RequestId: requestId,
      HostId: 'local',
    },
  });
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', ...Object.fromEntries(headers) },
    body: http.method === 'HEAD' ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
