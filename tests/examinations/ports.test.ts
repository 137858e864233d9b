import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfig, type AwsAccess } from '#adapters/aws/access.ts';
import { createSessions } from '#adapters/aws/sessions.ts';
import { createErrandQueues } from '#adapters/errands/errand-queues.ts';
import { createCentralBus } from '#adapters/event-bus/central-bus.ts';
import { createOrganizationDirectory } from '#adapters/organizations/organization-directory.ts';
import { createProgressTable } from '#adapters/progress/progress-table.ts';
import { createSettingsStore } from '#adapters/settings-store/settings-store.ts';
import { accountId, type AccountId } from '#domain/account.ts';
import type { Passage } from '#domain/lifecycle.ts';
import { candidates, type Candidate } from './candidates.ts';

const environment = `Exam${Date.now() % 1_000_000}`;

describe.each(candidates)('%s', (_, open) => {
  let candidate: Candidate;
  let access: AwsAccess;

  beforeAll(async () => {
    candidate = await open();
    access = candidate.access;
  });
  afterAll(() => candidate.close());

  describe('as a directory of accounts', () => {
    let unit: string;
    let zoe: AccountId;

    const directory = () => {
      const managementRoleArn = `arn:aws:iam::${candidate.managementAccount}:role/Management`;
      return createOrganizationDirectory(
        createSessions(access, { managementRoleArn, memberRoleName: 'Member' }),
        'account-',
      );
    };

    beforeAll(async () => {
      const organizations = new OrganizationsClient(clientConfig(access, 'us-east-1'));
      await organizations.send(new CreateOrganizationCommand({})).catch(() => undefined);
      const { Roots } = await organizations.send(new ListRootsCommand({}));
      const root = Roots?.[0]?.Id ?? '';
      const { OrganizationalUnit } = await organizations.send(
        new CreateOrganizationalUnitCommand({ ParentId: root, Name: environment }),
      );
      unit = OrganizationalUnit?.Id ?? '';
      zoe = await createAccount(organizations, `${environment.toLowerCase()}@example.com`);
      await organizations.send(
        new MoveAccountCommand({ AccountId: zoe, SourceParentId: root, DestinationParentId: unit }),
      );
    });

    it('finds an account with its name, its mail, its place and its tags', async () => {
      await directory().tag(zoe, { 'account-state': 'assigned', 'account-holder': 'zoe@example.com' });

      expect(await directory().find(zoe)).toMatchObject({
        id: zoe,
        name: 'Zoe',
        isActive: true,
        path: [unit],
        state: 'assigned',
        holder: 'zoe@example.com',
      });
    });

    it('knows nothing of an account that is not there', async () => {
      expect(await directory().find(accountId('999999999999'))).toBeUndefined();
    });

    it('writes tags beside those that are there, and removes what is named', async () => {
      await directory().tag(zoe, { a: '1', b: '2' });
      await directory().tag(zoe, { b: '3' });
      await directory().untag(zoe, ['a', 'never-there']);

      const tags = (await directory().find(zoe))?.tags;
      expect(tags).toMatchObject({ b: '3' });
      expect(tags).not.toHaveProperty('a');
    });

    it('lists every account in bulk', async () => {
      const all = await directory().list();

      expect(all.map(({ id }) => id)).toContain(zoe);
    });

    it('tells where a unit is', async () => {
      expect(await directory().pathOf(unit)).toEqual([unit]);
    });

    it('tells the names of units, and nothing of one that is gone', async () => {
      const gone = `${unit.slice(0, -2)}zz`;

      expect(await directory().unitNames([unit, gone, unit])).toEqual(new Map([[unit, environment]]));
    });
  });

  describe('as a memory of progress', () => {
    const store = () => createProgressTable(access, environment);
    const passage: Passage = {
      account: accountId('200000000000'),
      transaction: 'maintenance',
      phase: 'purge',
      status: 'begun',
      transition: 'one',
      tries: 1,
      due: 12,
    };

    beforeAll(async () => {
      await new DynamoDBClient(clientConfig(access)).send(
        new CreateTableCommand({
          TableName: `${environment}ProgressTable`,
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

    it('finds what has been saved, and nothing but the moment once the account has come to rest', async () => {
      expect(await store().lastTurn(passage.account)).toBeUndefined();
      await store().save({ ...passage, since: 10 });
      expect(await store().find(passage.account)).toEqual({ ...passage, since: 10 });
      expect(await store().lastTurn(passage.account)).toBe(10);

      expect(await store().rest(passage.account, 20.5)).toEqual({ ...passage, since: 10 });

      expect(await store().find(passage.account)).toBeUndefined();
      expect(await store().list()).toEqual([]);
      expect(await store().lastTurn(passage.account)).toBe(20.5);
      expect(await store().rest(passage.account, 30)).toBeUndefined();
    });

    it('notes what is new, and leaves what is there', async () => {
      await store().note(passage);
      await store().note({ ...passage, transition: 'two' });

      expect(await store().list()).toEqual([passage]);
    });

    it('knows an event from the moment that it is told of it', async () => {
      expect(await store().isKnown('event')).toBe(false);
      await store().know('event');

      expect(await store().isKnown('event')).toBe(true);
      expect(await store().list()).toHaveLength(1);
    });
  });

  describe('as a store of settings', () => {
    it('reads the object that the parameter names, and the build specification', async () => {
      const bucket = `${environment.toLowerCase()}-settings`;
      const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
      await s3.send(
        new CreateBucketCommand({
          Bucket: bucket,
          CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
        }),
      );
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'a b/é.json', Body: '{"tagPrefix":"account-"}' }),
      );
      const ssm = new SSMClient(clientConfig(access));
      const put = (name: string, Value: string) =>
        ssm.send(new PutParameterCommand({ Name: `/${environment}/${name}`, Value, Type: 'String' }));
      await put('Settings', JSON.stringify({ bucket, key: 'a b/é.json' }));
      await put('PurgeBuildspecTemplate', 'version: 0.2');

      const store = createSettingsStore(access, environment);

      expect(await store.book()).toEqual({ tagPrefix: 'account-' });
      expect(await store.buildspec('purge')).toBe('version: 0.2');
    });
  });

  describe('as a carrier of events and errands', () => {
    const sqs = () => new SQSClient({ ...clientConfig(access), useQueueUrlAsEndpoint: false });

    async function queue(name: string, attributes: Record<string, string> = {}): Promise<string> {
      const { QueueUrl } = await sqs().send(
        new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
      );
      return QueueUrl ?? '';
    }

    async function receive(QueueUrl: string): Promise<unknown[]> {
      const { Messages = [] } = await sqs().send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
      );
      return Messages.map(({ Body = 'null' }) => JSON.parse(Body) as unknown);
    }

    it('takes an event from the bus to the queue of a rule that wants it', async () => {
      const arn = `arn:aws:sqs:eu-west-1:123456789012:${environment}Events`;
      const statement = {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
      };
      const url = await queue(`${environment}Events`, {
        Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      });
      const events = new EventBridgeClient(clientConfig(access));
      const EventPattern = JSON.stringify({
        detail: { Environment: [environment], Account: [{ prefix: '2' }] },
      });
      await events.send(new PutRuleCommand({ Name: environment, EventPattern }));
      await events.send(new PutTargetsCommand({ Rule: environment, Targets: [{ Id: 'queue', Arn: arn }] }));

      const bus = createCentralBus(access, environment);
      await bus.put(
        { label: 'ReleasedAccount', account: accountId('300000000000') },
        { label: 'ReleasedAccount', account: accountId('200000000000') },
      );

      expect(await receive(url)).toMatchObject([
        {
          source: 'SustainablePersonalAccounts',
          'detail-type': 'ReleasedAccount',
          detail: { Account: '200000000000' },
        },
      ]);
    });

    it('leaves errands on their queues', async () => {
      const url = await queue(`${environment}StateChanges`);
      const errands = createErrandQueues(access, { environment, account: '123456789012' });

      await errands.changeStates([{ account: accountId('200000000000'), from: 'none', to: 'vanilla' }]);

      expect(await receive(url)).toEqual([{ account: '200000000000', from: 'none', to: 'vanilla' }]);
    });
  });
});

async function createAccount(organizations: OrganizationsClient, Email: string): Promise<AccountId> {
  const { CreateAccountStatus } = await organizations.send(
    new CreateAccountCommand({ AccountName: 'Zoe', Email }),
  );
  for (;;) {
    const command = new DescribeCreateAccountStatusCommand({
      CreateAccountRequestId: CreateAccountStatus?.Id,
    });
    const { CreateAccountStatus: status } = await organizations.send(command);
    if (status?.AccountId) return accountId(status.AccountId);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
