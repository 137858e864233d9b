import type { AccountId } from '#domain/account.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import type { Platform } from '#emulator/platform.ts';
import { childrenOf, readXml, textIn, type XmlElement } from '#emulator/services/s3/xml.ts';

/** An account and a region of the local cloud. */
export interface Place {
  readonly account: AccountId;
  readonly region: string;
}

/** What a query takes: text, and lists and structures of it. */
export type QueryValue = string | readonly QueryValue[] | { readonly [name: string]: QueryValue | undefined };

export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly operation: string;
  readonly code: string;
  readonly status: number;
  constructor(operation: string, code: string, message: string, status: number) {
    super(`${operation} was refused: ${message} (${code})`);
    this.operation = operation;
    this.code = code;
    this.status = status;
  }
}

/**
 * Calls CloudFormation as administrator of an account, and answers the element of its result. No SDK client of it is
 * among our packages. Throws CallRefused.
 */
export async function callCloudFormation(
  platform: Pick<Platform, 'answer'>,
  { account, region }: Place,
  operation: string,
  input: { readonly [name: string]: QueryValue | undefined },
): Promise<XmlElement> {
  const form = new URLSearchParams({ Action: operation, Version: '2010-05-15' });
  write(form, '', input);
  const credential = `${administratorKey(account)}/20000101/${region}/cloudformation/aws4_request`;
  const { status, body } = await platform.answer(
    {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}`,
      },
      body: Buffer.from(form.toString()),
    },
    'client',
  );
  const answer = readXml(Buffer.from(body));
  const [result] = childrenOf(answer, `${operation}Result`);
  if (status < 300) return result ?? answer;
  const [error = answer] = childrenOf(answer, 'Error');
  throw new CallRefused(operation, textIn(error, 'Code') ?? '', textIn(error, 'Message') ?? '', status);
}

function write(form: URLSearchParams, name: string, value: QueryValue | undefined): void {
  if (value === undefined) return;
  if (typeof value === 'string') return form.append(name, value);
  const inside = name === '' ? '' : `${name}.`;
  if (isList(value)) {
    for (const [index, item] of value.entries()) write(form, `${inside}member.${index + 1}`, item);
    return;
  }
  for (const [member, item] of Object.entries(value)) write(form, `${inside}${member}`, item);
}

const isList = (value: Exclude<QueryValue, string>): value is readonly QueryValue[] => Array.isArray(value);

/** The items of a list in an answer. */
export const itemsIn = (answer: XmlElement | undefined, name: string): readonly XmlElement[] =>
  answer ? childrenOf(answer, name).flatMap((list) => childrenOf(list, 'member')) : [];
