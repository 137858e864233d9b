import type { HttpResponse } from '#emulator/service.ts';
import type { Inbox } from './inbox.ts';

const json = (content: object): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});

/** Answers as Slack does: to its webhooks, and to the few methods of its API that the bot uses. */
export function createSlackServer(inbox: Inbox): (url: URL, content: unknown) => HttpResponse {
  let messages = 0;
  let files = 0;

  function stamp(): string {
    messages += 1;
    return `${1_700_000_000 + messages}.000100`;
  }

  function answerTo(method: string, content: unknown): object {
    const channel = textIn(content, 'channel') ?? textIn(content, 'channel_id');
    switch (method) {
      case 'chat.postMessage':
        return { ok: true, channel, ts: stamp() };
      case 'chat.update':
        return { ok: true, channel, ts: textIn(content, 'ts') };
      case 'files.getUploadURLExternal': {
        files += 1;
        const id = `F${String(files).padStart(8, '0')}`;
        return { ok: true, file_id: id, upload_url: `https://files.slack.com/upload/v1/${id}` };
      }
      case 'files.completeUploadExternal':
        return { ok: true };
      default:
        return { ok: false, error: 'unknown_method' };
    }
  }

  return (url, content) => {
    const [, method] = /^\/api\/([\w.]+)$/.exec(url.pathname) ?? [];
    inbox.post({ channel: 'slack', host: url.hostname, by: method ?? 'webhook', content });
    return method === undefined ? { status: 200, headers: {}, body: 'ok' } : json(answerTo(method, content));
  };
}

function textIn(content: unknown, name: string): string | undefined {
  const value: unknown =
    typeof content === 'object' && content !== null ? content[name as keyof typeof content] : undefined;
  return typeof value === 'string' ? value : undefined;
}
