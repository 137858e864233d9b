import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '#emulator/service.ts';
import { answerCall } from '#local/deployed/answer-call.ts';
import type { ContainerRequest } from '#local/deployed/container.ts';

const ok = { status: 200, headers: {}, body: '' };

/** Who has answered a call of a function, and what they were asked. */
async function whoAnswers(request: Partial<ContainerRequest>) {
  const asked: unknown[] = [];
  const answer = async (call: HttpRequest, origin: string) => {
    asked.push(['the cloud', origin, call.path, Object.fromEntries(call.query)]);
    return ok;
  };
  const reply = {
    status: 429,
    header: (name: string) => (name === 'retry-after' ? '9' : undefined),
    body: 'no',
  };
  const outside = {
    async fetchPage(url: string) {
      asked.push(['a page', url]);
      return { status: 200, text: 'rates' };
    },
    async sendWeb({ url, body }: { readonly url: string; readonly body: string }) {
      asked.push(['a channel', url, body]);
      return reply;
    },
  };
  const whole = {
    kind: 'request',
    id: 1,
    method: 'POST',
    url: '',
    headers: {},
    body: new Uint8Array(),
  } as const;
  const answered = await answerCall({ answer }, outside, { ...whole, ...request }, async () => {});
  return { asked, answered };
}

describe('when a function in a container calls over the network', () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=key/20261122/eu-west-1/s3/aws4_request';

  it.each<[string, Partial<ContainerRequest>, unknown[]]>([
    [
      'the local cloud, by what it signs: keys as they are sent',
      { url: 'https://s3.eu-west-1.amazonaws.com/bucket/a%2Fb/../c?list-type=2', headers: { authorization } },
      ['the cloud', 'function', '/bucket/a%2Fb/../c', { 'list-type': '2' }],
    ],
    [
      'the local cloud, by an address that was signed',
      { method: 'GET', url: 'https://s3.amazonaws.com/bucket/key?X-Amz-Credential=key' },
      ['the cloud', 'function', '/bucket/key', { 'X-Amz-Credential': 'key' }],
    ],
    [
      'pages of the web, exchange rates among them',
      { method: 'GET', url: 'https://open.er-api.com/v6/latest/USD' },
      ['a page', 'https://open.er-api.com/v6/latest/USD'],
    ],
    [
      'the inbox, by what it posts',
      { url: 'https://hooks.slack.com/services/x', body: Buffer.from('{"text":"é"}') },
      ['a channel', 'https://hooks.slack.com/services/x', '{"text":"é"}'],
    ],
  ])('reaches %s', async (_, request, expected) => {
    const { asked } = await whoAnswers(request);

    expect(asked).toEqual([expected]);
  });

  it('learns from a channel when it may try again', async () => {
    const { answered } = await whoAnswers({ url: 'https://hooks.slack.com/services/x' });

    expect(answered).toEqual({ status: 429, headers: { 'retry-after': '9' }, body: 'no' });
  });
});
