import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfig, type AwsAccess } from '#adapters/aws/access.ts';
import { createIncidentLog, incidentsTable } from '#adapters/incidents/incident-log.ts';
import { createParameterReader } from '#adapters/secrets/parameter-reader.ts';
import { putSecrets } from '#adapters/secrets/put-secrets.ts';
import { secretNames } from '#adapters/secrets/secret-names.ts';
import { caseFor, caseLastsInSeconds } from '#domain/incidents/case.ts';
import { exceptionFrom } from '#domain/incidents/exception.ts';
import { candidates, type Candidate } from './candidates.ts';

const environment = `Incidents${Date.now() % 1_000_000}`;

describe.each(candidates)('%s', (_, open) => {
  let candidate: Candidate;
  let access: AwsAccess;

  beforeAll(async () => {
    candidate = await open();
    access = candidate.access;
    await new DynamoDBClient(clientConfig(access)).send(
      new CreateTableCommand({
        TableName: `${environment}${incidentsTable}`,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'Identifier', KeyType: 'HASH' },
          { AttributeName: 'Order', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'Identifier', AttributeType: 'S' },
          { AttributeName: 'Order', AttributeType: 'S' },
        ],
      }),
    );
  });
  afterAll(() => candidate.close());

  describe('as a log of incidents', () => {
    const log = () => createIncidentLog(access, environment);
    const now = () => Math.floor(access.clock.now().getTime() / 1000);
    const fresh = (identity: string, openedAt = now()) =>
      caseFor(exceptionFrom('GenericException', { title: 't', message: 'm' }, identity), openedAt);

    it('gives a case to whoever comes first, and to all others the same', async () => {
      const claims = await Promise.all(
        ['a', 'b', 'c'].map((identity) => log().claim('one', fresh(identity))),
      );

      expect(new Set(claims.map(({ token }) => token)).size).toBe(1);
    });

    it('keeps the record of a case', async () => {
      const mine = await log().claim('two', fresh('a'));
      await log().keep('two', { ...mine, record: 'oi-1' });

      expect(await log().claim('two', fresh('b'))).toEqual({ ...mine, record: 'oi-1' });
    });

    it('gives a case away after a day', async () => {
      await log().claim('three', fresh('a', now() - caseLastsInSeconds - 1));
      const next = fresh('b');

      expect(await log().claim('three', next)).toEqual(next);
    });

    it('replaces a case that is closed once, and never keeps a record for another', async () => {
      const closed = await log().claim('four', fresh('a'));
      const [b, c] = [fresh('b'), fresh('c')];

      expect(await log().replace('four', closed, b)).toEqual(b);
      expect(await log().replace('four', closed, c)).toEqual(b);
      await log().keep('four', { ...closed, record: 'oi-1' });
      expect(await log().claim('four', c)).toEqual(b);
    });

    it('knows which deeds are done', async () => {
      await log().done('x');

      expect(await log().doneAmong(['x', 'y'])).toEqual(new Set(['x']));
    });
  });

  describe('as a keeper of secrets', () => {
    const put = (features: Parameters<typeof putSecrets>[2], key: string) =>
      putSecrets(new SSMClient(clientConfig(access)), environment, features, () => key);
    const read = (name: string) => createParameterReader(access, environment)(name);

    it('takes the webhooks of the settings, and one key for ever', async () => {
      await put({ microsoftWebhookOnAlerts: 'https://one', slackWebhookOnAlerts: undefined }, 'first key');
      await put(
        { microsoftWebhookOnAlerts: 'https://two', slackWebhookOnAlerts: 'https://three' },
        'second key',
      );
      await put({ microsoftWebhookOnAlerts: undefined, slackWebhookOnAlerts: undefined }, 'third key');

      expect(await read(secretNames.teamsWebhook)).toBe('https://two');
      expect(await read(secretNames.slackWebhook)).toBe('https://three');
      expect(await read(secretNames.downloadKey)).toBe('first key');
      expect(await read(secretNames.slackBotToken)).toBeUndefined();
    });
  });
});
