import { expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { accountId } from '#domain/account.ts';
import type { BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import { describeBuild, environmentOn, onMachine, runCommands } from '#tests/purge/build-machine.ts';
import { alice, anAccount, aWorld, tell } from '#tests/worlds.ts';

const settingsFile = fileURLToPath(new URL('../data/settings/settings.yaml', import.meta.url));

describeBuild('when settings of the predecessor name build specifications of their own', () => {
  it('runs these, with the variables that they know', async () => {
    const settings = await loadSettings(settingsFile, {});
    const world = aWorld([anAccount({ unit: 'ou-1234' })], {
      organization: { id: 'o-1', root: 'r-ab12', managementAccount: accountId('222222222222') },
      units: [{ id: 'ou-1234', name: 'Alpha Sandboxes', parent: 'r-ab12' }],
    });
    const built: { readonly run: BuildRun; readonly output: string }[] = [];
    const story = await tell([], {
      settings,
      world,
      async builds(run) {
        const { status, output } = await onMachine((home) =>
          runCommands(run.buildspec, home, environmentOn(home, run.environment)),
        );
        // The automation account is prepared too, since these settings list it.
        if (run.account === alice) built.push({ run, output });
        return status === 0 ? 'SUCCEEDED' : 'FAILED';
      },
    });

    await story.invoke('OnMaintenanceWindow');
    await story.settle();
    await story.invoke('OnMaintenanceWindow');

    expect(built.map(({ output }) => output)).toEqual([
      'prepare-account-from-git\n',
      'purge_account_with_awsweeper_template\n',
      'prepare-account-from-git\n',
    ]);
    const common = {
      ENVIRONMENT_IDENTIFIER: 'SpaDemo',
      EVENT_BUS_ARN: 'arn:aws:events:eu-west-1:123456789012:event-bus/default',
    };
    expect(built[0]?.run.environment).toEqual({
      ...common,
      TOPIC_ARN: `arn:aws:sns:eu-west-1:${alice}:SpaAlertTopic`,
      BUDGET_EMAIL: 'alice@example.com',
      ALERT_THRESHOLD: '80',
      BUDGET_AMOUNT: '500.0',
      BUDGET_NAME: 'DataTeamBudget',
      WITH_START_STOP_EC2_INSTANCES: 'disabled',
    });
    expect(built[1]?.run.environment).toMatchObject({
      ...common,
      MAXIMUM_AGE: '6M',
      PURGE_MODE: '--dry-run',
      TAG_KEY: 'purge',
      TAG_VALUE: 'me',
    });
  });
});
