import { describe, expect, it } from 'vitest';
import { policyOf } from '#infrastructure/grants.ts';
import { grantedBy, listed, ofType, systemOf } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

/** Actions for which AWS knows no resource: whoever grants them grants them on everything. */
const withoutResource = new Set([
  'ce:GetCostAndUsage',
  'ce:GetCostForecast',
  'events:ListRuleNamesByTarget',
  'events:ListRules',
  'organizations:ListAccounts',
  'ssm:CreateOpsItem',
  'tag:GetResources',
]);

const system = systemOf(
  await settingsFrom(`  role_name_to_manage_codebuild: SpaWorker
features: { with_cost_management_tag: cost-center }`),
);
const roles = ofType(system.resources, 'AWS::IAM::Role');
const granted = roles.flatMap((role) => grantedBy(role));

describe('permissions of all roles', () => {
  it('are on everything only where AWS knows no resource', () => {
    const onEverything = granted.filter(({ Resource }) => listed(Resource).includes('*'));
    const actions = onEverything.flatMap(({ Action }) => Action);

    expect(actions.filter((action) => !withoutResource.has(action))).toEqual([]);
    expect(actions).toContain('organizations:ListAccounts');
  });

  it('are named action by action', () => {
    expect(granted.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('come from no policy of AWS, which would bring what nobody needs', () => {
    expect(roles.filter(({ Properties }) => Properties['ManagedPolicyArns'] !== undefined)).toEqual([]);
  });

  it('hold the conditions of the grant, and no reason, which is for people', () => {
    const grant = {
      actions: ['iam:PassRole'],
      resources: ['arn:aws:iam::300000000000:role/SpaRoleForEvents'],
      reason: 'people read this',
      conditions: { StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' } },
    };

    expect(policyOf([grant]).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: grant.actions,
        Resource: grant.resources,
        Condition: grant.conditions,
      },
    ]);
  });

  it('fit into a role, which holds 10,240 characters of policies', () => {
    for (const { Properties } of roles)
      expect(JSON.stringify(Properties['Policies']).length).toBeLessThan(10_240);
  });
});
