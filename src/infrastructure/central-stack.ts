import { DefaultStackSynthesizer, Stack, type App, type IStackSynthesizer } from 'aws-cdk-lib';
import { nameOf, type Plan } from './plan.ts';

/** A stack in the automation account, whose files CloudFormation takes from the bucket that `cdk bootstrap` made. */
export function createCentralStack(app: App, { deployment }: Plan, name: string, purpose: string): Stack {
  const { environment, account, region } = deployment;
  const synthesizer = new DefaultStackSynthesizer({
    bucketPrefix: `${environment}/`,
    generateBootstrapVersionRule: false,
  });
  return new Stack(app, nameOf(deployment, name), {
    env: { account, region },
    description: `Sustainable Personal Accounts, environment ${environment}: ${purpose}`,
    // The library's own types do not agree with exactOptionalPropertyTypes.
    synthesizer: synthesizer as IStackSynthesizer,
  });
}
