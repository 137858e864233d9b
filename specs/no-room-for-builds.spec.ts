import { describe, expect, it } from 'vitest';
import { alice, anAccount, aReleasedAccount, settingsOf, tell, type Story } from '#tests/worlds.ts';
import { member } from '#events/shape.ts';

const linuxBuilds = 'L-9D07B6EF';
const armBuilds = 'L-5ED1D25B';

const allow = (story: Story, code: string, value: number) =>
  story.cloud.serviceQuotas.apply({ account: alice, region: 'eu-west-1', code, value });

const messages = (story: Story, label: string) =>
  story.told
    .filter((told) => told.label === label)
    .map(({ detail }) => String(member(detail, 'Payload', 'message')));

describe('when AWS lets no build run in a new account', () => {
  it('tells people so within minutes, with the request to make', async () => {
    const story = await tell([anAccount()]);
    allow(story, linuxBuilds, 0);

    await story.tag(alice, 'vanilla');
    await story.pass(6);

    const [message] = messages(story, 'FailedCodebuildException');
    expect(message).toContain('CodeBuild has no room for a build');
    expect(message).toContain(`increase of quota ${linuxBuilds}`);
  });

  it('leaves it to a person after three tries, none of them a fault of ours', async () => {
    const story = await tell([anAccount()]);
    allow(story, linuxBuilds, 0);

    await story.tag(alice, 'vanilla');
    await story.pass(60);

    expect(story.account(alice).state).toBe('assigned');
    expect(messages(story, 'FailedOnBoardingException')).toHaveLength(1);
    expect(story.log.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });

  it('prepares it, once the quota has been raised between two tries', async () => {
    const story = await tell([anAccount()]);
    allow(story, linuxBuilds, 0);
    await story.tag(alice, 'vanilla');
    await story.pass(6);

    allow(story, linuxBuilds, 1);
    await story.pass(30);

    expect(story.account(alice).state).toBe('released');
  });

  it('names the quota of the machines that are in use', async () => {
    const settings = settingsOf({ features: { with_arm_architecture: true } });
    const story = await tell([aReleasedAccount()], { settings });
    allow(story, armBuilds, 0);

    await story.tag(alice, 'expired');
    await story.pass(60);

    expect(messages(story, 'FailedMaintenanceException')[0]).toContain(armBuilds);
    expect(story.account(alice).state).toBe('assigned');
  });
});
