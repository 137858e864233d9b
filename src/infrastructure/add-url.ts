import type { Stack } from 'aws-cdk-lib';
import { CfnPermission, CfnUrl, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { webEndpoints } from '#adapters/attachments/web-endpoints.ts';
import { addParameter } from './add-settings.ts';
import type { Plan } from './plan.ts';

/** An address on the web, and the name under which scripts find it. */
export interface WebEndpoint {
  readonly name: string;
  readonly url: string;
}

/** A URL that is open to everybody: the function judges requests by their signature, before anything else. */
export function addUrl(stack: Stack, functionName: string, deployed: CfnFunction, name: string): WebEndpoint {
  const url = new CfnUrl(stack, `${functionName}Url`, {
    targetFunctionArn: deployed.attrArn,
    authType: 'NONE',
  });
  admitEverybody(stack, functionName, deployed);
  return { name, url: url.attrFunctionUrl };
}

/** AWS asks for two permissions: one for the URL, one for what stands behind it, on no other way than the URL. */
function admitEverybody(stack: Stack, functionName: string, deployed: CfnFunction): readonly CfnPermission[] {
  const common = { functionName: deployed.ref, principal: '*' };
  return [
    new CfnPermission(stack, `${functionName}UrlPermission`, {
      ...common,
      action: 'lambda:InvokeFunctionUrl',
      functionUrlAuthType: 'NONE',
    }),
    new CfnPermission(stack, `${functionName}InvokePermission`, {
      ...common,
      action: 'lambda:InvokeFunction',
      invokedViaFunctionUrl: true,
    }),
  ];
}

/** The parameter by which functions and scripts find the addresses. */
export function addWebEndpoints(stack: Stack, plan: Plan, endpoints: readonly WebEndpoint[]): void {
  if (endpoints.length === 0) return;
  const addresses = Object.fromEntries(endpoints.map(({ name, url }) => [name, url]));
  addParameter(stack, 'WebEndpointsParameter', plan.deployment, webEndpoints, stack.toJsonString(addresses));
}
