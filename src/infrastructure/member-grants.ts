import { attachablePolicies, roleNames } from '#domain/equipment-roles.ts';
import { phases, projects } from '#domain/lifecycle.ts';
import type { Grant } from './grants.ts';

const topic = 'SpaAlertTopic';
const rules = 'SpaEventsRuleFor*';

/** A member account, as its role sees it from inside. */
export interface MemberPlace {
  /** Number of the account, or a token that stands for it in a template. */
  readonly account: string;
  readonly region: string;
}

/**
 * What the system needs in a member account, to put there and keep right what it equips accounts with. The role may
 * give the role of purges its administrator policy, so whoever takes this role could become administrator: its trust matters.
 */
export function memberGrants({ account, region }: MemberPlace): readonly Grant[] {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  return [
    {
      actions: ['iam:CreateRole', 'iam:TagRole', 'iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy'],
      resources: Object.values(roleNames).map(role),
    },
    // What an earlier version gave to builds, or earlier settings asked for, is taken away.
    {
      actions: ['iam:ListAttachedRolePolicies'],
      resources: [role(roleNames.preparation)],
    },
    ...phases.map((phase) => ({
      actions: ['iam:AttachRolePolicy', ...(phase === 'preparation' ? ['iam:DetachRolePolicy'] : [])],
      resources: [role(roleNames[phase])],
      conditions: { ArnEquals: { 'iam:PolicyARN': attachablePolicies[phase] } },
    })),
    passing(
      phases.map((phase) => role(roleNames[phase])),
      'codebuild.amazonaws.com',
    ),
    passing([role(roleNames.events)], 'events.amazonaws.com'),
    {
      actions: ['events:ListRules', 'events:ListRuleNamesByTarget'],
      resources: ['*'],
      reason: 'AWS names no resource for these lists',
    },
    {
      actions: ['events:PutRule', 'events:PutTargets', 'events:TagResource'],
      resources: [arn('events', `rule/${rules}`)],
      reason: 'one name for all rules of the system, those to come included',
    },
    {
      actions: ['sns:GetTopicAttributes', 'sns:CreateTopic', 'sns:SetTopicAttributes', 'sns:TagResource'],
      resources: [arn('sns', topic)],
    },
    {
      actions: [
        'codebuild:BatchGetProjects',
        'codebuild:CreateProject',
        'codebuild:UpdateProject',
        'codebuild:StartBuild',
        'codebuild:ListBuildsForProject',
        'codebuild:BatchGetBuilds',
      ],
      resources: Object.values(projects).map((name) => arn('codebuild', `project/${name}`)),
    },
  ];
}

const passing = (roles: readonly string[], service: string): Grant => ({
  actions: ['iam:PassRole'],
  resources: roles,
  conditions: { StringEquals: { 'iam:PassedToService': service } },
});
