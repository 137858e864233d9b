import type { AwsError } from '../aws-error.ts';
import type { HttpRequest, HttpResponse } from '../service.ts';
import { textOf } from './json-protocol.ts';

type Tree = { [key: string]: Tree | string };

/** The form of a query request: `Action`, and the other parameters as a nested input. */
export function readQuery(request: HttpRequest): {
  operation: string | null;
  input: Record<string, unknown>;
} {
  const form = new URLSearchParams(request.body.byteLength > 0 ? textOf(request.body) : request.query);
  const tree = branch();
  for (const [name, value] of form) {
    if (name !== 'Action' && name !== 'Version') plant(tree, name.split('.'), detached(value));
  }
  return { operation: form.get('Action'), input: { ...(inputFrom(tree) as Record<string, unknown>) } };
}

/** A copy of its own: a part of a text would keep all of it in memory, and services keep names for long. */
const detached = (text: string): string => Buffer.from(text).toString();

/** Without a prototype, so that a parameter named `__proto__.x` reaches nobody else. */
function branch(): Tree {
  return Object.create(null);
}

function plant(tree: Tree, path: readonly string[], value: string) {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const grown = tree[first];
  const next = typeof grown === 'object' ? grown : branch();
  tree[first] = next;
  plant(next, rest, value);
}

/** `Tags.member.1.Key` is a list of objects, `Attributes.entry.1.key` a map, everything else a structure. */
function inputFrom(tree: Tree | string): unknown {
  if (typeof tree === 'string') return tree;
  if (typeof tree['member'] === 'object') return Object.values(tree['member']).map(inputFrom);
  if (typeof tree['entry'] === 'object')
    return Object.fromEntries(Object.values(tree['entry']).map(entryFrom));
  return Object.fromEntries(Object.entries(tree).map(([key, branch]) => [key, inputFrom(branch)]));
}

function entryFrom(tree: Tree | string): [string, unknown] {
  const entry = typeof tree === 'string' ? {} : tree;
  const key = entry['key'] ?? entry['Name'];
  return [typeof key === 'string' ? key : '', inputFrom(entry['value'] ?? entry['Value'] ?? '')];
}

export function writeQuery(
  operation: string,
  namespace: string,
  output: unknown,
  requestId: string,
): HttpResponse {
  const result = output === undefined ? '' : element(`${operation}Result`, output);
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const body = `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

export function writeQueryError(error: AwsError, namespace: string, requestId: string): HttpResponse {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const fault = element('Error', { Type: type, Code: error.code, Message: error.message, ...error.members });
  const body = `<ErrorResponse xmlns="${namespace}">${fault}<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: { 'content-type': 'text/xml' }, body };
}

/** Lists become `<member>`, a Map becomes `<entry>` with key and value, a Date ISO text. */
export function element(name: string, value: unknown): string {
  return value === undefined || value === null ? '' : `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Map) {
    return [...value]
      .map(([key, item]) => `<entry>${element('key', key)}${element('value', item)}</entry>`)
      .join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, item]) => element(key, item))
      .join('');
  }
  return escapeXml(String(value));
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
