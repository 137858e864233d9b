import type { Route } from '../../service.ts';

const functions = '/2015-03-31/functions';
const one = `${functions}/{FunctionName}`;
const mappings = '/2015-03-31/event-source-mappings';
const events = '/2019-09-25/functions/{FunctionName}/event-invoke-config';
const urls = '/2021-10-31/functions/{FunctionName}/url';

/** The REST API of Lambda: each group of operations has the date on which it came. */
export const lambdaRoutes: readonly Route[] = [
  { method: 'POST', path: functions, operation: 'CreateFunction', status: 201 },
  { method: 'GET', path: functions, operation: 'ListFunctions' },
  { method: 'GET', path: one, operation: 'GetFunction' },
  { method: 'DELETE', path: one, operation: 'DeleteFunction', status: 204 },
  { method: 'GET', path: `${one}/configuration`, operation: 'GetFunctionConfiguration' },
  { method: 'PUT', path: `${one}/configuration`, operation: 'UpdateFunctionConfiguration' },
  { method: 'PUT', path: `${one}/code`, operation: 'UpdateFunctionCode' },
  { method: 'POST', path: `${one}/invocations`, operation: 'Invoke', raw: true },
  { method: 'POST', path: `${one}/policy`, operation: 'AddPermission', status: 201 },
  { method: 'GET', path: `${one}/policy`, operation: 'GetPolicy' },
  { method: 'DELETE', path: `${one}/policy/{StatementId}`, operation: 'RemovePermission', status: 204 },
  {
    method: 'PUT',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    operation: 'PutFunctionConcurrency',
  },
  {
    method: 'GET',
    path: '/2019-09-30/functions/{FunctionName}/concurrency',
    operation: 'GetFunctionConcurrency',
  },
  {
    method: 'DELETE',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    operation: 'DeleteFunctionConcurrency',
    status: 204,
  },
  { method: 'PUT', path: events, operation: 'PutFunctionEventInvokeConfig' },
  { method: 'GET', path: events, operation: 'GetFunctionEventInvokeConfig' },
  { method: 'DELETE', path: events, operation: 'DeleteFunctionEventInvokeConfig', status: 204 },
  { method: 'POST', path: mappings, operation: 'CreateEventSourceMapping', status: 202 },
  { method: 'GET', path: mappings, operation: 'ListEventSourceMappings' },
  { method: 'GET', path: `${mappings}/{UUID}`, operation: 'GetEventSourceMapping' },
  { method: 'PUT', path: `${mappings}/{UUID}`, operation: 'UpdateEventSourceMapping', status: 202 },
  { method: 'DELETE', path: `${mappings}/{UUID}`, operation: 'DeleteEventSourceMapping', status: 202 },
  { method: 'POST', path: '/2017-03-31/tags/{Resource}', operation: 'TagResource', status: 204 },
  { method: 'GET', path: '/2017-03-31/tags/{Resource}', operation: 'ListTags' },
  { method: 'DELETE', path: '/2017-03-31/tags/{Resource}', operation: 'UntagResource', status: 204 },
  { method: 'POST', path: urls, operation: 'CreateFunctionUrlConfig', status: 201 },
  { method: 'GET', path: urls, operation: 'GetFunctionUrlConfig' },
  { method: 'DELETE', path: urls, operation: 'DeleteFunctionUrlConfig', status: 204 },
];
