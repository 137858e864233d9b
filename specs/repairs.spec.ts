import { describe, expect, it } from 'vitest';
import { DisableRuleCommand, ListRulesCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { alice, aReleasedAccount, tell, type Story } from '#tests/worlds.ts';

const rule = 'SpaEventsRuleForCodebuild';

/** An account that has been through a whole cycle, and holds all that the system puts there. */
async function equipped(): Promise<Story> {
  const story = await tell([aReleasedAccount()]);
  await story.tag(alice, 'expired');
  await story.pass(5);
  expect(story.account(alice).state).toBe('released');
  return story;
}

describe('when the rule that tells of builds has been changed in an account', () => {
  it.each([
    [
      'switched off',
      (story: Story) => story.clients(alice).events.send(new DisableRuleCommand({ Name: rule })),
    ],
    [
      'given another pattern',
      (story: Story) =>
        story
          .clients(alice)
          .events.send(new PutRuleCommand({ Name: rule, EventPattern: '{"source":["x"]}' })),
    ],
  ])('is put right before the purge begins, although it was %s', async (_, change) => {
    const story = await equipped();
    await change(story);

    await story.tag(alice, 'expired');
    await story.pass(5);

    expect(story.account(alice).state).toBe('released');
    const { Rules = [] } = await story.clients(alice).events.send(new ListRulesCommand({ NamePrefix: rule }));
    expect(Rules).toMatchObject([{ State: 'ENABLED' }]);
  });
});

describe('when the roles of builds have been changed in an account', () => {
  it('puts them right before the build begins, and bothers nobody', async () => {
    const story = await equipped();
    const { iam } = story.clients(alice);
    const RoleName = 'SpaRoleForPurge';
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'SpaRoleForServerlessComputing',
        PolicyDocument: JSON.stringify(trust),
      }),
    );

    await story.tag(alice, 'expired');
    await story.pass(7);

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([]);
    await expect(iam.send(new GetRoleCommand({ RoleName }))).resolves.toBeDefined();
  });
});

describe('when builds are not heard of, since the role of rules may not speak any more', () => {
  it('looks after an hour, puts the role right, and hears the next build', async () => {
    const story = await equipped();
    await story
      .clients(alice)
      .iam.send(
        new DeleteRolePolicyCommand({ RoleName: 'SpaRoleForEvents', PolicyName: 'SpaPermissionToPutEvents' }),
      );

    await story.tag(alice, 'expired');
    await story.pass(70);

    expect(story.account(alice).state).toBe('released');
    expect(story.labels(alice).filter((label) => label.endsWith('Exception'))).toEqual([]);
  });
});
