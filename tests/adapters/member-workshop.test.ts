import { BatchGetProjectsCommand, CodeBuildClient, UpdateProjectCommand } from '@aws-sdk/client-codebuild';
import { ListTargetsByRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteTopicCommand, GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { clientConfig } from '#adapters/aws/access.ts';
import { createMemberWorkshop } from '#adapters/workshop/member-workshop.ts';
import { equipmentForPreparation, equipmentForPurge, type Order } from '#domain/equipment.ts';
import { projects, type Phase } from '#domain/lifecycle.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { clientsOf } from '#local/account-clients.ts';
import { BuildRoleRefused } from '#ports/workshop.ts';
import { alice, automation, management, openAccess } from './support-access.ts';

const region = 'eu-west-1';
const busArn = `arn:aws:events:${region}:${automation}:event-bus/default`;
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const roleOf = {
  preparation: 'SpaRoleForServerlessComputing',
  purge: 'SpaRoleForPurge',
} as const satisfies Record<Phase, string>;

const usual: Order = {
  account: {
    id: alice,
    arn: '',
    name: 'Alice',
    email: 'alice@example.com',
    isActive: true,
    path: [],
    state: 'assigned',
    holder: 'alice@example.com',
    tags: {},
  },
  central: {
    environment: 'SpaTest',
    automationAccount: automation,
    region,
    busArn,
    alertQueueArn: `arn:aws:sqs:${region}:${automation}:SpaTestAlerts`,
    architecture: 'intel',
  },
  buildspec: 'version: 0.2',
  variables: {},
  asAdministrator: false,
};

/** An account in which nothing has been put yet, and who works there. */
function openWorkshop() {
  const opened = openAccess();
  const { cloud, access } = opened;
  const credentials = { accessKeyId: administratorKey(alice), secretAccessKey: 'local' };
  const member = { ...access, credentials };
  const sessions = { management: async () => access, member: async () => member };
  const workshop = createMemberWorkshop(access, sessions, automation);
  const clients = clientsOf(cloud, alice, region);
  const codebuild = new CodeBuildClient(clientConfig(member));

  /** Puts there what a phase needs, and gives the names of the calls that it took. */
  async function equip(phase: Phase, given: Partial<Order> = {}, thoroughly = false) {
    const order = { ...usual, ...given };
    const equipment =
      phase === 'preparation' ? equipmentForPreparation(order) : equipmentForPurge(order, [management]);
    opened.callsSince();
    await workshop.equip(alice, equipment, { thoroughly });
    return opened.callsSince();
  }

  const attached = async (phase: Phase) => {
    const { AttachedPolicies = [] } = await clients.iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName: roleOf[phase] }),
    );
    return AttachedPolicies.map(({ PolicyArn = '' }) => PolicyArn);
  };

  const project = async (phase: Phase) => {
    const names = [projects[phase]];
    return (await codebuild.send(new BatchGetProjectsCommand({ names }))).projects?.[0];
  };

  /** Credentials of a build, as CodeBuild gets them for a project. */
  const takeRole = (phase: Phase, by: Phase = phase) =>
    cloud.identity.assume(`arn:aws:iam::${alice}:role/${roleOf[phase]}`, 'AWSCodeBuild-1', {
      service: 'codebuild.amazonaws.com',
      account: alice,
      source: `arn:aws:codebuild:${region}:${alice}:project/${projects[by]}`,
    });

  const start = (phase: Phase) => workshop.start(alice, projects[phase], `token-${phase}`);
  return { ...opened, clients, codebuild, member, equip, attached, project, takeRole, start };
}

/** What a build of a preparation may do, in an account that is prepared with these variables. */
async function permissionsWith(variables: Readonly<Record<string, string>>) {
  const { cloud, equip, takeRole, pass } = openWorkshop();
  await equip('preparation', { variables });
  await pass(1);
  const build = cloud.identity.sessionOf(takeRole('preparation').accessKeyId);
  if (!build) throw new Error('nobody has taken the role');
  return (action: string, resource: string) => cloud.identity.allows(build, { action, resource });
}

