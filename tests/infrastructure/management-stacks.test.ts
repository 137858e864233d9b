import { describe, expect, it } from 'vitest';
import { grantedBy, systemOf, type Resource } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

const bus = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';
const settings = await settingsFrom();
const system = systemOf(settings, { identityCenterRegions: ['eu-central-1', 'us-east-1'] });
const management = system.resourcesOf('Management');
const role = management['ManagementRole'] as Resource;

describe('the role by which accounts are managed', () => {
  it('has the name and the path of its ARN in the settings', () => {
    expect(role.Properties).toMatchObject({ RoleName: 'SpaManagement', Path: '/central/' });
  });

  it('trusts the functions of this environment, and nothing else in the automation account', () => {
    expect(role.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { AWS: 'arn:aws:iam::123456789012:root' },
          Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/SpaTest/*' } },
        },
      ],
    });
    const functionRole = system.resourcesOf('Automation')['OnVanillaAccountRole'];
    expect(functionRole?.Properties).toMatchObject({
      Path: '/SpaTest/',
      RoleName: 'SpaTestOnVanillaAccount',
    });
  });

  it('may tag accounts, and neither units nor policies', () => {
    const tagging = grantedBy(role).filter(({ Action }) => Action.includes('organizations:TagResource'));

    expect(tagging).toMatchObject([{ Resource: ['arn:aws:organizations::*:account/*'] }]);
  });
});

describe('events of the organization', () => {
  it('are forwarded from us-east-1 to the bus of the automation account', () => {
    const { stack } = system.stacks.find(({ stack }) => stack.stackName === 'SpaTestManagement') ?? {};

    expect(stack?.region).toBe('us-east-1');
    expect(management['OrganizationEventsRule']?.Properties).toMatchObject({
      EventPattern: { source: ['aws.organizations'] },
      Targets: [{ Arn: bus, RoleArn: 'arn:aws:iam::222222222222:role/SpaTestOrganizationEvents' }],
    });
    expect(grantedBy(management['ForwardingRole'] as Resource)).toMatchObject([
      { Action: ['events:PutEvents'], Resource: [bus] },
    ]);
  });

  it('are not forwarded to the bus that has them already', async () => {
    const both = { ...settings.automation, accountId: settings.automation.managementAccount };
    const oneAccount = systemOf({ ...settings, automation: { ...both, region: 'us-east-1' } });

    expect(oneAccount.resourcesOf('Management')['OrganizationEventsRule']).toBeUndefined();
  });

  it('need no stack of their own where the bus is', () => {
    const { managementAccount: accountId } = settings.automation;
    const { stacks } = systemOf({ ...settings, automation: { ...settings.automation, accountId } });

    expect(stacks.map(({ stack }) => stack.stackName)).not.toContain('SpaTestManagement-eu-west-1');
  });
});

describe('console logins', () => {
  it('are forwarded from each region where people log in, once', () => {
    const forwarding = system.stacks
      .filter(({ place, stack }) => place === 'management' && stack.node.tryFindChild('ConsoleLoginsRule'))
      .map(({ stack }) => stack.region);

    expect(forwarding).toEqual(['us-east-1', 'eu-west-1', 'eu-central-1']);
  });
});

describe('the management account', () => {
  it('takes templates without any file beside them, so that nothing has to be bootstrapped there', () => {
    const manifest = system.app.synth();

    for (const { stack } of system.stacks.filter(({ place }) => place === 'management')) {
      expect(manifest.getStackByName(stack.stackName).assets).toEqual([]);
    }
  });

  it.each(['listed', 'unlisted'] as const)('rolls the member role out to units that are %s', async (are) => {
    const units = are === 'listed' ? 'organizational_units: [{ identifier: ou-1234 }]' : '';
    const own = systemOf(await settingsFrom(`  role_name_to_manage_codebuild: SpaWorker\n${units}`));
    const stackSet = own.resourcesOf('Management')['MemberRoles']?.Properties;

    if (are === 'unlisted') return expect(stackSet).toBeUndefined();
    expect(stackSet).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true },
      StackInstancesGroup: [
        { DeploymentTargets: { OrganizationalUnitIds: ['ou-1234'] }, Regions: ['eu-west-1'] },
      ],
    });
    const template: unknown = JSON.parse(String(stackSet?.['TemplateBody']));
    expect(template).toMatchObject({ Resources: own.resourcesOf('Member') });
  });

  it('leaves the role of Control Tower to Control Tower', async () => {
    const units = 'organizational_units: [{ identifier: ou-1234 }]';

    expect(systemOf(await settingsFrom(units)).resourcesOf('Management')['MemberRoles']).toBeUndefined();
  });
});
