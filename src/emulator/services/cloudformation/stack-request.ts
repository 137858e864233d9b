import { GetObjectCommand } from '@aws-sdk/client-s3';
import { notImplemented } from '../../aws-error.ts';
import type { Clients } from './clients.ts';
import { invalid, missingCapability, templateFault } from './refusals.ts';
import type { ResourceProvider } from './resources/resource-provider.ts';
import type { GivenParameter } from './template/parameters.ts';
import { readTemplate, type Template } from './template/template.ts';

/** What CreateStack and UpdateStack are given, as far as the local cloud knows it. */
export interface StackRequest {
  readonly StackName?: string;
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly UsePreviousTemplate?: string | boolean;
  readonly Parameters?: readonly GivenParameter[];
  readonly Capabilities?: readonly string[];
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly RoleARN?: string;
  readonly OnFailure?: string;
  readonly DisableRollback?: string | boolean;
  readonly EnableTerminationProtection?: string | boolean;
  readonly ClientRequestToken?: string;
}

const known = new Set<string>([
  'StackName',
  'TemplateBody',
  'TemplateURL',
  'UsePreviousTemplate',
  'Parameters',
  'Capabilities',
  'Tags',
  'RoleARN',
  'OnFailure',
  'DisableRollback',
  'EnableTerminationProtection',
  'ClientRequestToken',
] satisfies (keyof StackRequest)[]);

/** Members that would change what is made, and that nothing here understands, are refused with 501. */
export function checkMembers(operation: string, request: object): void {
  for (const [member, value] of Object.entries(request)) {
    if (value !== '' && !known.has(member))
      throw notImplemented('cloudformation', `${operation} with ${member}`);
  }
}

/** Queries leave an empty list as an empty text. */
export const listOf = <T>(written: readonly T[] | string | undefined): readonly T[] =>
  typeof written === 'string' || written === undefined ? [] : written;

const mostInlineBytes = 51_200;
const mostBytes = 1_000_000;

/** The template of a request: in its body, in a bucket, or the one of before. Throws ValidationError. */
export async function templateIn(
  request: StackRequest,
  former: Template | undefined,
  clients: Clients,
): Promise<Template> {
  const { TemplateBody: body, TemplateURL: url, UsePreviousTemplate: asBefore } = request;
  const given = [body, url, String(asBefore) === 'true' ? former : undefined].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1) throw invalid('Either Template URL or Template Body must be specified.');
  if (body === undefined && url === undefined && former) return former;
  const text = body ?? (await fetched(url ?? '', clients));
  const most = body === undefined ? mostBytes : mostInlineBytes;
  if (Buffer.byteLength(text) > most)
    throw invalid(
      `1 validation error detected: Value at 'template' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    );
  return readTemplate(text);
}

async function fetched(url: string, { s3 }: Clients): Promise<string> {
  const [Bucket, Key] = objectAt(url);
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  } catch (cause) {
    throw invalid(`S3 error: ${cause instanceof Error ? cause.message : String(cause)} (${url})`);
  }
}

/** Bucket and key of `https://bucket.s3.region.amazonaws.com/key` or of an address with the bucket in its path. */
function objectAt(url: string): readonly [bucket: string, key: string] {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: '', pathname: '' };
  const path = decodeURIComponent(pathname.slice(1));
  const bucket = /^(.+)\.s3[.-].*amazonaws\.com$/.exec(hostname)?.[1];
  if (bucket !== undefined) return [bucket, path];
  const [first = '', ...rest] = path.split('/');
  if (first === '' || rest.length === 0)
    throw invalid(`TemplateURL must be a supported URL: ${url} names no object of a bucket`);
  return [first, rest.join('/')];
}

/** Throws ValidationError with status 501 for types that nothing here makes. */
export function checkTypes(template: Template, providers: ReadonlyMap<string, ResourceProvider>): void {
  const types = new Set(Object.values(template.resources).map(({ type }) => type));
  const unknown = [...types].filter((type) => !providers.has(type));
  if (unknown.length > 0) throw templateFault(`Unrecognized resource types: [${unknown.join(', ')}]`, 501);
}

/** Whoever makes roles must say so. Throws InsufficientCapabilitiesException. */
export function checkCapabilities({ resources }: Template, capabilities: readonly string[]): void {
  const roles = Object.values(resources).filter(({ type }) => type.startsWith('AWS::IAM::'));
  if (roles.length === 0 || capabilities.includes('CAPABILITY_NAMED_IAM')) return;
  if (roles.some(({ properties }) => 'RoleName' in properties))
    throw missingCapability('CAPABILITY_NAMED_IAM');
  if (!capabilities.includes('CAPABILITY_IAM')) throw missingCapability('CAPABILITY_IAM');
}
