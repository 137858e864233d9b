import type { Door } from '../../door.ts';
import type { Platform } from '../../platform.ts';
import type { HttpRequest, HttpResponse } from '../../service.ts';
import type { Concurrency } from './concurrency.ts';
import type { Functions } from './functions.ts';
import type { InvocationOutcome, RunFunction } from './invocation.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** Where function URLs begin, behind the endpoint. */
export const functionUrlsPath = '/function-urls/';

const mostBodyBytes = 6 * 1024 * 1024;

/** Function URLs that are open to everybody: the function is invoked as over HTTP, and answers as it likes. */
export function functionUrlDoor(
  platform: Platform,
  functions: Functions,
  { concurrency, run }: { readonly concurrency: Concurrency; readonly run: RunFunction },
): Door {
  function mayInvoke(lambda: LambdaFunction): boolean {
    const anybody = { service: 'anybody', account: lambda.account };
    const asked = { resource: lambda.arn, resourcePolicy: lambda.policy, owner: lambda.account };
    const context = { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:InvokedViaFunctionUrl': 'true' };
    return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].every((action) =>
      platform.identity.allows(anybody, { ...asked, action, context }),
    );
  }

  async function invoke(lambda: LambdaFunction, id: string, request: HttpRequest): Promise<HttpResponse> {
    if (lambda.url?.authType !== 'NONE' || !mayInvoke(lambda)) return refusal(403, 'Forbidden');
    if (request.body.byteLength > mostBodyBytes) return refusal(413, 'Request Entity Too Large');
    const leave = concurrency.enter(lambda);
    if (!leave) return refusal(429, 'Rate Exceeded.');
    const requestId = platform.nextId();
    const payload = JSON.stringify(eventOf(request, id, requestId, platform.clock.now()));
    const outcome = await platform.clock.work((work) => run(lambda, payload, requestId, work));
    leave();
    return responseOf(outcome);
  }

  return (request) => {
    if (!request.path.startsWith(functionUrlsPath)) return undefined;
    const [id = ''] = request.path.slice(functionUrlsPath.length).split('/');
    const suffix = `${functionUrlsPath}${id}/`;
    const lambda = functions.all().find(({ url }) => url?.url.endsWith(suffix));
    return lambda && request.path.startsWith(suffix)
      ? invoke(lambda, id, { ...request, path: request.path.slice(suffix.length - 1) })
      : refusal(404, 'Not Found');
  };
}

/** Lambda's payload format 2.0. Bodies of text travel as they are, others in base64. */
function eventOf(
  { method, path, query, headers, body }: HttpRequest,
  id: string,
  requestId: string,
  now: number,
) {
  const isText = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded))/.test(
    headers['content-type'] ?? 'text/plain',
  );
  const parameters = [...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')] as const);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query.toString(),
    headers,
    ...(parameters.length > 0 ? { queryStringParameters: Object.fromEntries(parameters) } : {}),
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName: headers['host'] ?? '127.0.0.1',
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.byteLength > 0 ? { body: Buffer.from(body).toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.byteLength > 0 && !isText,
  };
}

interface FunctionResponse {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Of a function that fails, nobody outside learns more than that it does. */
function responseOf(outcome: InvocationOutcome): HttpResponse {
  if (outcome.kind !== 'success') return refusal(502, 'Internal Server Error');
  const value: unknown = JSON.parse(outcome.payload);
  const isResponse = typeof value === 'object' && value !== null && 'statusCode' in value;
  if (!isResponse)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: outcome.payload };
  const { statusCode, headers = {}, body = '', isBase64Encoded } = value as FunctionResponse;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status: Number(statusCode),
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, told]) => [name.toLowerCase(), String(told)]),
      ),
    },
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}

const refusal = (status: number, message: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ Message: message }),
});
