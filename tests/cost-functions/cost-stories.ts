import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import { isAccountId } from '#domain/account.ts';
import type { HttpRequest } from '#emulator/service.ts';
import { readMime, type ReadMail } from '#emulator/services/ses/read-mime.ts';
import { member } from '#events/shape.ts';
import { loadWorld } from '#local/world/load-world.ts';
import type { CostLine, World } from '#local/world/world.ts';
import { alice, aReleasedAccount, aWorld, bob, settingsOf, tell, type Story } from '../worlds.ts';

const alphaFile = (name: string) => new URL(`../data/alpha/${name}`, import.meta.url).pathname;

/** The sample organization, with files that are expected of its October. */
export async function tellOfAlpha(given: Parameters<typeof tell>[1] = {}): Promise<Story> {
  const settings = await loadSettings(alphaFile('settings.yaml'), {});
  const world = await loadWorld(alphaFile('world.json'), settings);
  return tell([], { settings, world, ...given });
}

/** Alice and Bob, each in a cost center of their own, in a deployment that manages costs. */
export function tellOfCosts(
  costs: readonly Partial<CostLine>[],
  features: Readonly<Record<string, unknown>> = {},
  given: Parameters<typeof tell>[1] & { readonly rates?: World['rates'] } = {},
): Promise<Story> {
  const { rates = { EUR: 0.5 }, ...others } = given;
  const accounts = [
    aReleasedAccount(),
    aReleasedAccount({ id: bob, name: 'Bob', unit: 'ou-gamma', tags: { 'cost-center': 'Gamma' } }),
  ];
  const world = aWorld(accounts, { costs: costs.map(aCost), rates });
  const settings = settingsOf({
    features: { with_cost_management_tag: 'cost-center', ...features },
    organizational_units: [{ identifier: 'ou-alpha' }],
  });
  return tell([], { world, settings, ...others });
}

export const aCost = (given: Partial<CostLine> = {}): CostLine => ({
  account: alice,
  date: '2026-10-03',
  recordType: 'Usage',
  service: 'AWS Lambda',
  usageType: 'Requests',
  amount: '1',
  ...given,
});

/** Files in the bucket of reports by key; of those that begin with a prefix. */
export async function filesIn(story: Story, Prefix = ''): Promise<ReadonlyMap<string, Uint8Array>> {
  const { s3 } = story.clients();
  const { environment, automation } = story.settings;
  const Bucket = reportsBucketName(environment, automation.accountId);
  const files = new Map<string, Uint8Array>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      files.set(Key, (await Body?.transformToByteArray()) ?? new Uint8Array());
    }
  }
  return files;
}

/** Lines of a CSV file among the reports of costs. */
export async function linesOf(story: Story, key: string): Promise<readonly string[]> {
  const body = (await filesIn(story)).get(`SpaReports/Costs/${key}`);
  return Buffer.from(body ?? [])
    .toString()
    .split('\r\n')
    .slice(0, -1);
}

export const mailsOf = ({ cloud }: Story): readonly ReadMail[] =>
  cloud.ses.outbox.map(({ raw }) => readMime(raw));

/** Payloads of the generic exceptions that were told, in order. */
export const genericExceptions = ({ told }: Story): readonly Readonly<Record<string, unknown>>[] =>
  told
    .filter(({ label }) => label === 'GenericException')
    .map(({ detail }) => member(detail, 'Payload') as Readonly<Record<string, unknown>>);

/** Daily costs as functions have measured them: cost center, value and day. */
export const dailyCosts = ({ log }: Story): readonly (readonly unknown[])[] =>
  log
    .filter((line) => 'DailyCostsByCostCenter' in line)
    .map((line) => [
      line['CostCenter'],
      line['DailyCostsByCostCenter'],
      new Date(Number(member(line, '_aws', 'Timestamp'))).toISOString(),
    ]);

/** Has requests answered by an error of AWS, each time that `breaks` says so. */
export function breakRequests(
  { cloud }: Story,
  breaks: (request: HttpRequest) => { readonly status: number; readonly code: string } | undefined,
): void {
  const { answer } = cloud;
  Object.assign(cloud, {
    answer: async (...[request, origin]: Parameters<typeof answer>) => {
      const broken = breaks(request);
      if (!broken) return answer(request, origin);
      const body = JSON.stringify({ __type: broken.code, message: 'broken on purpose' });
      return { status: broken.status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
    },
  });
}

/** Whether a request asks Cost Explorer for a page, and for which: the first, or one that a token names. */
export function pageAsked({ headers, body }: HttpRequest): 'first' | 'further' | undefined {
  if (!headers['x-amz-target']?.endsWith('.GetCostAndUsage')) return undefined;
  return Buffer.from(body).toString().includes('"NextPageToken"') ? 'further' : 'first';
}

/** A bill of so many lines that usage types of all accounts do not fit on one page. */
export function aLongBill(): readonly CostLine[] {
  const accounts = Array.from({ length: 300 }, (_, n) => String(300_000_000_000 + n)).filter(isAccountId);
  return accounts.flatMap((account) =>
    Array.from({ length: 20 }, (_, n) => aCost({ account, usageType: `Type ${n}` })),
  );
}
