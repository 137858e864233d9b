import { projects } from '../lifecycle.ts';

/** Where a preparation works, and as whom. */
export interface PreparationPlace {
  readonly account: string;
  readonly region: string;
  /** The central bus, which hears of the report. */
  readonly busArn: string;
  readonly roleName: string;
}

type Variables = Readonly<Record<string, string>>;

/** Whether variables switch on a part of our build specification, in the way in which it reads them. */
export const asksFor = (
  variables: Variables,
  part: 'WITH_PROWLER' | 'WITH_START_STOP_EC2_INSTANCES',
): boolean => variables[part] === 'enabled';

/**
 * What our build specification does in an account, and nothing else. Each call that it gains has to be added here: until
 * then it is refused. What Prowler reads comes from managed policies of AWS.
 */
export function preparationPermissions(place: PreparationPlace, variables: Variables) {
  const { account, region, busArn } = place;
  const logs = `arn:aws:logs:${region}:${account}:log-group:/aws/codebuild/${projects.preparation}`;
  return [
    allow(['events:PutEvents'], busArn),
    allow(writingLogs, logs, `${logs}:*`),
    allow(['budgets:ViewBudget', 'budgets:ModifyBudget'], `arn:aws:budgets::${account}:budget/*`),
    // AWS knows no resource: there is one password policy.
    allow(['iam:UpdateAccountPasswordPolicy'], '*'),
    allow(['account:PutAlternateContact'], `arn:aws:account::${account}:account`),
    ...startStopPermissions(place, asksFor(variables, 'WITH_START_STOP_EC2_INSTANCES')),
  ];
}

const allow = (actions: readonly string[], ...resources: readonly string[]) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

const writingLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const stack = 'SpaStartStopEc2Instances';

/** CloudFormation makes and removes what is in the stack with the permissions of the build. */
const whatItTakes = {
  cloudformation: {
    toRemove: ['DeleteStack'],
    toMake: [
      'CreateChangeSet',
      'DescribeChangeSet',
      'DescribeStacks',
      'ExecuteChangeSet',
      'GetTemplateSummary',
      'TagResource',
    ],
  },
  lambda: {
    toRemove: ['DeleteFunction', 'GetFunction', 'GetPolicy', 'RemovePermission'],
    toMake: [
      'AddPermission',
      'CreateFunction',
      'GetFunctionCodeSigningConfig',
      'GetRuntimeManagementConfig',
      'ListTags',
      'TagResource',
      'UntagResource',
      'UpdateFunctionCode',
      'UpdateFunctionConfiguration',
    ],
  },
  events: {
    toRemove: ['DeleteRule', 'DescribeRule', 'ListTargetsByRule', 'RemoveTargets'],
    toMake: ['ListTagsForResource', 'PutRule', 'PutTargets', 'TagResource', 'UntagResource'],
  },
} as const;

/** A schedule that is not wanted any more is removed, wherever it was made. */
function startStopPermissions({ account, region, roleName }: PreparationPlace, isWanted: boolean) {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const on = (service: keyof typeof whatItTakes, resource: string) => {
    const { toRemove, toMake } = whatItTakes[service];
    const actions = [...toRemove, ...(isWanted ? toMake : [])];
    return allow(
      actions.map((action) => `${service}:${action}`),
      arn(service, resource),
    );
  };
  const everywhere = [
    on('cloudformation', `stack/${stack}/*`),
    on('lambda', `function:${stack}-*`),
    on('events', `rule/${stack}-*`),
  ];
  if (!isWanted) return everywhere;
  const role = `arn:aws:iam::${account}:role/${roleName}`;
  return [
    ...everywhere,
    {
      ...allow(['iam:PassRole'], role),
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
    // The function takes the same role. AWS knows no resource for lists of instances.
    allow(['ec2:DescribeInstances'], '*'),
    allow(['ec2:StartInstances', 'ec2:StopInstances'], arn('ec2', 'instance/*')),
    // Instances whose volumes are encrypted with a key of the holder do not start without.
    {
      ...allow(['kms:CreateGrant'], arn('kms', 'key/*')),
      Condition: {
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
        StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` },
      },
    },
    allow(writingLogs, arn('logs', `log-group:/aws/lambda/${stack}-*`)),
  ];
}
