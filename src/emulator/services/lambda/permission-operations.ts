import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '@aws-sdk/client-lambda';
import type { Call } from '../../service.ts';
import type { Functions } from './functions.ts';
import { policyFrom } from './lambda-function.ts';
import { conflict, invalidParameter, notFound } from './lambda-refusals.ts';

/** Who may invoke a function beside those whom their own policies let: services and other accounts. */
export function permissionOperations(functions: Functions) {
  return {
    AddPermission(input: AddPermissionRequest, call: Call): AddPermissionResponse {
      const lambda = functions.get(call, input.FunctionName, input.Qualifier);
      const { StatementId: id = '' } = input;
      if (lambda.statements.has(id))
        throw conflict(
          `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      const statement = statementFrom(input, lambda.arn);
      lambda.statements.set(id, statement);
      lambda.policy = policyFrom(lambda.statements);
      return { Statement: JSON.stringify(statement) };
    },
    RemovePermission({ FunctionName, StatementId = '', Qualifier }: RemovePermissionRequest, call: Call) {
      const lambda = functions.get(call, FunctionName, Qualifier);
      if (!lambda.statements.delete(StatementId))
        throw notFound(`Statement ${StatementId} is not found in resource policy.`);
      lambda.policy = policyFrom(lambda.statements);
    },
    GetPolicy({ FunctionName, Qualifier }: GetPolicyRequest, call: Call): GetPolicyResponse {
      const lambda = functions.get(call, FunctionName, Qualifier);
      const { policy } = lambda;
      if (policy === undefined) throw notFound('The resource you requested does not exist.');
      return { Policy: policy, RevisionId: lambda.settings.revision };
    },
  };
}

function statementFrom(input: AddPermissionRequest, functionArn: string) {
  const { StatementId: id = '', Action: action = '', Principal: principal = '' } = input;
  if (!/^[\w-]{1,100}$/.test(id)) throw invalidParameter(`The statement id (${id}) is not valid.`);
  if (!/^lambda:(\*|\w+)$/.test(action)) throw invalidParameter(`The action ${action} is not valid.`);
  const condition = conditionFrom(input);
  return {
    Sid: id,
    Effect: 'Allow',
    Principal: principalFrom(principal),
    Action: action,
    Resource: functionArn,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

function principalFrom(principal: string) {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (principal.startsWith('arn:aws:')) return { AWS: principal };
  if (/^[\w.-]+\.amazonaws\.com$/.test(principal)) return { Service: principal };
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
}

function conditionFrom(
  input: AddPermissionRequest,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const equal = textsOf({
    'AWS:SourceAccount': input.SourceAccount,
    'aws:PrincipalOrgID': input.PrincipalOrgID,
    'lambda:EventSourceToken': input.EventSourceToken,
    'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType,
  });
  const alike = textsOf({ 'AWS:SourceArn': input.SourceArn });
  const flags = textsOf({ 'lambda:InvokedViaFunctionUrl': input.InvokedViaFunctionUrl ? 'true' : undefined });
  return Object.fromEntries(
    Object.entries({ StringEquals: equal, ArnLike: alike, Bool: flags }).filter(
      ([, tests]) => Object.keys(tests).length > 0,
    ),
  );
}

function textsOf(tests: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(tests)) if (value !== undefined) texts[key] = value;
  return texts;
}
