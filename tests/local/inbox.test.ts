import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '#emulator/service.ts';
import { inboxDoor, sendToInbox } from '#local/inbox-door.ts';
import { createInbox } from '#local/inbox.ts';

function open() {
  const mail = {
    to: 'ops@example.com',
    subject: 'Mail & more',
    body: 'text',
    topicArn: '',
    sentAt: new Date('2026-11-16T09:00:00Z'),
  };
  const inbox = createInbox(
    () => Date.parse('2026-11-16T10:00:00Z'),
    () => [mail],
  );
  const door = inboxDoor(inbox);
  const get = async (path: string, given: Partial<HttpRequest> = {}) => {
    const request = {
      method: 'GET',
      path,
      query: new URLSearchParams(),
      headers: {},
      body: new Uint8Array(),
    };
    const response = await door({ ...request, ...given });
    return response && { ...response, body: Buffer.from(response.body).toString() };
  };
  return { inbox, get, send: sendToInbox(door) };
}

const hello = { headers: { 'content-type': 'application/json' }, body: '{"text":"<b>Hello</b>"}' };

describe('when functions speak on the web', () => {
  it('arrives in the inbox, whatever server it is meant for', async () => {
    const { inbox, send } = open();

    const teams = await send({ ...hello, url: 'https://prod-1.logic.azure.com/workflows/1?sig=secret' });
    const slack = await send({ ...hello, url: 'https://hooks.slack.com/services/1' });
    const bot = await send({ ...hello, url: 'https://slack.com/api/chat.postMessage' });
    const odd = await send({ ...hello, url: 'https://slack.com/api/admin.everything' });

    expect([teams.status, slack.body]).toEqual([202, 'ok']);
    expect(JSON.parse(bot.body)).toMatchObject({ ok: true, ts: expect.any(String) });
    expect(JSON.parse(odd.body)).toEqual({ ok: false, error: 'unknown_method' });
    expect(inbox.posted.map(({ channel, by, host }) => [channel, by, host])).toEqual([
      ['teams', 'webhook', 'prod-1.logic.azure.com'],
      ['slack', 'webhook', 'hooks.slack.com'],
      ['slack', 'chat.postMessage', 'slack.com'],
      ['slack', 'admin.everything', 'slack.com'],
    ]);
  });

  it('is for people to look at, without anything of it coming to life, and for programs', async () => {
    const { get, send } = open();
    await send({ ...hello, url: 'https://hooks.slack.com/services/1' });

    const page = await get('/inbox');
    const told = await get('/inbox.json');

    expect(page?.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page?.body).toMatch(/&lt;b&gt;Hello&lt;\/b&gt;[^]*Mail &amp; more/);
    expect(page?.body).not.toContain('<b>');
    expect(JSON.parse(told?.body ?? '')).toMatchObject({
      posted: [{ channel: 'slack', content: { text: '<b>Hello</b>' } }],
      mails: [{ to: 'ops@example.com', subject: 'Mail & more' }],
    });
  });

  it('leaves other paths to others', async () => {
    const { get } = open();

    expect(await get('/elsewhere')).toBeUndefined();
    expect((await get('/inbox/nothing'))?.status).toBe(404);
    expect((await get('/inbox/web/nowhere', { method: 'POST' }))?.status).toBe(400);
  });
});
