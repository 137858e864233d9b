import { describe, expect, it } from 'vitest';
import type { Ses } from '#emulator/services/ses/create-ses.ts';
import { openSes, raw, simple } from './support-ses.ts';

describe('when a person looks at the outbox', () => {
  const look = async (ses: Ses, path: string, method = 'GET') => {
    const body = new Uint8Array();
    const answer = await ses.door({ method, path, query: new URLSearchParams(), headers: {}, body });
    return answer && { ...answer, body: Buffer.from(answer.body).toString() };
  };

  it('lists what was sent, the last first', async () => {
    const { ses, client } = openSes();
    expect((await look(ses, '/outbox'))?.body).toContain('Nothing has been sent yet.');

    await client.send(simple());
    await client.send(raw(['From: spa@example.com', 'To: ann@example.com', 'Subject: <b>&', '', 'x']));

    const { status, body = '' } = (await look(ses, '/outbox/')) ?? {};
    expect(status).toBe(200);
    expect(body.indexOf('&lt;b>&amp;')).toBeLessThan(body.indexOf('Dépenses'));
    expect(body).not.toContain('<b>');
  });

  it('opens a mail without letting it out of its frame, its attachments and its file', async () => {
    const { ses, client } = openSes();
    await client.send(
      raw([
        'From: spa@example.com',
        'To: ann@example.com',
        'Content-Type: multipart/mixed; boundary="--a+b"',
        '',
        'for old readers',
        '----a+b',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        '<p title=3D"=E2=82=AC">long=',
        'er</p>',
        '----a+b',
        'Content-Type: text/csv',
        'Content-Transfer-Encoding: base64',
        "Content-Disposition: attachment; filename*0*=utf-8''na%C3%AF; filename*1=ve.csv",
        '',
        'YSxi',
        '----a+b--',
      ]),
    );
    const path = `/outbox/${ses.outbox[0]?.id}`;

    expect((await look(ses, path))?.body).toMatch(
      /<iframe sandbox srcdoc="&lt;p title=&quot;€&quot;>longer&lt;\/p>"/,
    );
    expect((await look(ses, path))?.body).toContain(`<a href="${path}/0">naïve.csv</a> (3 bytes)`);
    expect(await look(ses, `${path}/0`)).toMatchObject({
      headers: {
        'content-type': 'text/csv',
        'content-disposition': "attachment; filename*=UTF-8''na%C3%AFve.csv",
      },
      body: 'a,b',
    });
    expect(await look(ses, `${path}.eml`)).toMatchObject({ headers: { 'content-type': 'message/rfc822' } });
  });

  it('finds nothing behind other addresses', async () => {
    const { ses, client } = openSes();
    await client.send(simple());
    const path = `/outbox/${ses.outbox[0]?.id}`;

    expect(await look(ses, '/outboxes')).toBeUndefined();
    expect(await look(ses, '/outbox/none')).toMatchObject({ status: 404 });
    expect(await look(ses, `${path}/7`)).toMatchObject({ status: 404 });
    expect(await look(ses, '/outbox', 'POST')).toMatchObject({ status: 405 });
  });
});
