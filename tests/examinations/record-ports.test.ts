import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivityTable } from '#adapters/activities/activity-table.ts';
import { clientConfig, type AwsAccess } from '#adapters/aws/access.ts';
import { incidentsTable } from '#adapters/incidents/incident-log.ts';
import { createLoginTable } from '#adapters/logins/login-table.ts';
import { createCsvReports } from '#adapters/reports-bucket/csv-reports.ts';
import { createReportsBucket } from '#adapters/reports-bucket/reports-bucket.ts';
import { createShadowTable } from '#adapters/shadows/shadow-table.ts';
import { createTransactionTable } from '#adapters/transactions/transaction-table.ts';
import { accountId, type AccountId } from '#domain/account.ts';
import { byCodePoint } from '#domain/costs/by-code-point.ts';
import { dayOf } from '#domain/calendar.ts';
import { shadowFrom } from '#domain/shadows/shadow-from.ts';
import type { Shadow } from '#domain/shadows/shadow.ts';
import { candidates, type Candidate } from './candidates.ts';

const environment = `Records${Date.now() % 1_000_000}`;
const account = accountId('200000000000');
const table = (name: string, ttlInSeconds = 3600) => ({ name: `${environment}${name}`, ttlInSeconds });

describe.each(candidates)('%s', (_, open) => {
  let candidate: Candidate;
  let access: AwsAccess;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    candidate = await open();
    access = candidate.access;
    dynamodb = new DynamoDBClient(clientConfig(access));
    for (const name of ['Shadows', 'Transactions', 'Activities', incidentsTable]) {
      await dynamodb.send(
        new CreateTableCommand({
          TableName: table(name).name,
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
    }
  });
  afterAll(() => candidate.close());

  describe('as a store of shadows', () => {
    const shadows = () => createShadowTable(access, table('Shadows'));
    const stamped = (label: string) => (shadow: Shadow | undefined) => {
      const known = shadow ?? shadowFrom(account, {});
      return { ...known, stamps: { ...known.stamps, [label]: '2026-11-16T08:00:00' } };
    };

    it('loses no change of several that are made at once, by writers that know nothing of each other', async () => {
      const labels = Array.from({ length: 10 }, (_unused, index) => `Label${index}`);

      await Promise.all(labels.map((label) => shadows().change(account, stamped(label))));

      const found = await shadows().find(account);
      expect(Object.keys(found?.stamps ?? {}).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(labels);
    });

    it('believes the record, and not what it remembers, when a person has changed it', async () => {
      const store = shadows();
      await store.change(account, stamped('Mine'));
      await dynamodb.send(
        new PutItemCommand({
          TableName: table('Shadows').name,
          Item: {
            Identifier: { S: account },
            Order: { S: '-' },
            Value: { S: JSON.stringify({ name: 'by hand' }) },
          },
        }),
      );

      expect(await store.change(account, (shadow) => shadow)).toMatchObject({ name: 'by hand' });
      await store.change(account, stamped('Again'));

      expect(await shadows().find(account)).toMatchObject({
        name: 'by hand',
        stamps: { Again: '2026-11-16T08:00:00' },
      });
    });

    it('leaves things as they are, where a change gives nothing', async () => {
      const other = accountId('200000000009');

      expect(await shadows().change(other, () => undefined)).toBeUndefined();
      expect(await shadows().find(other)).toBeUndefined();
    });

    it('finds those of many accounts that cast one', async () => {
      const many = Array.from({ length: 120 }, (_unused, n) => accountId(String(400_000_000_000 + n)));

      expect([...(await shadows().findAll([...many, account])).keys()]).toEqual([account]);
    });

    it('tells all of them', async () => {
      const found = [];
      for await (const page of shadows().all()) found.push(...page);

      expect(found.map(({ id }) => id)).toEqual([account]);
    });

    it('changes many at once, and loses nothing to others who change the same', async () => {
      const store = shadows();
      const many = Array.from({ length: 40 }, (_unused, n) => accountId(String(500_000_000_000 + n)));
      const mark = (label: string) => (id: AccountId) => {
        const change = (shadow: Shadow | undefined) => {
          const known = shadow ?? shadowFrom(id, {});
          return { ...known, stamps: { ...known.stamps, [label]: '2026-11-16T08:00:00' } };
        };
        return [id, change] as const;
      };

      await store.changeAll(new Map(many.map(mark('First'))));
      await Promise.all([
        store.changeAll(new Map(many.map(mark('Left')))),
        shadows().changeAll(new Map(many.toReversed().map(mark('Right')))),
      ]);

      const found = await shadows().findAll(many);
      expect(found.size).toBe(many.length);
      for (const { stamps } of found.values())
        expect(new Set(Object.keys(stamps))).toEqual(new Set(['First', 'Left', 'Right']));
    });
  });

  describe('as a log of transactions', () => {
    const log = () => createTransactionTable(access, table('Transactions'));
    const open_ = { account, transaction: 'maintenance', identifier: 'a', begin: 1_795_338_000 };

    it('begins a transaction once, whoever comes first', async () => {
      const begun = await Promise.all([1, 2, 3].map(() => log().begin([open_])));

      expect(begun.flat().filter(Boolean)).toHaveLength(1);
      expect(await log().of([account])).toEqual([open_]);
    });

    it('keeps kinds of transactions apart, and forgets one without the other', async () => {
      await log().begin([{ ...open_, transaction: 'on-boarding' }]);
      await log().noteTakenUp(open_, 1_795_339_000);
      expect(new Set(await log().of([account]))).toEqual(
        new Set([
          { ...open_, takenUp: 1_795_339_000 },
          { ...open_, transaction: 'on-boarding' },
        ]),
      );

      await log().forget([open_]);
      await log().noteTakenUp(open_, 1_795_339_000);

      expect(await log().all()).toEqual([{ ...open_, transaction: 'on-boarding' }]);
    });

    it('begins many at once, and those that are new among others that are under way', async () => {
      const accounts = Array.from({ length: 60 }, (_unused, n) => accountId(`3000000000${n + 10}`));
      const others = accounts.map((other) => ({ ...open_, account: other }));

      const last = accounts[59] ?? account;

      expect(await log().begin(others)).toEqual(others.map(() => true));
      expect(await log().begin([...others, { ...open_, account: last, transaction: 'on-boarding' }])).toEqual(
        [...others.map(() => false), true],
      );
      expect(await log().of(accounts)).toHaveLength(others.length + 1);

      await log().forget([...others, { ...open_, account: last, transaction: 'on-boarding' }]);
      expect(await log().of(accounts)).toEqual([]);
    });
  });

  describe('as a log of logins', () => {
    const log = () => createLoginTable(access, environment);

    it('gives a login to one of those who claim it, and to none once it is confirmed', async () => {
      const login = { account, at: new Date('2026-11-16T08:00:00Z'), identity: 'role alice@example.com' };

      const claims = await Promise.all([1, 2, 3].map(() => log().claim(login)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await log().confirm(login);

      expect(await log().claim(login)).toBe(false);
      expect(await log().claim({ ...login, identity: 'role bob@example.com' })).toBe(true);
    });
  });

  describe('as a store of activities', () => {
    const store = () => createActivityTable(access, table('Activities'));
    const today = () => dayOf(access.clock.now());
    const recorded = async () => {
      const found = [];
      for await (const page of store().of(today())) found.push(...page);
      return found;
    };

    it('keeps each of those that end at one microsecond, and none of them twice', async () => {
      const end = access.clock.now().getTime() / 1000 - 0.5;
      const activities = [1, 2, 3].map((n) => ({
        account,
        transaction: 'maintenance',
        identifier: `${n}`,
        end,
      }));

      const first = await Promise.all(activities.map((activity) => store().record([activity])));
      const second = await Promise.all(activities.map((activity) => store().record([activity])));

      expect(first.flat()).toEqual([true, true, true]);
      expect(second.flat()).toEqual([false, false, false]);
      expect(new Set((await recorded()).map(({ identifier }) => identifier))).toEqual(
        new Set(['1', '2', '3']),
      );
      expect(await recorded()).toHaveLength(3);
    });

    it('keeps many at once, and those that are new among others that are known', async () => {
      const end = access.clock.now().getTime() / 1000 - 60;
      const activities = ['a', 'b', 'c'].map((identifier, n) => ({
        account,
        transaction: 'maintenance',
        identifier,
        end: end + n,
      }));

      expect(await store().record(activities.slice(0, 2))).toEqual([true, true]);
      expect(await store().record([...activities, ...activities.slice(2)])).toEqual([
        false,
        false,
        true,
        false,
      ]);
      const named = (await recorded()).map(({ identifier }) => identifier);
      expect(named.filter((identifier) => /[abc]/.test(String(identifier)))).toEqual(['a', 'b', 'c']);
    });

    it('tells those of a day in the order of time', async () => {
      const stamps = (await recorded()).map(({ stamp }) => String(stamp));

      expect(stamps).toEqual(stamps.toSorted(byCodePoint));
    });
  });

  describe('as a place for reports', () => {
    it('keeps a file that was written line by line', async () => {
      const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
      const Bucket = `${environment.toLowerCase()}-reports`;
      await s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      );

      const report = createCsvReports(createReportsBucket(access, Bucket)).open('A/Ü "b"/=c.csv', ['A', 'B']);
      report.add([['é,"', 1.5]]);
      report.add([['=1', undefined]]);
      await report.close();

      const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key: 'A/Ü "b"/=c.csv' }));
      expect(await Body?.transformToString()).toBe('A,B\r\n"é,""",1.5\r\n\'=1,\r\n');
      expect(ContentType).toBe('text/csv; charset=utf-8');
    });
  });
});
