import * as fc from 'fast-check';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { accountStates } from '#domain/account.ts';
import { projects } from '#domain/lifecycle.ts';
import { activityLabels, accountLabels, chatLabels, exceptionLabels } from '#events/system-event.ts';
import { functionsFor } from '#functions/catalogue.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import {
  alice,
  alphaUnit,
  aReleasedAccount,
  automation,
  bob,
  settingsOf,
  tell,
  type Story,
} from '#tests/worlds.ts';

const labels = [...accountLabels, ...activityLabels, ...exceptionLabels, ...chatLabels];

/** Texts that events hold, and texts that nobody has thought of. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(alice, bob, automation, '999999999999', '12', '') },
  { weight: 3, arbitrary: fc.constantFrom(...accountStates, ...labels, ...Object.values(projects)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'SpaTest',
      'SUCCEEDED',
      'FAILED',
      'account-state',
      alphaUnit,
      'ou-gone',
      'r-ab12',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'TagResource',
      'MoveAccount',
      'CreateAccountResult',
      'ConsoleLogin',
      'aws:sqs',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const names = fc.constantFrom(
  ...'account source detail detail-type eventName eventID requestParameters resourceId tags key value'.split(
    ' ',
  ),
  ...'accountId sourceParentId build-status build-id project-name Environment Account Payload Message'.split(
    ' ',
  ),
  ...'title message Records body eventSource serviceEventDetails createAccountStatus state'.split(' '),
  ...'from to date __proto__ constructor'.split(' '),
);

/** Any JSON, much of it in words that functions listen to. */
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    text,
    fc.constantFrom(null, true, 0, -1, 1e21),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.dictionary(names, tie('anything'), { maxKeys: 6 }),
  ),
}));

/** Events that are nearly right. */
const nearlyRight = fc
  .record({
    account: fc.oneof(text, anything),
    source: text,
    'detail-type': text,
    detail: fc.record({
      eventName: text,
      eventID: fc.oneof(text, anything),
      requestParameters: fc.record({
        resourceId: text,
        accountId: text,
        sourceParentId: text,
        tags: fc.array(fc.record({ key: text, value: text }), { maxLength: 2 }),
      }),
      'build-status': text,
      'build-id': fc.oneof(text, anything),
      'project-name': text,
      Account: text,
      Environment: fc.constantFrom('SpaTest', 'Another'),
      Payload: anything,
      Message: fc.oneof(text, anything),
    }),
  })
  .map((event): unknown => event);

const payload = fc.oneof(anything, nearlyRight).map((value) => JSON.stringify(value) ?? 'null');

/** Hands a payload to functions at once; gives what those said that failed. */
async function failuresOf(
  { cloud, settings, clients }: Story,
  functions: readonly FunctionDeclaration[],
  given: string,
): Promise<readonly string[]> {
  const { lambda } = clients();
  let answered = 0;
  const all = functions.map(async ({ name }) => {
    const FunctionName = `${settings.environment}${name}`;
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(given) }),
    );
    answered += 1;
    return FunctionError ? [`${name}: ${Buffer.from(Payload ?? []).toString()}`] : [];
  });
  do await cloud.clock.runUntilIdle();
  while (answered < all.length);
  return (await Promise.all(all)).flat();
}

describe('when functions are handed anything at all', () => {
  it.each([
    ['that are told of something', 25, (kind: string) => kind !== 'schedule'],
    ['that run whatever they are told', 3, (kind: string) => kind === 'schedule'],
  ])('none of those %s crashes: each ends with an outcome, or ignores it', async (_, numRuns, isMeant) => {
    const settings = settingsOf({ features: { with_cost_management_tag: 'cost-center' } });
    const accounts = [aReleasedAccount(), aReleasedAccount({ id: bob, email: 'bob@example.com' })];
    const story = await tell(accounts, { settings });
    const functions = functionsFor(settings).filter(({ trigger }) => isMeant(trigger.kind));

    await fc.assert(
      fc.asyncProperty(payload, async (given) => {
        expect(await failuresOf(story, functions, given)).toEqual([]);
      }),
      { numRuns, endOnFailure: true },
    );
  });
});
