import type { Access, Call, Service } from '../../service.ts';
import { readName, type Functions } from './functions.ts';
import { mappingArn } from './mapping-operations.ts';

/** What invoking a function needs permission for. */
export function invocationAccess(
  functions: Functions,
  functionArn: string,
): Access & { readonly resource: string } {
  const lambda = functions.find(functionArn);
  return {
    resource: functionArn,
    resourcePolicy: lambda?.policy,
    owner: lambda?.account,
    context: { 'lambda:InvokedViaFunctionUrl': 'false' },
  };
}

interface NamedInput {
  readonly FunctionName?: string;
  readonly Resource?: string;
  readonly UUID?: string;
}

/** Permission is asked on the function that a call names; on mappings where that is what it names. */
export function lambdaAccess(functions: Functions): NonNullable<Service['access']> {
  const onFunction = (input: NamedInput, call: Call) =>
    invocationAccess(functions, readName(call, input.FunctionName ?? input.Resource).arn);
  const onMapping = ({ UUID = '' }: NamedInput, call: Call): Access => ({ resource: mappingArn(call, UUID) });
  return {
    Invoke: (input: NamedInput, call: Call) => ({
      ...onFunction(input, call),
      action: 'lambda:InvokeFunction',
    }),
    CreateEventSourceMapping: ({ FunctionName }: NamedInput, call: Call) => ({
      context: { 'lambda:FunctionArn': readName(call, FunctionName).arn },
    }),
    GetEventSourceMapping: onMapping,
    UpdateEventSourceMapping: onMapping,
    DeleteEventSourceMapping: onMapping,
    ...Object.fromEntries(onFunctions.map((operation) => [operation, onFunction])),
  };
}

const onFunctions = [
  'CreateFunction',
  'GetFunction',
  'GetFunctionConfiguration',
  'UpdateFunctionCode',
  'UpdateFunctionConfiguration',
  'DeleteFunction',
  'AddPermission',
  'RemovePermission',
  'GetPolicy',
  'PutFunctionConcurrency',
  'GetFunctionConcurrency',
  'DeleteFunctionConcurrency',
  'PutFunctionEventInvokeConfig',
  'GetFunctionEventInvokeConfig',
  'DeleteFunctionEventInvokeConfig',
  'TagResource',
  'UntagResource',
  'ListTags',
  'CreateFunctionUrlConfig',
  'GetFunctionUrlConfig',
  'DeleteFunctionUrlConfig',
];
