import { sendOverNetwork, type SendWeb } from '#adapters/chat/send-web.ts';
import type { Door } from '#emulator/door.ts';
import type { HttpRequest, HttpResponse } from '#emulator/service.ts';
import { inboxPage } from './inbox-page.ts';
import { createSlackServer } from './inbox-slack.ts';
import type { Inbox } from './inbox.ts';

/** Where the inbox is looked at, behind the endpoint; with `.json` for programs. */
const home = '/inbox';
/** Behind it, the address that a request was meant for. */
const webPath = `${home}/web/`;

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The inbox over HTTP: a page for people, JSON for programs, and the servers of Teams and Slack behind it. */
export function inboxDoor(inbox: Inbox): Door {
  const slack = createSlackServer(inbox);

  function receive(url: URL, request: HttpRequest): HttpResponse {
    const content = contentOf(request);
    if (/(^|\.)slack\.com$/.test(url.hostname)) return slack(url, content);
    inbox.post({ channel: 'teams', host: url.hostname, by: 'webhook', content });
    return { status: 202, headers: {}, body: '' };
  }

  return (request) => {
    const { method, path } = request;
    if (method === 'POST' && path.startsWith(webPath)) {
      const address = decodeURIComponent(path.slice(webPath.length));
      return URL.canParse(address) ? receive(new URL(address), request) : plain(400, 'no address');
    }
    if (method === 'GET' && path === home) return plain(200, inboxPage(inbox), 'text/html; charset=utf-8');
    if (method === 'GET' && path === `${home}.json`) {
      const told = { posted: inbox.posted, mails: inbox.mails() };
      return plain(200, JSON.stringify(told), 'application/json');
    }
    return path.startsWith(`${home}/`) ? plain(404, 'nothing is here') : undefined;
  };
}

/**
 * What functions say on the web stays on this machine: it arrives in the inbox, whatever server it is meant for. Only
 * servers on this machine are called, as somebody may listen there.
 */
export function sendToInbox(door: Door): SendWeb {
  return async (call) => {
    if (loopback.has(new URL(call.url).hostname)) return sendOverNetwork(call);
    const response = await door({
      method: 'POST',
      path: webPath + encodeURIComponent(call.url),
      query: new URLSearchParams(),
      headers: call.headers,
      body: Buffer.from(call.body),
    });
    const { status = 404, headers = {}, body = '' } = response ?? {};
    return { status, header: (name) => headers[name], body: Buffer.from(body).toString() };
  };
}

function contentOf({ headers, body }: HttpRequest): unknown {
  const text = Buffer.from(body).toString();
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    return type.startsWith('application/json') ? (JSON.parse(text) as unknown) : text;
  } catch {
    return text;
  }
}

const plain = (status: number, body: string, type = 'text/plain'): HttpResponse => ({
  status,
  headers: { 'content-type': type },
  body,
});