describe('when an account is prepared', () => {
  it('lets the build see to its budget, its contacts and its passwords, and report', async () => {
    const may = await permissionsWith({});

    expect(may('budgets:ModifyBudget', `arn:aws:budgets::${alice}:budget/SpaBudget`)).toBe(true);
    expect(may('budgets:ModifyBudget', `arn:aws:budgets::${automation}:budget/SpaBudget`)).toBe(false);
    expect(may('account:PutAlternateContact', `arn:aws:account::${alice}:account`)).toBe(true);
    expect(may('iam:UpdateAccountPasswordPolicy', '*')).toBe(true);
    expect(may('events:PutEvents', busArn)).toBe(true);
    expect(may('events:PutEvents', busArn.replace('default', 'other'))).toBe(false);
  });

  it('lets the build list budgets, create its own and set a contact, over the wire', async () => {
    const { cloud, equip, takeRole, pass } = openWorkshop();
    await equip('preparation');
    await pass(1);
    const { accessKeyId } = takeRole('preparation');
    const ask = async (service: string, path: string, operation: string, input: object) => {
      const scope = `Credential=${accessKeyId}/20261116/us-east-1/${service}/aws4_request`;
      const headers = {
        authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
        'x-amz-target': `AWSBudgetServiceGateway.${operation}`,
        'content-type': 'application/json',
      };
      const body = Buffer.from(JSON.stringify(input));
      const request = { method: 'POST', path, query: new URLSearchParams(), headers, body };
      return (await cloud.answer(request, 'client')).status;
    };
    const contact = { Name: 'A', Title: 'B', EmailAddress: 'a@example.com', PhoneNumber: '1' };

    const statuses = [
      await ask('budgets', '/', 'DescribeBudgets', { AccountId: alice }),
      await ask('budgets', '/', 'CreateBudget', { AccountId: alice, Budget: { BudgetName: 'SpaBudget' } }),
      await ask('account', '/putAlternateContact', '', { ...contact, AlternateContactType: 'BILLING' }),
      await ask('account', '/getAlternateContact', '', { AlternateContactType: 'BILLING' }),
    ];

    expect(statuses).toEqual([200, 200, 200, 403]);
  });

  it('lets the build do nothing else', async () => {
    const { equip, takeRole, attached, pass, member } = openWorkshop();

    await equip('preparation');
    await pass(1);

    const iam = new IAMClient(clientConfig({ ...member, credentials: takeRole('preparation') }));
    const role = { RoleName: 'Intruder', AssumeRolePolicyDocument: '{}' };
    await expect(iam.send(new CreateRoleCommand(role))).rejects.toThrow(/not authorized.*iam:CreateRole/);
    expect(await attached('preparation')).toEqual([]);
    const may = await permissionsWith({});
    expect(may('iam:CreateUser', `arn:aws:iam::${alice}:user/intruder`)).toBe(false);
    expect(may('iam:PassRole', `arn:aws:iam::${alice}:role/${roleOf.preparation}`)).toBe(false);
    expect(may('ec2:StopInstances', `arn:aws:ec2:${region}:${alice}:instance/i-1`)).toBe(false);
  });

  it('lets the build make a schedule for instances where that is asked for, and remove it anywhere', async () => {
    const stack = `arn:aws:cloudformation:${region}:${alice}:stack/SpaStartStopEc2Instances/1`;
    const rule = `arn:aws:events:${region}:${alice}:rule/SpaStartStopEc2Instances-Start-1`;
    const [without, asked] = [
      await permissionsWith({ WITH_START_STOP_EC2_INSTANCES: 'disabled' }),
      await permissionsWith({ WITH_START_STOP_EC2_INSTANCES: 'enabled' }),
    ];

    expect([
      without('cloudformation:DeleteStack', stack),
      asked('cloudformation:DeleteStack', stack),
    ]).toEqual([true, true]);
    expect([without('events:PutRule', rule), asked('events:PutRule', rule)]).toEqual([false, true]);
    expect(asked('events:PutRule', rule.replace('SpaStart', 'Start'))).toBe(false);
    expect(asked('ec2:StopInstances', `arn:aws:ec2:${region}:${alice}:instance/i-1`)).toBe(true);
  });

  it('lends auditors what they read, as long as Prowler is asked for', async () => {
    const { equip, attached } = openWorkshop();

    await equip('preparation', { variables: { WITH_PROWLER: 'enabled' } });
    const during = await attached('preparation');
    await equip('preparation', { variables: { WITH_PROWLER: 'disabled' } });

    expect(during.map((arn) => arn.split('/').at(-1))).toEqual(['SecurityAudit', 'ViewOnlyAccess']);
    expect(await attached('preparation')).toEqual([]);
  });

  it('makes the build an administrator as long as the settings ask for it', async () => {
    const { equip, attached } = openWorkshop();

    await equip('preparation', { asAdministrator: true });
    const during = await attached('preparation');
    await equip('preparation');

    expect(during).toEqual([administrator]);
    expect(await attached('preparation')).toEqual([]);
  });
});

describe('when an account is purged', () => {
  it('lends an administrator to the project of purges, and to nobody else', async () => {
    const { equip, attached, project, takeRole, pass } = openWorkshop();

    await equip('purge');
    await pass(1);

    expect(await attached('purge')).toEqual([administrator]);
    expect((await project('purge'))?.serviceRole).toBe(`arn:aws:iam::${alice}:role/SpaRoleForPurge`);
    expect(takeRole('purge').accessKeyId).toMatch(/^ASIA/);
    expect(() => takeRole('purge', 'preparation')).toThrow(/not authorized/);
  });
});

