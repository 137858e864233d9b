import { describe, expect, it } from 'vitest';
import { byHand } from '#events/schedule.ts';
import { defineFunction } from '#functions/define-function.ts';
import { functionEnvironmentOf } from '#infrastructure/deployment-of.ts';
import { costReports } from '#runtime/connectors/cost-reports.ts';
import { lambdaEntry } from '#runtime/lambda-entry.ts';
import { settingsOf } from '#tests/worlds.ts';

const linking = defineFunction({
  name: 'Linking',
  purpose: 'Tell where a file is found',
  whenItFails: 'nobody finds it',
  trigger: byHand,
  needs: ['costReports'],
  run: async (_, ports) => ({ outcome: ports.costReports.addressOf('report.csv') }),
});

describe('when a deployed function links to what people look at', () => {
  it.each([
    ['the console of AWS', {}, /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\//],
    [
      'the console that it is told',
      { CONSOLE_ADDRESS: 'http://localhost:4566' },
      /^http:\/\/localhost:4566\//,
    ],
  ])('leads to %s', async (_, told, address) => {
    const handler = lambdaEntry(
      linking,
      { costReports },
      { ...functionEnvironmentOf(settingsOf()), VERBOSITY: 'ERROR', ...told },
    );

    expect(await handler({})).toEqual({ outcome: expect.stringMatching(address) });
  });
});
