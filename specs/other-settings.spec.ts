import { describe, expect, it } from 'vitest';
import { BatchGetProjectsCommand, CodeBuildClient } from '@aws-sdk/client-codebuild';
import { TagResourceCommand } from '@aws-sdk/client-organizations';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import { alice, alphaUnit, anAccount, automation, management, settingsOf, tell } from '#tests/worlds.ts';

describe('when the settings have another region, environment, tag prefix, architecture and roles', () => {
  it('leads an account through its life by the names of these settings', async () => {
    const settings = settingsOf({
      environment_identifier: 'Acme-1',
      automation: {
        account_id: automation,
        region: 'us-east-1',
        role_arn_to_manage_accounts: `arn:aws:iam::${management}:role/path/of/Manager`,
        role_name_to_manage_codebuild: 'OrganizationAccountAccessRole',
      },
      features: { with_tag_prefix: 'acme:', with_arm_architecture: true },
      organizational_units: [{ identifier: alphaUnit, preparation: { feature: 'enabled' } }],
    });
    const story = await tell([anAccount()], { settings });
    const { organizations } = story.clients(management, 'us-east-1');

    const Tags = [{ Key: 'acme:state', Value: 'vanilla' }];
    await organizations.send(new TagResourceCommand({ ResourceId: alice, Tags }));
    await story.settle();

    expect(story.account(alice).tags).toEqual({
      'acme:state': 'released',
      'acme:holder': 'alice@example.com',
    });
    const codebuild = new CodeBuildClient({
      region: 'us-east-1',
      requestHandler: inProcessHandler(story.cloud, 'client'),
      credentials: { accessKeyId: administratorKey(alice), secretAccessKey: 'local' },
    });
    const names = ['SpaProjectForAccountPreparation'];
    const { projects = [] } = await codebuild.send(new BatchGetProjectsCommand({ names }));
    expect(projects[0]?.environment).toMatchObject({
      type: 'ARM_CONTAINER',
      environmentVariables: expect.arrayContaining([
        expect.objectContaining({ name: 'ENVIRONMENT_IDENTIFIER', value: 'Acme-1' }),
        expect.objectContaining({
          name: 'EVENT_BUS_ARN',
          value: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
        }),
      ]),
    });
  });
});

describe('when two environments live on one bus', () => {
  it('takes no notice of what the other one tells', async () => {
    const story = await tell([anAccount()]);
    const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const Detail = JSON.stringify({ Account: alice, Environment: 'Another' });

    await story.clients().events.send(
      new PutEventsCommand({
        Entries: ['CreatedAccount', 'ExpiredAccount', 'ReleasedAccount'].map((DetailType) => ({
          Source: 'SustainablePersonalAccounts',
          DetailType,
          Detail,
        })),
      }),
    );
    await story.pass(5);

    expect(story.account(alice).tags).toEqual({});
    expect(story.log.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });
});
