import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientConfig, type AwsAccess } from '#adapters/aws/access.ts';
import { createSessions } from '#adapters/aws/sessions.ts';
import { createOrganizationCosts } from '#adapters/cost-explorer/organization-costs.ts';
import { createSesMailer } from '#adapters/mail/ses-mailer.ts';
import { createReportsBucket } from '#adapters/reports-bucket/reports-bucket.ts';
import { monthBefore, monthOf } from '#domain/calendar.ts';
import type { Mail } from '#ports/mailer.ts';
import { candidates, type Candidate } from './candidates.ts';

const unique = Date.now() % 1_000_000;

describe.each(candidates)('%s', (_, open) => {
  let candidate: Candidate;
  let access: AwsAccess;

  beforeAll(async () => {
    candidate = await open();
    access = candidate.access;
  });
  afterAll(() => candidate.close());

  describe('as a bucket of reports', () => {
    it('keeps a file under its key, in place of the one before, and knows of no other', async () => {
      const Bucket = `exam${unique}-reports`;
      const s3 = new S3Client({ ...clientConfig(access), forcePathStyle: true });
      const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      const bucket = createReportsBucket(access, Bucket);
      const file = { key: 'Costs/R&D "é"/2026/a b.csv', contentType: 'text/csv' };

      await bucket.keep({ ...file, body: Buffer.from('before') });
      await bucket.keep({ ...file, body: Buffer.from('after') });

      expect(Buffer.from((await bucket.read(file.key)) ?? []).toString()).toBe('after');
      expect(await bucket.read('Costs/none.csv')).toBeUndefined();
    });
  });

  describe('as a carrier of mail', () => {
    const sender = `spa${unique}@example.com`;
    const mail: Mail = {
      sender,
      recipients: ['ann@example.com'],
      subject: 'Costs',
      markdown: 'See **attachment**',
      attachments: [{ key: 'a/b.csv', contentType: 'text/csv', body: Buffer.from('a,b') }],
    };

    it('takes it from a sender that has been validated, and from nobody else', async () => {
      const ses = new SESv2Client(clientConfig(access));
      const mailer = createSesMailer(access);
      await expect(mailer.send(mail)).rejects.toThrow(/validate the sender/);

      await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: sender }));

      await vi.waitFor(() => mailer.send(mail), { timeout: 5_000, interval: 50 });
    });
  });

  describe('as a source of costs', () => {
    const costs = () => {
      const managementRoleArn = `arn:aws:iam::${candidate.managementAccount}:role/Management`;
      return createOrganizationCosts(createSessions(access, { managementRoleArn, memberRoleName: 'Member' }));
    };

    it('has an empty ledger of a month in which nobody was billed', async () => {
      const month = monthBefore(monthOf(new Date()));

      const { costs: ledger, requests } = await costs().ofMonth(month);

      expect(requests).toBe(3);
      expect(ledger.month).toBe(month);
      for (const table of [ledger.services, ledger.usages, ledger.charges])
        expect([...table.accounts()]).toEqual([]);
    });
  });
});