describe('when an earlier version has equipped an account', () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  });
  const reading = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  });

  /** One role for both projects, an administrator, to which people have added what they liked. */
  async function openEquipped() {
    const opened = openWorkshop();
    const { iam } = opened.clients;
    const RoleName = roleOf.preparation;
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administrator }));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'Theirs', PolicyDocument: reading }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Theirs', PolicyDocument: reading }));
    await opened.equip('purge');
    const { serviceRole = '' } = (await opened.project('purge')) ?? {};
    const old = serviceRole.replace(roleOf.purge, roleOf.preparation);
    await opened.codebuild.send(
      new UpdateProjectCommand({
        name: projects.purge,
        serviceRole: old,
        tags: [{ key: 'team', value: 'blue' }],
      }),
    );
    return opened;
  }

  it('takes the administrator away from preparations, and nothing of what people have added', async () => {
    const { equip, attached, clients } = await openEquipped();

    await equip('preparation');

    expect(await attached('preparation')).toEqual([`arn:aws:iam::${alice}:policy/Theirs`]);
    const RoleName = roleOf.preparation;
    const { PolicyNames } = await clients.iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).toEqual(['SpaPermissionToPrepare', 'Theirs']);
  });

  it('gives purges the role of their own, and leaves to the project the tags that people have put there', async () => {
    const { equip, project } = await openEquipped();

    await equip('purge');

    const { serviceRole, tags } = (await project('purge')) ?? {};
    expect(serviceRole).toBe(`arn:aws:iam::${alice}:role/SpaRoleForPurge`);
    expect(tags).toContainEqual({ key: 'team', value: 'blue' });
    expect(tags).toContainEqual({ key: 'origin', value: 'SustainablePersonalAccounts' });
  });
});

describe('when all is as it should be', () => {
  it('takes two looks before a purge, and four before a preparation', async () => {
    const { equip } = openWorkshop();
    await equip('purge');
    await equip('preparation');

    expect(await equip('purge')).toEqual(['codebuild.BatchGetProjects', 'events.ListRules']);
    expect(await equip('preparation')).toEqual([
      'codebuild.BatchGetProjects',
      'events.ListRules',
      'events.ListRuleNamesByTarget',
      'sns.GetTopicAttributes',
    ]);
  });

  it('believes no mark when it is done thoroughly', async () => {
    const { equip, clients } = openWorkshop();
    await equip('preparation');
    const gone = { RoleName: roleOf.preparation, PolicyName: 'SpaPermissionToPrepare' };
    await clients.iam.send(new DeleteRolePolicyCommand(gone));

    await equip('preparation', {}, true);

    const { PolicyNames } = await clients.iam.send(
      new ListRolePoliciesCommand({ RoleName: roleOf.preparation }),
    );
    expect(PolicyNames).toEqual(['SpaPermissionToPrepare']);
  });
});

describe('when somebody has changed what is in an account', () => {
  it('puts back the target of the rule for logins, of which no build would tell', async () => {
    const { equip, clients } = openWorkshop();
    await equip('preparation');
    const Rule = 'SpaEventsRuleForConsoleLogin';
    await clients.events.send(new RemoveTargetsCommand({ Rule, Ids: ['SpaPhoneHome'] }));

    await equip('preparation');

    const { Targets } = await clients.events.send(new ListTargetsByRuleCommand({ Rule }));
    expect(Targets).toMatchObject([{ Id: 'SpaPhoneHome', Arn: busArn }]);
  });

  it('puts back the topic', async () => {
    const { equip, clients } = openWorkshop();
    await equip('preparation');
    const TopicArn = `arn:aws:sns:${region}:${alice}:SpaAlertTopic`;
    await clients.sns.send(new DeleteTopicCommand({ TopicArn }));

    await equip('preparation');

    const { Attributes } = await clients.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes?.['SubscriptionsConfirmed']).toBe('1');
  });

  it.each([
    ['and no build starts', usual.variables],
    ['and the project is to change as well', { BUDGET_AMOUNT: '300' }],
  ])('says that the role is gone, %s, until it is put back', async (_, variables) => {
    const { equip, start, clients, pass } = openWorkshop();
    await equip('preparation');
    const RoleName = roleOf.preparation;
    await clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'SpaPermissionToPrepare' }));
    await clients.iam.send(new DeleteRoleCommand({ RoleName }));
    await pass(1);

    const begin = async (thoroughly: boolean) => {
      await equip('preparation', { variables }, thoroughly);
      return start('preparation');
    };

    await expect(begin(false)).rejects.toThrow(BuildRoleRefused);
    expect(await begin(true)).toContain(`build/${projects.preparation}`);
  });
});
