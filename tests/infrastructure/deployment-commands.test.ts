import { describe, expect, it } from 'vitest';
import { deploy, type DeployOptions } from '#cli/deployment/deploy.ts';
import { destroy, type DestroyOptions } from '#cli/deployment/destroy.ts';
import { diff } from '#cli/deployment/diff.ts';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import { anAws } from './an-aws.ts';
import { settingsFileFrom } from './settings-from.ts';

const automation = '123456789012';
const management = '222222222222';
const items = 'accounts: [{ identifier: "300000000000" }]';

const options: DeployOptions & DestroyOptions = {
  settings: settingsFileFrom(items),
  output: 'build/never-written',
  identityCenterRegions: [],
  organization: undefined,
  yes: false,
  deleteData: false,
  json: false,
  environment: {},
};

describe('a deployment with the credentials of the automation account', () => {
  it('brings up the stacks of that account, for the organization in which it is', async () => {
    const aws = anAws({ account: automation });

    const outcome = await deploy(options, aws.surroundings);

    expect(outcome.exitStatus).toBe(0);
    expect([...aws.stacks.keys()]).toEqual(['SpaTestAutomation', 'SpaTestItems']);
    expect(aws.stacks.get('SpaTestAutomation')).toEqual([
      '--parameters=SpaTestAutomation:OrganizationId=o-a1b2c3d4e5',
    ]);
  });

  it('says whose credentials have to do the rest', async () => {
    const { stderr } = await deploy(options, anAws({ account: automation }).surroundings);

    expect(stderr).toContain(`credentials of account ${management}`);
  });

  it('puts secrets beside the stacks, and only there where they belong', async () => {
    const [central, other] = [anAws({ account: automation }), anAws({ account: management })];

    await deploy(options, central.surroundings);
    await deploy(options, other.surroundings);

    expect([central.secretsOf, other.secretsOf]).toEqual([['SpaTest'], []]);
  });

  it.each([true, false])('has changes of permissions approved by a person, unless told: %s', async (yes) => {
    const aws = anAws({ account: automation });

    await deploy({ ...options, yes }, aws.surroundings);

    expect(aws.approved).toBe(yes);
  });

  it('takes the organization that it is given before the one that AWS tells', async () => {
    const aws = anAws({ account: automation, organization: undefined });

    await deploy({ ...options, organization: 'o-given12345' }, aws.surroundings);

    expect(aws.stacks.get('SpaTestAutomation')?.join()).toContain('OrganizationId=o-given12345');
  });

  it('tells programs what it has done', async () => {
    const { stdout } = await deploy({ ...options, json: true }, anAws({ account: automation }).surroundings);

    expect(JSON.parse(stdout)).toMatchObject({ deployed: ['SpaTestAutomation', 'SpaTestItems'] });
  });

  it('that breaks off says how to go on', async () => {
    const { exitStatus, stderr } = await deploy(
      options,
      anAws({ account: automation, isBroken: true }).surroundings,
    );

    expect(exitStatus).toBe(1);
    expect(stderr).toContain('deploy again');
  });
});

describe('a deployment with the credentials of the management account', () => {
  it('brings up the stacks of that account, whatever AWS tells of organization and bootstrap', async () => {
    const aws = anAws({ account: management, organization: undefined, isBootstrapped: false });

    const outcome = await deploy(options, aws.surroundings);

    expect(outcome.exitStatus).toBe(0);
    expect([...aws.stacks.keys()]).toEqual(['SpaTestManagement', 'SpaTestManagement-eu-west-1']);
  });

  it('names the role that accounts outside of the listed units want, where Control Tower makes none', async () => {
    const settings = settingsFileFrom('  role_name_to_manage_codebuild: SpaWorker');
    const { stderr } = await deploy({ ...options, settings }, anAws({ account: management }).surroundings);

    expect(stderr).toContain('need role SpaWorker');
    expect(stderr).toContain('SpaTestMember.template.json');
  });
});

