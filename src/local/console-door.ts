import { GetObjectCommand, NoSuchBucket, NoSuchKey } from '@aws-sdk/client-s3';
import type { Door } from '#emulator/door.ts';
import type { HttpResponse } from '#emulator/service.ts';
import type { AccountClients } from './account-clients.ts';

/** Where the console of AWS shows an object of a bucket; the key comes as the parameter `prefix`. */
const objectPath = '/s3/object/';

/** What links to the console lead to, without its login: the files themselves. */
export function consoleDoor(clients: () => Pick<AccountClients, 's3'>): Door {
  async function open(Bucket: string, Key: string): Promise<HttpResponse> {
    try {
      const { Body, ContentType } = await clients().s3.send(new GetObjectCommand({ Bucket, Key }));
      const body = (await Body?.transformToByteArray()) ?? new Uint8Array();
      return { status: 200, headers: { 'content-type': ContentType ?? 'application/octet-stream' }, body };
    } catch (fault) {
      if (fault instanceof NoSuchKey || fault instanceof NoSuchBucket) return nothing;
      throw fault;
    }
  }

  return ({ method, path, query }) => {
    if (method !== 'GET' || !path.startsWith(objectPath)) return undefined;
    const key = query.get('prefix');
    return key ? open(decodeURIComponent(path.slice(objectPath.length)), key) : nothing;
  };
}

const nothing: HttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: 'nothing is here',
};
