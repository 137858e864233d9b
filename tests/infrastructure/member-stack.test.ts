import { describe, expect, it } from 'vitest';
import { grantedBy, systemOf, type Resource } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

const roleOf = async (more: string) =>
  systemOf(await settingsFrom(more)).resourcesOf('Member')['Role'] as Resource;
const own = await roleOf('  role_name_to_manage_codebuild: SpaWorker');

describe('the role of member accounts', () => {
  it('bears the name that the settings give to it', () => {
    expect(own.Properties['RoleName']).toBe('SpaWorker');
  });

  it('has a name of its own where the settings name that of Control Tower, which is not ours to make', async () => {
    expect((await roleOf('')).Properties['RoleName']).toBe('SpaRoleForAutomation');
  });

  it('trusts the management role alone', () => {
    expect(own.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { AWS: 'arn:aws:iam::222222222222:root' },
          Condition: {
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/central/SpaManagement' },
          },
        },
      ],
    });
  });

  it('bears the tag of all that the system puts in an account', () => {
    expect(own.Properties['Tags']).toEqual([{ Key: 'origin', Value: 'SustainablePersonalAccounts' }]);
  });

  it('gives roles to the services that take them, and to no other', () => {
    const passing = grantedBy(own).filter(({ Action }) => Action.includes('iam:PassRole'));

    expect(passing).toHaveLength(2);
    for (const { Condition } of passing) expect(Condition).toHaveProperty('StringEquals.iam:PassedToService');
  });

  it('gives and takes only the policies that builds have had, and only from roles of builds', () => {
    const about = grantedBy(own).filter(({ Action }) => /(At|De)tachRolePolicy/.test(String(Action)));
    const policies = about.map(({ Resource, Condition }) => [
      JSON.stringify(Resource).match(/Spa\w+/)?.[0],
      JSON.stringify(Condition).match(/arn:aws:iam::aws:policy/g)?.length,
    ]);

    expect(policies).toEqual([
      ['SpaRoleForServerlessComputing', 3],
      ['SpaRoleForPurge', 1],
    ]);
  });
});