describe('a deployment that cannot come to a good end', () => {
  const refusals: readonly (readonly [string, Parameters<typeof anAws>[0], string])[] = [
    ['without credentials', { account: undefined }, 'AWS_PROFILE'],
    ['in a foreign account', { account: '999999999999' }, `automation account ${automation}`],
    ['without an organization', { account: automation, organization: undefined }, '--organization'],
    ['before the CDK is bootstrapped', { account: automation, isBootstrapped: false }, 'cdk bootstrap'],
    [
      'where another region has an environment of this name',
      {
        account: automation,
        roles: { SpaTestCheckHealth: 'Taken by a function of SpaTest in us-east-1' },
      },
      'another environment_identifier',
    ],
    [
      'where the management role was made by hand',
      { account: management, roles: { SpaManagement: '' } },
      'role_arn_to_manage_accounts',
    ],
    [
      'where the management role belongs to another system',
      {
        account: management,
        roles: { SpaManagement: 'Lets environment SpaTest of account 444444444444 manage accounts' },
      },
      '444444444444',
    ],
  ];

  it.each(refusals)('%s is refused before anything changes', async (_, circumstances, remedy) => {
    const aws = anAws(circumstances);

    const { exitStatus, stderr } = await deploy(options, aws.surroundings);

    expect(exitStatus).toBe(1);
    expect(stderr).toContain(remedy);
    expect(stderr).toContain('Nothing has been changed.');
    expect(aws.stacks.size).toBe(0);
  });

  it('goes through where the roles are those that it has made before', async () => {
    const central = anAws({
      account: automation,
      roles: { SpaTestCheckHealth: 'Taken by a function of SpaTest in eu-west-1' },
    });
    const other = anAws({
      account: management,
      roles: { SpaManagement: `Lets environment SpaTest of account ${automation} manage accounts` },
    });

    expect((await deploy(options, central.surroundings)).exitStatus).toBe(0);
    expect((await deploy(options, other.surroundings)).exitStatus).toBe(0);
  });

  it('tells what is wrong with the settings before it asks AWS anything', async () => {
    const wrong = {
      ...options,
      settings: settingsFileFrom('worker: { purge_buildspec_template_file: none.yaml }'),
    };

    await expect(deploy(wrong, anAws({ account: undefined }).surroundings)).rejects.toThrow(InvalidSettings);
  });

  it('is refused in a region that AWS does not have', async () => {
    const elsewhere = { ...options, environment: { AWS_REGION: 'eu-west-9' } };

    const { stderr } = await deploy(elsewhere, anAws({ account: automation }).surroundings);

    expect(stderr).toContain('"eu-west-9" is no region');
  });
});

describe('a comparison', () => {
  it('changes nothing', async () => {
    const aws = anAws({ account: automation });

    const { exitStatus, stdout } = await diff({ ...options, json: true }, aws.surroundings);

    expect(exitStatus).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ compared: ['SpaTestAutomation', 'SpaTestItems'] });
    expect(aws.stacks.size).toBe(0);
  });
});

describe('a destruction', () => {
  async function deployed() {
    const aws = anAws({ account: automation });
    await deploy(options, aws.surroundings);
    return aws;
  }

  it('deletes the stacks when a person has typed the name of the environment, and keeps data', async () => {
    const aws = await deployed();

    const { stderr } = await destroy(options, async () => 'SpaTest', aws.surroundings);

    expect(aws.stacks.size).toBe(0);
    expect(aws.deleted).toEqual([]);
    expect(stderr).toMatch(/Kept.*SpaTestShadowsTable.*spatest-reports-123456789012/);
  });

  it.each(['', 'yes', 'SpaBeta'])('leaves everything as it is on the answer "%s"', async (answer) => {
    const aws = await deployed();

    const { exitStatus } = await destroy(options, async () => answer, aws.surroundings);

    expect(exitStatus).toBe(1);
    expect(aws.stacks.size).toBe(2);
  });

  it('tells the person what goes for good', async () => {
    const aws = await deployed();
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'SpaTest';
    };

    await destroy({ ...options, deleteData: true }, ask, aws.surroundings);

    expect(questions.join()).toMatch(/Deleted for good.*SpaTestShadowsTable/);
    expect(aws.deleted.map(({ bucket }) => bucket)).toEqual(['spatest-reports-123456789012']);
  });

  it('asks nobody where it is told so, and is refused where there is nobody to ask', async () => {
    const [told, untold] = [await deployed(), await deployed()];

    const done = await destroy({ ...options, yes: true, json: true }, undefined, told.surroundings);
    const refused = await destroy(options, undefined, untold.surroundings);

    expect(JSON.parse(done.stdout)).toMatchObject({ destroyed: ['SpaTestAutomation', 'SpaTestItems'] });
    expect(refused.exitStatus).toBe(2);
    expect(untold.stacks.size).toBe(2);
  });

  it('keeps data when stacks could not be deleted', async () => {
    const aws = anAws({ account: automation, isBroken: true });

    const { exitStatus } = await destroy(
      { ...options, yes: true, deleteData: true },
      undefined,
      aws.surroundings,
    );

    expect(exitStatus).toBe(1);
    expect(aws.deleted).toEqual([]);
  });
});
